"""Which numbers open a khoản or a mục, and which are amounts, years, people or references."""

from pathlib import Path

import pytest

from corpus import Zone
from ingest import LoadedDocument, load


def loaded(*paragraphs: str) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(paragraphs).encode())


def places(*paragraphs: str) -> list[str]:
    return [passage.location for passage in loaded(*paragraphs).passages]


def test_a_clause_may_begin_with_a_number() -> None:
    assert places(
        "Điều 1. Mục tiêu:", "1. Giảm nghèo.", "2. 100% số xã đạt chuẩn.", "3. Thu ngân sách tăng."
    )[1:] == ["Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 1, khoản 3"]


def test_a_small_gap_in_the_clauses_is_pointed_out() -> None:
    result = loaded("Điều 1. A:", "1. Một.", "2. Hai.", "4. Bốn.")
    assert result.passages[-1].location == "Điều 1, khoản 4"
    (warning,) = result.warnings
    assert "khoản 2" in warning and "khoản 4" in warning


@pytest.mark.parametrize(
    "line", ["9. Chín.", "12) Mười hai.", "2. Lặp lại.", "1999. Năm ấy.", "3.5 tỷ đồng."]
)
def test_a_wide_gap_or_a_repeated_number_opens_nothing(line: str) -> None:
    assert places("Điều 1. A:", "1. Một.", "2. Hai.", line)[-1] == "Điều 1, khoản 2, đoạn 2"


def test_an_inserted_clause_has_a_letter() -> None:
    result = loaded("Điều 1. A:", "1. Một.", "1a. Một a.", "1b. Một b.", "2. Hai.")
    assert [p.location for p in result.passages][2:] == [
        "Điều 1, khoản 1a",
        "Điều 1, khoản 1b",
        "Điều 1, khoản 2",
    ]
    assert result.warnings == ()


@pytest.mark.parametrize("word", ["ĐIỀU", "\u00d0iều", "\u00d0IỀU"])
def test_an_article_may_be_in_capitals_or_begin_with_a_foreign_letter(word: str) -> None:
    assert places(f"{word} 1. Phạm vi.", "1. Một.", f"{word} 2. Đối tượng.", "1. Ba.") == [
        "Điều 1",
        "Điều 1, khoản 1",
        "Điều 2",
        "Điều 2, khoản 1",
    ]


def test_a_number_of_thousands_of_digits_is_no_article() -> None:
    assert places("Điều " + "1" * 5000 + ". x") == ["Nội dung"]


@pytest.mark.parametrize(
    "line",
    [
        "Mục 2 Chương I của Quy định này áp dụng cho cán bộ.",
        "Chương II của Luật này không áp dụng.",
        "Phần 2 của Đề án được giữ nguyên;",
        "Chương II, III của Quy chế này được giữ nguyên.",
        "Chương II Luật Giao dịch điện tử và quy định có liên quan",
        "Mục 1.2 của Kế hoạch này",
    ],
)
def test_a_reference_to_a_chapter_opens_nothing(line: str) -> None:
    assert places("Điều 1. Áp dụng:", "1. Như sau.", line, "2. Kinh phí.") == [
        "Điều 1, lời dẫn",
        "Điều 1, khoản 1, đoạn 1",
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 2",
    ]


def test_three_levels_of_items_keep_the_roman_number() -> None:
    assert places("I. Một", "1. Hai", "1.1. Ba", "1.2. Bốn", "II. Năm", "1. Sáu", "1.1. Bảy") == [
        "mục I", "mục I.1", "mục I.1.1", "mục I.1.2", "mục II", "mục II.1", "mục II.1.1",
    ]  # fmt: skip


def test_letters_stand_above_roman_numbers_or_below_them() -> None:
    assert places("A. THU", "I. Thuế", "1. Đất", "B. CHI", "I. Lương", "1. Xã")[-3:] == [
        "mục B",
        "mục B.I",
        "mục B.I.1",
    ]
    assert places("I. Một", "A. THU", "1. Đất", "B. CHI", "1. Lương", "II. Hai", "1. Ba")[3:] == [
        "mục I.B",
        "mục I.B.1",
        "mục II",
        "mục II.1",
    ]


