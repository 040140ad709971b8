"""Laws that a text names by title: where the name ends, what date it carries, what is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.law_names import law_key, law_names_in


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("theo đúng quy định của Luật Bảo vệ môi trường; mở rộng", ["Bảo vệ môi trường"]),
        ("Luật Đất đai và các văn bản hướng dẫn", ["Đất đai"]),
        ("Luật Đất đai, Luật Nhà ở và Luật Đầu tư công", ["Đất đai", "Nhà ở", "Đầu tư công"]),
        ("Luật Phòng, chống tham nhũng và Luật Thanh tra", ["Phòng, chống tham nhũng", "Thanh tra"]),
        ("theo Luật Hôn nhân và gia đình thì", ["Hôn nhân và gia đình"]),
        ("Luật Mặt trận Tổ quốc Việt Nam quy định", ["Mặt trận Tổ quốc Việt Nam"]),
        ("Bộ luật Dân sự, Pháp lệnh Dân số", ["Dân sự", "Dân số"]),
        (
            "Luật Sửa đổi, bổ sung một số điều của Luật Cây xanh và Luật Vườn hoa ngày 02 tháng 3 năm 2019;",
            ["Sửa đổi, bổ sung một số điều của Luật Cây xanh và Luật Vườn hoa"],
        ),
        ("Luật sửa đổi, bổ sung một số điều của Luật Cây xanh số 5/2016/QH13", ["Cây xanh"]),
        ("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", ["Hiến pháp"]),
        ("Luật này có hiệu lực", []),
        ("pháp luật Việt Nam, các luật, Luật sư Nguyễn Văn A", []),
        ("Luật số 72/2020/QH14", []),
    ],
)
def test_a_law_is_named_by_its_title(text: str, titles: list[str]) -> None:
    assert [law.title for law in law_names_in(text)] == titles


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("Luật Đất đai ngày 29 tháng 11 năm 2013", "2013-11-29"),
        ("Luật Đất đai ngày 29/11/2013", "2013-11-29"),
        ("Luật Đất đai năm 2013", "2013"),
        ("Luật Đất đai 2013", "2013"),
        ("Hiến pháp năm 2013", "2013"),
        ("Luật Đất đai", ""),
    ],
)
def test_date_or_year_belongs_to_the_name(text: str, issued: str) -> None:
    (law,) = law_names_in(f"Theo {text}, người dân có quyền.")
    assert law.issued == issued
    assert law.span.of(f"Theo {text}, người dân có quyền.") == text


def test_capitals_commas_and_tones_do_not_tell_laws_apart() -> None:
    assert law_key("PHÒNG, CHỐNG MA TÚY") == law_key("Phòng chống ma tuý")


@given(st.text(alphabet="Luật Đấtđai,.;và ngày năm số 2013/\n", max_size=200))
def test_names_are_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for law in law_names_in(text):
        assert end <= law.span.start < law.span.end <= len(text)
        assert law.span.of(text).startswith(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"))
        end = law.span.end
