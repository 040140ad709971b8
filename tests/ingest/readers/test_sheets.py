"""Workbooks: what is table, what is text around it, how cells are shown, and workbooks made to do harm."""

import re
import string
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.encodings import repair_lines
from ingest.errors import UnreadableFileError
from ingest.extract import Block
from ingest.readers.sheets import read_sheets
from tests.ingest.readers.workbooks import ods, sheet_xml, xls, xlsx, xlsx_parts, zipped

PLAN = [["TT", "Nội dung", "Kinh phí"], [1.0, "Trồng cây", 1234.0], [2.0, "Tưới\nnước", 0.5]]


def read(data: bytes) -> tuple[Block, ...]:
    return read_sheets(Path("bieu.xlsx"), data).blocks


def lines(data: bytes) -> list[str]:
    return [block.text for block in read(data)]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_sheets(Path("bieu.xlsx"), data)
    return str(caught.value)


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_every_format_gives_a_row_a_block(write: Callable[[Sequence[Sequence[str | float]]], bytes]) -> None:
    assert read(write(PLAN)) == (
        Block("TT | Nội dung | Kinh phí", table=1),
        Block("1 | Trồng cây | 1234", table=1),
        Block("2 | Tưới nước | 0.5", table=1),
    )


def test_letterhead_title_and_unit_above_the_header_are_no_rows() -> None:
    rows = [
        ["UBND XÃ HOÀ BÌNH", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [None],
        [None, "BIỂU KINH PHÍ"],
        [None, None, "Đơn vị: đồng"],
        *PLAN,
    ]
    blocks = read(xlsx(rows))
    assert [block.text for block in blocks if block.table is None] == [
        "UBND XÃ HOÀ BÌNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIỂU KINH PHÍ",
        "Đơn vị: đồng",
    ]
    assert next(block.text for block in blocks if block.table) == "TT | Nội dung | Kinh phí"


def test_a_heading_between_rows_is_a_row_and_a_note_below_is_text() -> None:
    rows = [PLAN[0], ["A. Trồng trọt"], *PLAN[1:], [None], ["Ghi chú: số liệu ước tính."]]
    blocks = read(xlsx(rows))
    assert blocks[1] == Block("A. Trồng trọt", table=1)
    assert blocks[-1] == Block("Ghi chú: số liệu ước tính.")


def test_a_header_of_two_merged_rows_is_one() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Năm 2024", None],
        [None, None, "Kế hoạch", "Thực hiện"],
        ["I", "Dân số", 100.0, 99.5],
    ]
    shown = lines(xlsx(rows, first=3, merged=["A4:A5", "B4:B5", "C4:D4"]))
    assert shown == ["TT | Chỉ tiêu | Năm 2024 Kế hoạch | Năm 2024 Thực hiện", "I | Dân số | 100 | 99.5"]


def test_sheets_are_named_where_several_hold_something_and_hidden_ones_are_not_read() -> None:
    sheets = {"Thu": sheet_xml(PLAN), "Trống": sheet_xml([]), "Chi": sheet_xml(PLAN), "Mật": sheet_xml(PLAN)}
    extract = read_sheets(Path("bieu.xlsx"), zipped(xlsx_parts(sheets, hidden=["Mật"])))
    assert [(block.text, block.table) for block in extract.blocks if not block.table] == [
        ("Thu", None),
        ("Chi", None),
    ]
    assert {block.table for block in extract.blocks} == {None, 1, 2}
    assert extract.warnings == ("không đọc trang tính ẩn: Mật",)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234.0, "1234"),
        (123456789012.0, "123456789012"),
        (0.1 + 0.2, "0.3"),
        (1234567890.25, "1234567890.25"),
        (100 / 3, "33.33333333"),
        (-5.0, "-5"),
    ],
)
def test_numbers_are_shown_without_what_the_machine_adds(value: float, shown: str) -> None:
    assert lines(xls([["a", "b"], ["x", value]]))[1] == f"x | {shown}"


