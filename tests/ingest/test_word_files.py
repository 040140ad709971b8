"""Word files as people leave them: tracked changes, content controls, merged cells, damaged bytes."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from ingest import load
from ingest.errors import IngestError, UnreadableFileError


def read_word(write: Callable[[WordFile], object]) -> list[str]:
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    loaded = load(Path("van-ban.docx"), "van-ban.docx", buffer.getvalue())
    return [passage.text for passage in loaded.passages]


def in_xml(tag: str, inside: str) -> Any:
    return parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x">{inside}</w:{tag}>')


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    def write(document: WordFile) -> None:
        paragraph = document.add_paragraph("Điều 1. ")
        paragraph._p.append(in_xml("del", "<w:r><w:delText>Bỏ.</w:delText></w:r>"))
        paragraph._p.append(in_xml("ins", "<w:r><w:t>Giao Sở Y tế.</w:t></w:r>"))

    assert read_word(write) == ["Điều 1. Giao Sở Y tế."]


def test_content_controls_are_read_but_not_their_prompts() -> None:
    paragraph = "<w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent>"

    def write(document: WordFile) -> None:
        body = document.element.body
        body.insert(0, in_xml("sdt", paragraph.format("Điều 1. Trong khung.")))
        body.insert(
            1, in_xml("sdt", "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>" + paragraph.format("Bấm vào đây"))
        )
        document.add_paragraph("Điều 2. Sau.")

    assert read_word(write) == ["Điều 1. Trong khung.", "Điều 2. Sau."]


def test_a_cell_merged_downwards_in_the_signature_is_read_once() -> None:
    def write(document: WordFile) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Nơi nhận:\n- Lưu: VT."
        table.cell(0, 1).text = "CHỦ TỊCH"
        table.cell(1, 1).text = "Trần Văn Mẫu"

    assert read_word(write) == ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Trần Văn Mẫu"]


def test_a_label_merged_downwards_belongs_to_every_row() -> None:
    def write(document: WordFile) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Xã A"
        table.cell(0, 1).text = "Thôn Một"
        table.cell(1, 1).text = "Thôn Hai"

    assert read_word(write) == ["Xã A | Thôn Một", "Xã A | Thôn Hai"]


def sound_word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Điều 1. Một.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SOUND = sound_word_file()
DIRECTORY = SOUND.find(b"PK\x01\x02")


@pytest.mark.parametrize(
    "changes",
    [[(DIRECTORY + 6, 0xFF)], [(DIRECTORY + 9, 8), (DIRECTORY + 46, 0xFF)]],
    ids=["version", "name"],
)
def test_an_archive_that_cannot_be_opened_is_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    with pytest.raises(UnreadableFileError):
        load(Path("a.docx"), "a.docx", bytes(data))


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_word_file_with_changed_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    try:
        load(Path("a.docx"), "a.docx", bytes(data))
    except IngestError as error:
        assert "a.docx" in str(error)
