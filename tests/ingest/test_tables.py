"""Rows of tables: what they are cited by, and which header they are shown with."""

from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage, Zone
from ingest.extract import Block
from ingest.passages import structure
from ingest.tables import settled

HEADER = "TT | Tên chợ | Mức thu"


def table(number: int, *texts: str, page: int | None = None) -> list[Block]:
    return [Block(text, page, number) for text in texts]


def passages(*blocks: Block) -> tuple[Passage, ...]:
    return structure(settled(blocks), "x").passages


def locations(*blocks: Block) -> list[str]:
    return [passage.location for passage in passages(*blocks)]


ANNEX = [Block("Điều 1. Ban hành."), Block("PHỤ LỤC I"), Block("DANH MỤC CHỢ")]


def test_a_row_is_cited_by_its_number_below_the_header() -> None:
    found = passages(*ANNEX, *table(1, HEADER, "1 | Chợ Đông | 10.000", "2 | Chợ Tây | 12.000"))
    header, first, second = found[-3:]
    assert (header.zone, header.location) == (Zone.HEADING, "Phụ lục I, dòng đầu bảng")
    assert [(row.zone, row.location, row.header) for row in (first, second)] == [
        (Zone.BODY, "Phụ lục I, dòng 1", HEADER),
        (Zone.BODY, "Phụ lục I, dòng 2", HEADER),
    ]
    assert second.cited_place == "dòng 2 Phụ lục I"


def test_several_tables_of_one_place_are_told_apart() -> None:
    found = locations(
        *ANNEX,
        *table(1, HEADER, "1 | A | 1"),
        Block("Ghi chú: mức thu theo ngày."),
        *table(2, "Xã | Hộ", "B | 2"),
    )
    assert found[-5:] == [
        "Phụ lục I, bảng 1, dòng đầu bảng",
        "Phụ lục I, bảng 1, dòng 1",
        "Phụ lục I",
        "Phụ lục I, bảng 2, dòng đầu bảng",
        "Phụ lục I, bảng 2, dòng 1",
    ]


def test_a_header_that_is_printed_again_overleaf_is_dropped() -> None:
    again = table(1, HEADER, "1 | A | 1", page=1) + table(1, HEADER, "2 | B | 2", page=2)
    found = passages(*ANNEX, *again)
    assert [(p.location, p.page) for p in found[-2:]] == [("Phụ lục I, dòng 1", 1), ("Phụ lục I, dòng 2", 2)]


def test_a_table_that_goes_on_counting_overleaf_is_one_table() -> None:
    halves = table(1, HEADER, "7 | A | 1", page=1) + table(2, "8 | B | 2", "9 | C | 3", page=2)
    assert locations(*ANNEX, *halves)[-3:] == ["Phụ lục I, dòng 1", "Phụ lục I, dòng 2", "Phụ lục I, dòng 3"]


def test_a_table_that_counts_from_its_first_row_has_no_header() -> None:
    first, second = passages(Block("Điều 1. Mức thu:"), *table(1, "1 | A | 5", "2 | B | 6"))[1:]
    assert (first.zone, first.location, first.header) == (Zone.BODY, "Điều 1, dòng 1", "")
    assert second.location == "Điều 1, dòng 2"


def test_a_row_opens_no_heading_whatever_its_cell_says() -> None:
    found = locations(
        Block("Điều 1. Mức thu:"),
        *table(1, "Mục | Tên", "Điều 2. Khác | x", "1. Một | x", "QUYẾT ĐỊNH | x", "PHỤ LỤC II | x"),
        Block("Điều 2. Thi hành."),
    )
    assert found[2:] == ["Điều 1, dòng 1", "Điều 1, dòng 2", "Điều 1, dòng 3", "Điều 1, dòng 4", "Điều 2"]


def test_what_has_a_single_column_is_text() -> None:
    framed = table(1, "Điều 1. Một.", "1. Thu.", "2. Chi.")
    assert locations(*framed) == ["Điều 1", "Điều 1, khoản 1", "Điều 1, khoản 2"]


def test_empty_rows_are_left_out() -> None:
    assert locations(*ANNEX, *table(1, HEADER, " |  | ", "1 | A | 1"))[-1] == "Phụ lục I, dòng 1"


cells = st.sampled_from(["1", "2", "I", "Chợ", "TT", "Điều 1. A", ""])
texts = st.lists(cells, min_size=1, max_size=3).map(" | ".join)
lines = st.sampled_from(
    ["Điều 1. A.", "Điều 2. B.", "1. Thu.", "PHỤ LỤC I", "PHỤ LỤC II", "Ghi chú.", "II. CHI"]
)


@given(st.lists(st.tuples(lines, st.none()) | st.tuples(texts, st.integers(1, 4)), max_size=30))
def test_no_two_quotable_places_are_alike(given_blocks: list[tuple[str, int | None]]) -> None:
    blocks = [Block(text, None, number) for text, number in given_blocks if text.strip(" |")]
    laid_out = structure(settled(blocks), "x")
    quotable = [p.location for p in laid_out.passages if p.zone is not Zone.HEADING]
    assert len(set(quotable)) == len(quotable)
    for passage in laid_out.passages:
        assert passage.text == laid_out.text[passage.start : passage.end]