def test_a_day_is_shown_as_officials_write_it() -> None:
    xml = sheet_xml([["Ngày", "Việc"], [45292.0, "Họp"]]).replace('<c r="A2">', '<c r="A2" s="1">')
    assert lines(zipped(xlsx_parts({"Lịch": xml})))[1] == "01/01/2024 | Họp"


def test_a_workbook_with_nothing_in_it_gives_no_blocks() -> None:
    assert read(xlsx([])) == ()


WORDS = st.text(string.ascii_letters + "ạếữ%/-", min_size=1, max_size=12)


@settings(max_examples=25)
@given(st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=2, max_size=6))
def test_no_cell_is_lost_or_said_twice(rows: list[list[str]]) -> None:
    said = [cell for line in lines(xlsx(rows)) for cell in line.split(" | ") if cell]
    assert said == [cell for row in rows for cell in row]


def test_a_real_workbook_in_an_old_encoding_reads_as_its_transcript(
    shared_corpus: Callable[[str], Path],
) -> None:
    path = shared_corpus("legacy-encodings-real/2005-KH2003-bieu.xls")
    truth = shared_corpus("legacy-encodings-real/truth-2005-KH2003-bieu.txt").read_text(encoding="utf-8")
    extract = read_sheets(path, path.read_bytes())
    mended, _ = repair_lines([block.text for block in extract.blocks])
    rows = {" ".join(line.replace(" | ", " ").split()).casefold() for line in mended}
    wanted = [" ".join(line.split()).casefold() for line in truth.splitlines() if line.strip()]
    # The transcript writes 7 for a cell that shows #DIV/0!.
    found = [line for line in wanted if line in rows or re.sub("( 7)+$", "", line) in rows]
    # The rest are headers of two rows, which are read as one, and six lines wrong in the transcript itself.
    assert len(found) >= 0.9 * len(wanted)
    assert len({block.table for block in extract.blocks if block.table}) == 9


# --- workbooks made to do harm


def test_two_cells_in_opposite_corners_do_not_take_the_machine_down() -> None:
    xml = sheet_xml([["a", "b"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "quá lớn" in refusal(zipped(xlsx_parts({"Bieu": xml})))


def test_a_workbook_of_three_million_cells_is_refused() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    xml = sheet_xml([]).replace("</sheetData>", row * 3_000 + "</sheetData>")
    data = zipped(xlsx_parts({"Bieu": xml}))
    assert len(data) < 1_000_000
    assert "quá lớn" in refusal(data)


def test_macros_are_told_and_the_cells_read() -> None:
    data = zipped(xlsx_parts({"Bieu": sheet_xml(PLAN)}) | {"xl/vbaProject.bin": b"Sub Auto_Open()"})
    extract = read_sheets(Path("bieu.xlsm"), data)
    assert extract.blocks == read(xlsx(PLAN)) and extract.warnings == ("có macro, không chạy",)
    old = xls(PLAN) + "_VBA_PROJECT_CUR".encode("utf-16-le").ljust(512, b"\0")
    assert read_sheets(Path("bieu.xls"), old).warnings == ("có macro, không chạy",)


def test_entities_of_a_sheet_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "mat.txt").write_text("BÍ MẬT", encoding="utf-8")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    declared = (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}<!ENTITY f SYSTEM "{(tmp_path / "mat.txt").as_uri()}">]>'
    )
    xml = declared + sheet_xml([["TT", "@"], ["1", "%"]]).replace("@", "&a11;").replace("%", "&f;")
    try:
        shown = lines(zipped(xlsx_parts({"Bieu": xml})))
    except UnreadableFileError:
        return
    assert "BÍ MẬT" not in str(shown) and len(str(shown)) < 1_000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"TT;Noi dung", id="text"),
        pytest.param(xlsx(PLAN)[:300], id="cut off"),
        pytest.param(xls(PLAN)[:1200], id="old workbook cut off"),
        pytest.param(zipped({"a.txt": "x"}), id="some other archive"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_mend(data: bytes) -> None:
    message = refusal(data)
    assert message.startswith("bieu.xlsx: ") and "lưu lại" in message
    assert "\n" not in message
