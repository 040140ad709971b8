"""The text layer of PDF files: columns, tables, paragraphs, and what does not count."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Extract
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_chars import Page, Placed
from ingest.readers.pdf_page import Tables, page_blocks
from ingest.readers.pdf_shapes import Rule
from tests.ingest.pdf.written import Bar, Text, Thing, grid, paragraphs, pdf

BODY = ["Điều 1. Giao Ủy ban nhân dân xã tổ chức thu gom rác thải tại", "các thôn."]


def read(*pages: list[Thing], rotate: int = 0, size: tuple[float, float] = (595.0, 842.0)) -> Extract:
    return read_pdf(Path("van-ban.pdf"), pdf(*pages, rotate=rotate, size=size))


def lines(extract: Extract) -> list[str]:
    return [block.text for block in extract.blocks if block.text]


def test_the_letterhead_is_read_column_by_column() -> None:
    page: list[Thing] = [
        Text(90, 80, "ỦY BAN NHÂN DÂN"),
        Text(320, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        Text(90, 98, "XÃ ĐỒNG LỖ"),
        Text(320, 98, "Độc lập - Tự do - Hạnh phúc"),
        Text(90, 125, "Số: 12/QĐ-UBND"),
        Text(320, 125, "Đồng Lỗ, ngày 02 tháng 6 năm 2024"),
        *paragraphs(BODY, y=190),
    ]
    assert lines(read(page)) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ ĐỒNG LỖ",
        "Số: 12/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đồng Lỗ, ngày 02 tháng 6 năm 2024",
        *BODY,
    ]


def test_lines_come_by_their_place_and_not_by_their_order_in_the_file() -> None:
    assert lines(read([Text(85, 136, "thứ hai"), Text(85, 100, "thứ nhất")])) == ["thứ nhất", "thứ hai"]


def test_a_number_stamped_later_stands_in_its_gap() -> None:
    page: list[Thing] = [Text(85, 100, "Số:"), Text(140, 100, "/2024/QĐ-UBND"), Text(112, 101, "35")]
    assert lines(read(page)) == ["Số: 35 /2024/QĐ-UBND"]


def test_a_table_with_ruling_lines_comes_row_by_row_with_its_empty_cells() -> None:
    page: list[Thing] = [
        *paragraphs(["Danh mục kèm theo"], y=60),
        *grid([80, 130, 350, 500], [100, 130, 180, 210]),
        Text(85, 120, "TT"),
        Text(140, 120, "Nội dung"),
        Text(360, 120, "Thời hạn"),
        Text(85, 150, "1"),
        Text(140, 150, "Thu gom rác thải"),
        Text(140, 168, "tại các thôn"),
        Text(360, 150, "2024"),
        Text(85, 200, "2"),
        Text(360, 200, "2025"),
    ]
    rows = [(block.text, block.table) for block in read(page).blocks if block.table]
    assert rows == [
        ("TT | Nội dung | Thời hạn", 1),
        ("1 | Thu gom rác thải tại các thôn | 2024", 1),
        ("2 |  | 2025", 1),
    ]


def test_a_table_that_goes_on_overleaf_is_one_table_and_the_next_is_another() -> None:
    def part(number: str, *more: Thing) -> list[Thing]:
        return [*grid([80, 200, 500], [100, 140]), Text(85, 120, number), Text(210, 120, "x"), *more]

    wide: list[Thing] = [*grid([80, 300, 500], [100, 140]), Text(85, 120, "c"), Text(310, 120, "x")]
    tables = [block.table for block in read(part("a"), part("b"), wide).blocks if block.table]
    assert tables == [1, 1, 2]


def test_a_frame_around_a_text_is_no_table() -> None:
    frame = [
        Bar(80, 80, 80.5, 200),
        Bar(500, 80, 500.5, 200),
        Bar(80, 80, 500, 80.5),
        Bar(80, 200, 500, 200.5),
    ]
    assert not any(block.table for block in read([*frame, *paragraphs(BODY)]).blocks)


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    full = "Giao Ủy ban nhân dân xã tổ chức thu gom rác thải tại các thôn đúng hạn"
    extract = read(paragraphs([full, "theo quy định.", full, full]))
    assert extract.wrapped
    assert [block.text for block in extract.blocks] == [full, "theo quy định.", "", full, full]


def test_a_paragraph_ends_at_a_wider_gap_before_an_indent() -> None:
    full = "Giao Ủy ban nhân dân xã tổ chức thu gom rác thải tại các thôn đúng hạn"
    page: list[Thing] = [*paragraphs([full, full, full, full]), Text(115, 178, "Điều 2. Hết hiệu lực.")]
    assert [block.text for block in read(page).blocks][-2:] == ["", "Điều 2. Hết hiệu lực."]


def test_blocks_know_their_page() -> None:
    extract = read(paragraphs(["Trang đầu"]), paragraphs(["Trang sau"]))
    assert extract.pages == 2
    assert [(block.text, block.page) for block in extract.blocks if block.text] == [
        ("Trang đầu", 1),
        ("Trang sau", 2),
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_lying_on_its_side_is_read_along_its_lines(rotate: int) -> None:
    page: list[Thing] = [Text(85, 100, "dòng trên"), Text(85, 130, "dòng dưới")]
    assert lines(read(page, rotate=rotate)) == ["dòng trên", "dòng dưới"]


def test_text_beyond_the_edge_of_the_paper_is_left_out_and_told() -> None:
    extract = read([*paragraphs(BODY), Text(700, 100, "ẩn")])
    assert lines(extract) == BODY
    assert any("trang 1: chữ tràn ra ngoài mép giấy" in warning for warning in extract.warnings)


def test_text_in_an_old_encoding_is_given_as_it_is_and_is_no_damage() -> None:
    old = [
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc",
        "c¨n cø LuËt Tæ chøc ChÝnh phñ",
    ] * 12
    extract = read(paragraphs(old))
    assert lines(extract) == old
    assert not extract.warnings


def test_french_and_english_are_no_damage() -> None:
    text = [
        "The Government of the Socialist Republic and the Agence française",
        "ont conclu un accord général",
    ] * 12
    assert not read(paragraphs(text)).warnings


def places() -> st.SearchStrategy[list[Placed]]:
    def placed(text: str, x: int, y: int, size: int) -> Placed:
        return Placed(text, x, y - size, x + len(text) * size / 2, y + size / 4, y, size)

    ints = st.integers(0, 600)
    word = st.builds(placed, st.text("aăbcđê19/", min_size=1, max_size=6), ints, ints, st.integers(5, 30))
    return st.lists(word, max_size=30)


def rules() -> st.SearchStrategy[list[Rule]]:
    ints = st.integers(0, 600)
    rule = st.builds(
        lambda flat, at, a, b: Rule(flat, at, min(a, b), max(a, b)), st.booleans(), ints, ints, ints
    )
    return st.lists(rule, max_size=12)


@given(places(), rules())
def test_no_layout_loses_or_doubles_a_word(words: list[Placed], lines: list[Rule]) -> None:
    page = Page(600, 600, tuple(words), tuple(lines))
    blocks = list(page_blocks(page, 1, Tables()))
    read = [word for block in blocks for word in block.text.split() if word != "|"]
    assert sorted(read) == sorted(word.text for word in words)


def test_a_header_of_two_rows_is_one_row_that_names_every_column() -> None:
    across = [
        Bar(80, 100, 500, 100.5),
        Bar(200, 120, 500, 120.5),
        Bar(80, 140, 500, 140.5),
        Bar(80, 160, 500, 160.5),
    ]
    down = [
        Bar(80, 100, 80.5, 160),
        Bar(200, 100, 200.5, 160),
        Bar(350, 120, 350.5, 160),
        Bar(500, 100, 500.5, 160),
    ]
    page: list[Thing] = [
        *across,
        *down,
        Text(85, 112, "Xã"),
        Text(210, 112, "Định mức"),
        Text(210, 134, "2024"),
        Text(360, 134, "2025"),
        Text(85, 154, "Đồng Lỗ"),
        Text(210, 154, "10"),
        Text(360, 154, "15"),
    ]
    rows = [block.text for block in read(page).blocks if block.table]
    assert rows == ["Xã | Định mức 2024 | 2025", "Đồng Lỗ | 10 | 15"]


def test_a_number_stamped_several_times_over_is_read_once() -> None:
    stamps = [Text(140 + at, 100 + at, "16") for at in range(3)]
    assert lines(read([Text(85, 100, "Ngày"), *stamps, Text(170, 100, "tháng 6")])) == ["Ngày 16 tháng 6"]


def test_columns_whose_lines_are_staggered_are_not_mixed() -> None:
    left = [
        Text(85, 100 + 16 * at, line, 11)
        for at, line in enumerate(["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."])
    ]
    right = [Text(350, 107 + 18 * at, line) for at, line in enumerate(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])]
    assert lines(read([*left, *right])) == [thing.text for thing in [*left, *right]]