@pytest.mark.parametrize("line", ["2.500 hộ có nước sạch.", "1.5 tỷ đồng đã chi.", "3.1. Không có mục 3."])
def test_an_amount_opens_no_item(line: str) -> None:
    assert places("I. Kết quả", "1. Đã hỗ trợ.", line, "2. Đã xây.")[2:] == ["mục I.1, đoạn 2", "mục I.2"]


@pytest.mark.parametrize(
    "line", ["C. Mác viết về lao động.", "V. Lênin viết.", "L. Nguyễn dịch.", "I. Lặp lại"]
)
def test_an_initial_or_a_roman_number_out_of_order_opens_nothing(line: str) -> None:
    assert places("I. Tư tưởng", line, "II. Nhiệm vụ") == ["mục I, đoạn 1", "mục I, đoạn 2", "mục II"]


def test_items_of_two_parts_are_told_apart() -> None:
    locations = places(
        "Phần I", "CHUNG", "I. Khổ giấy", "1. Khổ A4.", "Phần II", "RIÊNG", "I. Bản sao", "1. Bản giấy."
    )
    assert locations[-1] == "Phần II, mục I.1"
    assert len(set(locations)) == len(locations)


def test_articles_that_start_again_in_a_chapter_are_cited_with_it() -> None:
    assert places("Chương I", "Điều 1. Một.", "Chương II", "Điều 1. Hai.", "Điều 2. Ba.")[1::2] == [
        "Chương I, Điều 1",
        "Chương II, Điều 1",
    ]


def test_two_items_in_capitals_are_two() -> None:
    assert places("1. MỤC ĐÍCH", "2. YÊU CẦU", "Kịp thời.") == ["mục 1", "mục 2", "mục 2"]


def test_a_chapter_without_title_does_not_take_that_of_its_section() -> None:
    last = loaded("CHƯƠNG I", "MỤC 1", "QUY ĐỊNH CHUNG", "Điều 1. A.").passages[-1]
    assert last.heading_path == (("Chương", "I"), ("Mục", "1"), ("Điều", "1"))
    assert [heading.title for heading in last.headings[:2]] == ["", "QUY ĐỊNH CHUNG"]


def test_the_title_of_a_chapter_may_be_in_small_letters() -> None:
    chapter, article = loaded("Chương I", "Quy định chung", "Điều 1. Giao Sở.").passages
    assert (chapter.zone, chapter.text) == (Zone.HEADING, "Chương I\nQuy định chung")
    assert (article.location, article.headings[0].title) == ("Điều 1", "Quy định chung")


def test_a_long_paragraph_is_not_the_title_of_its_item() -> None:
    (passage,) = loaded("I- " + "Thời gian qua, công tác được quan tâm. " * 40).passages
    assert passage.headings[0].title == ""


def test_a_forgotten_closing_quote_hides_no_clause() -> None:
    assert places(
        "Điều 1. Nhiệm vụ:", "1. Chương trình “Xoá nhà tạm được triển khai.", "2. Y tế.", "Điều 2. Thi hành."
    )[1:] == ["Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2"]


def test_a_quotation_that_is_never_closed_hides_nothing() -> None:
    assert places("Điều 1. Sửa:", "“1. Mới một.", "1. Một.", "2. Hai.")[-2:] == [
        "Điều 1, khoản 1",
        "Điều 1, khoản 2",
    ]


@pytest.mark.parametrize(("first", "last"), [("“", "”"), ('"', '"'), ("“", '"')])
def test_a_quotation_of_several_paragraphs_opens_nothing(first: str, last: str) -> None:
    assert places(
        "Điều 1. Sửa:", "1. Sửa khoản 1 như sau:", f"{first}1. Mới một.", f"2. Mới hai.{last}.", "2. Bãi bỏ."
    )[-3:] == ["Điều 1, khoản 1, đoạn 2", "Điều 1, khoản 1, đoạn 3", "Điều 1, khoản 2"]


def test_a_quotation_may_begin_after_a_colon() -> None:
    assert places("Điều 1. Sửa:", "1. Sửa như sau: “1. Mới", "2. Mới hai”.", "2. Bãi bỏ.")[-2:] == [
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 2",
    ]
