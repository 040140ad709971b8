"""OpenDocument texts: blanks, lists, tables, notes, tracked deletions; damaged and hostile files."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import IngestError, UnreadableFileError
from ingest.extract import Block
from ingest.readers.odt import read_odt

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3"/></text:list-style>'
)


def written(body: str, styles: str = "", head: str = "", **members: bytes) -> bytes:
    content = (
        f"{head}<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, member in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), member)
    return buffer.getvalue()


def read(body: str, styles: str = "") -> tuple[Block, ...]:
    return read_odt(Path("a.odt"), written(body, styles)).blocks


def lines(body: str, styles: str = "") -> list[str]:
    return [block.text for block in read(body, styles)]


def test_blanks_tabs_and_line_breaks_are_where_the_author_put_them() -> None:
    body = (
        "<text:h>Điều <text:span>1</text:span>.\n  Phạm vi</text:h>"
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p><text:p/>'
        "<text:section><text:p>Trong mục</text:p></text:section>"
    )
    assert lines(body) == ["Điều 1. Phạm vi", "a   b\tc", "d", "Trong mục"]


def test_tracked_deletions_and_remarks_are_not_read() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>lậu</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Giữ<office:annotation><text:p>lậu</text:p></office:annotation> lại</text:p>"
    )
    assert lines(body) == ["Giữ lại"]


def test_notes_stand_at_the_end_and_text_boxes_behind_their_paragraph() -> None:
    body = (
        "<text:p>Một<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Ghi chú"
        "</text:p></text:note-body></text:note> hai<draw:frame><draw:text-box><text:p>Khung</text:p>"
        "</draw:text-box></draw:frame></text:p><text:p>Sau</text:p>"
    )
    assert lines(body) == ["Một hai", "Khung", "Sau", "[1] Ghi chú"]


def test_lists_are_counted_by_level_and_go_on_where_they_say_so() -> None:
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('b', '')}{item.format('c', '')}</text:list>"
    body = (
        f'<text:list text:style-name="L">{item.format("A", inner)}{item.format("D", "")}</text:list>'
        "<text:p>Giữa</text:p>"
        f'<text:list text:style-name="L" text:continue-numbering="true">{item.format("E", "")}</text:list>'
        f'<text:list text:style-name="L">{item.format("F", "")}</text:list>'
    )
    assert lines(body, LISTS) == ["I. A", "a) b", "b) c", "II. D", "Giữa", "III. E", "I. F"]


def test_tables_are_rows_and_letterheads_lines() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"

    def table(*rows: str) -> str:
        inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        return f"<table:table>{inside}</table:table>"

    letterhead = table(
        cell.format("", "UBND X") + cell.format("", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        cell.format("", "Số: 1/QĐ") + cell.format("", "ngày 1"),
    )
    data = table(
        cell.format("", "Xã") + cell.format("", "Thôn"),
        cell.format(' table:number-rows-spanned="2"', "A") + cell.format("", "Một"),
        covered + cell.format("", "Hai"),
        cell.format(' table:number-columns-spanned="2"', "Cộng") + covered,
    )
    assert [(block.text, block.table) for block in read(letterhead + data)] == [
        ("UBND X", None),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None),
        ("Số: 1/QĐ", None),
        ("ngày 1", None),
        ("Xã | Thôn", 1),
        ("A | Một", 1),
        ("A | Hai", 1),
        ("Cộng", 1),
    ]


def test_entities_are_not_expanded() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "lậu"><!ENTITY b "&a;&a;&a;">]>'
    blocks = read_odt(Path("a.odt"), written("<text:p>Một &b;hai</text:p>", head=head)).blocks
    assert "lậu" not in "".join(block.text for block in blocks)


def test_an_encrypted_file_and_one_with_macros_are_called_so() -> None:
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(UnreadableFileError, match="đặt mật khẩu"):
        read_odt(Path("a.odt"), written("", **{"META-INF__manifest_xml": manifest}))
    macros = read_odt(Path("a.odt"), written("<text:p>Một</text:p>", Basic__script_xml=b"<x/>"))
    assert macros.warnings == ("có macro, không chạy",)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFileError, match="giải nén ra hơn"):
        read_odt(Path("a.odt"), written("<text:p>" + "a" * (65 * 2**20) + "</text:p>"))


def test_an_endless_repetition_does_not_fill_the_memory() -> None:
    cell = '<table:table-cell table:number-columns-repeated="999999"><text:p>a</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="999999">{cell}</table:table-row>'
    blocks = read(f'<table:table>{row}{row}</table:table><text:p>b<text:s text:c="999999"/>c</text:p>')
    assert len(blocks) < 1000
    assert blocks[-1].text.startswith("b")


SOUND = written("<text:p>Điều 1. Một.</text:p>")


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_with_changed_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    try:
        read_odt(Path("a.odt"), bytes(data))
    except IngestError as error:
        assert "a.odt" in str(error)
