"""What a text does to others: amend, replace, repeal; from when; at which place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import load
from ingest.references import Relation, cross_references, relations

Act = tuple[str, int | None, str, str | None]
HEAD = """QUỐC HỘI
Luật số: 9/2020/QH14
Hà Nội, ngày 20 tháng 10 năm 2020

LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT CÂY XANH

Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Cây xanh số 5/2015/QH13.
"""


def found_in(path: Path) -> list[Relation]:
    loaded = load(path, path.name)
    return relations(loaded.document, loaded.passages, cross_references(loaded.document, loaded.passages))


@pytest.fixture
def acts(tmp_path: Path) -> Callable[[str], list[Act]]:
    def read(body: str) -> list[Act]:
        path = tmp_path / "van-ban.txt"
        path.write_text(HEAD + body, encoding="utf-8")
        return [
            (
                one.verb,
                one.target.number,
                " ".join(f"{level} {number}" for level, number in one.place),
                one.effective_on,
            )
            for one in found_in(path)
        ]

    return read


def test_clauses_below_an_article_act_on_the_law_that_it_names(acts: Callable[[str], list[Act]]) -> None:
    assert acts(
        """Điều 1. Sửa đổi, bổ sung một số điều của Luật Cây xanh
1. Sửa đổi, bổ sung khoản 2 Điều 4 như sau:
“2. Bãi bỏ khoản 9 Điều 9 của Luật Vườn hoa số 7/2012/QH13.”.
2. Sửa đổi, bổ sung một số khoản của Điều 6 như sau:
a) Sửa đổi, bổ sung khoản 1 như sau:
“1. Cây được chăm sóc.”;
b) Bổ sung khoản 1a vào sau khoản 1 như sau:
“1a. Cây được tưới.”.
3. Thay thế cụm từ “cây to” bằng cụm từ “cây lớn” tại khoản 1 Điều 7; khoản 3 Điều 8; bãi bỏ Điều 9.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.
"""
    ) == [
        ("sửa đổi, bổ sung", 5, "Điều 4 khoản 2", "2021-07-01"),
        ("sửa đổi, bổ sung", 5, "Điều 6 khoản 1", "2021-07-01"),
        ("bổ sung", 5, "Điều 6 khoản 1a", "2021-07-01"),
        ("thay đổi từ ngữ", 5, "Điều 7 khoản 1", "2021-07-01"),
        ("thay đổi từ ngữ", 5, "Điều 8 khoản 3", "2021-07-01"),
        ("bãi bỏ", 5, "Điều 9", "2021-07-01"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Điều 1. Luật này có hiệu lực từ ngày 01/01/2022 và bãi bỏ Luật Vườn hoa số 7/2012/QH13, Luật Ao "
            "hồ số 8/2012/QH13.",
            [("bãi bỏ", 7, "", "2022-01-01"), ("bãi bỏ", 8, "", "2022-01-01")],
        ),
        (
            "Điều 1. Luật này thay thế Luật Vườn hoa số 7/2012/QH13.",
            [("thay thế", 7, "", None)],
        ),
        (
            "Điều 1. Khoản 3 Điều 4 Luật Vườn hoa số 7/2012/QH13 hết hiệu lực từ ngày 01/01/2024.",
            [("hết hiệu lực", 7, "Điều 4 khoản 3", "2024-01-01")],
        ),
        (
            "Điều 1. Luật Vườn hoa số 7/2012/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số "
            "35/2018/QH14 và Luật số 39/2019/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
            [("hết hiệu lực", 7, "", None)],
        ),
        ("Điều 1. Chính phủ trình Quốc hội sửa đổi, bổ sung Luật Vườn hoa số 7/2012/QH13.", []),
        ("Điều 1. Áp dụng Luật Vườn hoa số 7/2012/QH13 đã được sửa đổi theo Luật số 35/2018/QH14.", []),
    ],
)
def test_clauses_at_the_end_name_what_is_no_longer_in_force(
    acts: Callable[[str], list[Act]], body: str, expected: list[Act]
) -> None:
    assert acts(body) == expected


def test_a_plan_amends_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(
        "KẾ HOẠCH\nXây dựng văn bản năm 2021\n\n1. Sửa đổi, bổ sung Nghị quyết số 5/2015/NQ-HĐND.\n",
        encoding="utf-8",
    )
    assert found_in(path) == []


def test_every_clause_of_a_real_amending_law(shared_corpus: Callable[[str], Path]) -> None:
    found = found_in(shared_corpus("luat-47-2019-qh14/text.txt"))
    assert {one.effective_on for one in found} == {"2020-07-01"}
    assert {one.target.number for one in found} == {76, 77}
    articles = {one.place[0] for one in found if one.target.number == 76}
    assert articles == {("Điều", number) for number in ("23", "28", "34", "40", "44")}
    assert any(one.verb == "bãi bỏ" and one.place == (("Điều", "9"), ("khoản", "4")) for one in found)


def test_fifteen_laws_amended_by_one(shared_corpus: Callable[[str], Path]) -> None:
    found = found_in(shared_corpus("luat-146-2025-qh15/text.txt"))
    assert len({(one.target.number, one.target.suffix) for one in found}) == 15
    assert {one.effective_on for one in found} == {"2026-01-01"}
    (waste,) = [
        one for one in found if one.target.number == 72 and one.place == (("Điều", "75"), ("khoản", "2"))
    ]
    assert waste.location.startswith("Điều 1, khoản 23")


def test_what_the_environment_law_ends(shared_corpus: Callable[[str], Path]) -> None:
    found = found_in(shared_corpus("luat-bao-ve-moi-truong-2020/text.txt"))
    whole = [(one.verb, one.target.number, one.effective_on) for one in found if not one.place]
    assert whole == [("hết hiệu lực", 55, "2022-01-01")]
