"""Word files: automatic numbers as Word shows them, data tables, text boxes, notes, macros, hostile XML."""

import io
import zipfile
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

from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.docx import read_docx
from ingest.readers.word_numbering import in_figures

SOURCES = nsdecls("w")
ALTERNATIVES = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: WordFile) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: WordFile) -> Extract:
    return read_docx(Path("a.docx"), saved(document))


def lines(document: WordFile) -> list[str]:
    return [block.text for block in read(document).blocks]


def level(number: int, figures: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(levels: str, overrides: str = "") -> WordFile:
    """A document whose lists 1 and 2 (with overrides) count in the levels given."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.append(parse_xml(f'<w:abstractNum {SOURCES} w:abstractNumId="7">{levels}</w:abstractNum>'))
    for identifier, inside in ((1, ""), (2, overrides)):
        root.append(
            parse_xml(f'<w:num {SOURCES} w:numId="{identifier}"><w:abstractNumId w:val="7"/>{inside}</w:num>')
        )
    return document


def add(document: WordFile, text: str, ilvl: int, number: int = 1) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {SOURCES}><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_numbers_of_several_levels_are_shown_and_restart_under_the_next_higher_one() -> None:
    document = numbered(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    )
    for text, ilvl in (("Một", 0), ("a", 1), ("b", 1), ("c", 2), ("d", 2), ("Hai", 0), ("e", 1), ("f", 2)):
        add(document, text, ilvl)
    assert lines(document) == ["I. Một", "1. a", "2. b", "a) c", "b) d", "II. Hai", "1. e", "a) f"]


def test_numbers_of_higher_levels_bullets_and_words_around_the_number_are_shown() -> None:
    document = numbered(
        level(0, "decimal", "Điều %1.") + level(1, "decimal", "%1.%2") + level(2, "bullet", "\uf0b7")
    )
    for text, ilvl in (("A", 0), ("B", 0), ("c", 1), ("d", 1), ("e", 2)):
        add(document, text, ilvl)
    assert lines(document) == ["Điều 1. A", "Điều 2. B", "2.1 c", "2.2 d", "- e"]


def test_a_list_that_starts_anew_does_and_one_that_goes_on_goes_on() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    document = numbered(level(0, "decimal", "%1."), restart)
    for text, number in (("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 1)):
        add(document, text, 0, number)
    assert lines(document) == ["1. a", "2. b", "5. c", "6. d", "7. e"]


def test_legal_numbering_shows_digits_and_levels_may_never_restart() -> None:
    document = numbered(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", '<w:lvlRestart w:val="0"/><w:isLgl/>')
    )
    for text, ilvl in (("A", 0), ("b", 1), ("C", 0), ("d", 1)):
        add(document, text, ilvl)
    assert lines(document) == ["I. A", "1.1. b", "II. C", "2.2. d"]


def test_a_style_numbers_its_paragraphs_unless_one_of_them_declines() -> None:
    document = numbered(level(0, "decimal", "Điều %1."))
    style: Any = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {SOURCES}><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("Một", 1)
    add(document, "Không", 0, 0)
    document.paragraphs[-1].style = "Heading 1"
    document.add_heading("Hai", 1)
    assert lines(document) == ["Điều 1. Một", "Không", "Điều 2. Hai"]


@given(st.integers(1, 3999))
def test_roman_numbers_can_be_read_back(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    total, highest = 0, 0
    for letter in reversed(in_figures(number, "lowerRoman")):
        highest = max(highest, values[letter])
        total += values[letter] if values[letter] >= highest else -values[letter]
    assert total == number


@pytest.mark.parametrize(
    ("number", "figures", "shown"),
    [(27, "lowerLetter", "aa"), (5, "decimalZero", "05"), (4, "upperRoman", "IV"), (3, "thaiNumbers", "3")],
)
def test_figures_are_those_of_word(number: int, figures: str, shown: str) -> None:
    assert in_figures(number, figures) == shown


def test_a_data_table_has_a_number_and_a_letterhead_has_none() -> None:
    document = docx.Document()
    for rows in (
        [["UBND X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/QĐ", "ngày 1"]],
        [["TT", "Xã"], ["1", "A"]],
    ):
        table = document.add_table(2, 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    assert [(block.text, block.table) for block in read(document).blocks] == [
        ("UBND X", None),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None),
        ("Số: 1/QĐ", None),
        ("ngày 1", None),
        ("TT | Xã", 1),
        ("1 | A", 1),
    ]


def test_a_text_box_is_read_once_although_word_writes_it_twice() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    document.add_paragraph("Trước")._p.append(
        parse_xml(
            f"<w:r {SOURCES} {ALTERNATIVES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}"
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    document.add_paragraph("Sau")
    assert lines(document) == ["Trước", "Trong khung", "Sau"]


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    document = docx.Document()
    for text, identifier in (("Một", 9), ("Hai", 4)):
        mark = f'<w:r {SOURCES}><w:footnoteReference w:id="{identifier}"/></w:r>'
        document.add_paragraph(text)._p.append(parse_xml(mark))
    notes = "".join(
        f'<w:footnote w:id="{identifier}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for identifier, text in ((4, "của hai"), (9, "của một"))
    )
    line = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>lậu</w:t></w:r></w:p></w:footnote>'
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
        types = archive.read("[Content_Types].xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    override = '<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
    changed = {
        "word/_rels/document.xml.rels": relations.replace(b"</Relationships>", relation.encode()),
        "[Content_Types].xml": types.replace(b"</Types>", override.encode()),
        "word/footnotes.xml": f"<w:footnotes {SOURCES}>{line}{notes}</w:footnotes>".encode(),
    }
    blocks = read_docx(Path("a.docx"), with_members(data, changed)).blocks
    assert [block.text for block in blocks] == ["Một", "Hai", "[1] của một", "[2] của hai"]


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in {*old.namelist(), *members}:
            new.writestr(name, members[name] if name in members else old.read(name))
    return buffer.getvalue()


def test_hidden_text_is_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Thấy")
    paragraph.add_run(" lậu").font.hidden = True
    assert lines(document) == ["Thấy"]


def test_a_file_with_macros_is_read_as_text_with_a_warning() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1. Một.")
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert plain in types
    macros = types.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    extract = read_docx(Path("a.docm"), with_members(data, {"[Content_Types].xml": macros}))
    assert [block.text for block in extract.blocks] == ["Điều 1. Một."]
    assert extract.warnings == ("có macro, không chạy",)


def test_entities_are_not_expanded() -> None:
    document = docx.Document()
    document.add_paragraph("Một XX")
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("word/document.xml").decode()
    entities = '<!ENTITY a "lậu">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    head, rest = main.split("?>", 1)
    bomb = f"{head}?><!DOCTYPE w:document [{entities}]>{rest.replace('XX', '&h;')}"
    try:
        blocks = read_docx(Path("a.docx"), with_members(data, {"word/document.xml": bomb.encode()})).blocks
    except UnreadableFileError:
        return
    assert "lậu" not in "".join(block.text for block in blocks)


def test_an_encrypted_file_is_called_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError, match=r"đặt mật khẩu.*bỏ mật khẩu"):
        read_docx(Path("a.docx"), data)


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("nd-30-2020-nd-cp/30_2020_ND_CP.docx", 0),
        ("nd-30-2020-nd-cp/Phuluc3.docx", 2),
        ("docx-kh-thpt-dong-thap-2026/kh.docx", 3),
    ],
)
def test_real_files_have_as_many_data_tables_as_a_reader_counts(
    name: str, tables: int, shared_corpus: Callable[[str], Path]
) -> None:
    path = shared_corpus(name)
    blocks = read_docx(path, path.read_bytes()).blocks
    assert max((block.table or 0 for block in blocks), default=0) == tables


def test_rows_that_word_counts_by_itself_have_their_number(shared_corpus: Callable[[str], Path]) -> None:
    path = shared_corpus("nd-30-2020-nd-cp/Phuluc3.docx")
    rows = [
        block.text.split(" | ") for block in read_docx(path, path.read_bytes()).blocks if block.table == 1
    ]
    numbers = [row[0].strip() for row in rows[1:]]
    assert numbers == [*(f"{number}." for number in range(1, 28)), "", "1.", "2.", "3."]
