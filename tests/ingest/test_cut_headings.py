"""Headings that an export has cut in two."""

import pytest

from ingest.cut_headings import mended
from ingest.extract import Block


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        (["Điều", "4. Thi hành"], ["Điều 4. Thi hành"]),
        (["Xã báo cáo. Điều", "4. Thi hành"], ["Xã báo cáo.", "Điều 4. Thi hành"]),
        (["Sửa đổi như sau: “Điều", "13. Bồi thường"], ["Sửa đổi như sau:", "“Điều 13. Bồi thường"]),
        (["theo quy định tại Điều", "10 của Luật Mẫu"], ["theo quy định tại Điều 10 của Luật Mẫu"]),
        (["tại khoản 3 Điều", "15."], ["tại khoản 3 Điều 15."]),
        (["Căn cứ Nghị quyết số", "66.2/2025/NQ-CP;"], ["Căn cứ Nghị quyết số 66.2/2025/NQ-CP;"]),
        (["Chương", "II"], ["Chương II"]),
        (["chính sách dân số", "1.1. Nội dung"], ["chính sách dân số", "1.1. Nội dung"]),
        (["chính sách dân số", "1. Nội dung"], ["chính sách dân số", "1. Nội dung"]),
        (["Các xã làm đúng Điều", "Kinh phí tự lo."], ["Các xã làm đúng Điều", "Kinh phí tự lo."]),
    ],
)
def test_what_belongs_together_is_together(cut: list[str], whole: list[str]) -> None:
    assert [block.text for block in mended([Block(text) for text in cut])] == whole


def test_cells_of_tables_are_left_alone() -> None:
    rows = [Block("Số | Điều", table=1), Block("4. | Thu", table=1)]
    assert mended(rows) == rows


def test_an_article_that_was_left_in_the_paragraph_above_gets_its_own() -> None:
    fused = "Điều 1. Ban hành danh mục (đính kèm) Điều 2. Giao các sở. Điều 3. Thi hành từ ngày ký./."
    assert [block.text for block in mended([Block(fused)])] == [
        "Điều 1. Ban hành danh mục (đính kèm)",
        "Điều 2. Giao các sở.",
        "Điều 3. Thi hành từ ngày ký./.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Mức thu theo Điều 2. Mức chi theo Điều 3.",
        "Điều 1. Áp dụng quy định trên. Điều 5. Không áp dụng.",
        "1. Bãi bỏ các điều sau: Điều 2. Thu phí.",
        "Điều 1. Sửa đổi như sau: “Điều 2. Thu phí”.",
    ],
)
def test_an_article_that_is_spoken_of_is_not_cut_off(text: str) -> None:
    assert [block.text for block in mended([Block(text)])] == [text]
