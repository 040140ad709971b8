"""Rich text (.rtf), by striprtf: paragraphs and table rows.

What striprtf reads slowly and is no text (pictures, font tables) is cut down before, and cells are marked so
that a bar in the text is no cell. Does not know footnotes, text boxes and headers: striprtf leaves them out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers.tables import TableCell, numbered, table_blocks

_MAX_BYTES = 128 * 1024 * 1024
_MAX_CHARACTERS = 16 * 1024 * 1024  # without pictures
_BINARY = re.compile(r"(?<!\\)\\bin(\d{1,9}) ?")
_PICTURE = re.compile(r"\{\s{0,9}\\pict(?![a-z])")
_FONT_TABLE = re.compile(r"\{\s{0,9}\\fonttbl(?![a-z])")
_BRACE = re.compile(r"[{}]")
_FONT = re.compile(r"\\f(\d{1,6})(?=[\\ {};])[^{};]{0,300}?\\fcharset(\d{1,3})")
# Characters for private use stand for cells while striprtf reads; it writes both cells and bars as "|".
_CELL, _ROW, _BEGIN = "\ue000", "\ue001", "\ue002"
_CELL_WORD = re.compile(r"(?<!\\)\\(cell|row|trowd|nestcell|nestrow)(?![a-z]) ?")
_CELL_MARKS = {
    "cell": r"{\uc0\u57344 }",
    "row": r"{\uc0\u57345 }",
    "trowd": r"{\uc0\u57346 }",
    "nestcell": r"\line ",
    "nestrow": r"\line ",
}


def read_rtf(path: Path, data: bytes) -> Extract:
    """Blocks of the text. Raises UnreadableFileError for what is no rich text, or too large."""
    from striprtf.striprtf import rtf_to_text  # only needed when there is such a file

    if not data[:64].lstrip().startswith(b"{\\rtf"):
        raise _refused(path, "không bắt đầu bằng {\\rtf")
    if len(data) > _MAX_BYTES:
        raise _refused(path, f"dài {len(data) // 2**20} MB, quá lớn so với một văn bản")
    source = _simplified(data.decode("latin-1"))
    if len(source) > _MAX_CHARACTERS:
        raise _refused(path, f"có {len(source) // 2**20} MB chữ, quá lớn so với một văn bản")
    try:
        text = rtf_to_text(source, encoding="cp1252", errors="replace")
    # striprtf documents no exception; damaged control words surface as ValueError, LookupError and others.
    except Exception as error:
        raise _refused(path, f"hỏng ({type(error).__name__})") from error
    return Extract(numbered(_blocks(text)), "Rich Text (.rtf)")


def _simplified(source: str) -> str:
    """The same text without pictures, with a plain font table, without addresses of links, cells marked."""
    source = _without_pictures(_without_binary(source))
    # striprtf writes addresses behind links by an expression that takes minutes on a long line.
    source = _plain_fonts(source).replace("\\fldinst{", "\\fldinst {")
    return _CELL_WORD.sub(lambda found: _CELL_MARKS[found[1]], source)


def _without_binary(source: str) -> str:
    parts = []
    position = 0
    for found in _BINARY.finditer(source):
        if found.start() >= position:
            parts.append(source[position : found.start()])
            position = found.end() + int(found[1])
    return "".join([*parts, source[position:]])


def _without_pictures(source: str) -> str:
    parts = []
    position = 0
    while picture := _PICTURE.search(source, position):
        parts.append(source[position : picture.start()])
        position = _end_of_group(source, picture.end())
    return "".join([*parts, source[position:]])


def _plain_fonts(source: str) -> str:
    """The font table with what striprtf needs of it: numbers and character sets.

    Its own expression for them is quadratic in the length of the table.
    """
    start = _FONT_TABLE.search(source)
    if start is None:
        return source
    end = _end_of_group(source, start.end())
    fonts = dict(_FONT.findall(source, start.end(), end))
    table = "".join(f"{{\\f{font}\\fcharset{charset} a;}}\n" for font, charset in fonts.items())
    return f"{source[: start.start()]}{{\\fonttbl{table}}}{source[end:]}"


def _end_of_group(source: str, inside: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(source, inside):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.end()
    return len(source)


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[TableCell]] = []
    cells: list[TableCell] = []
    inside = False  # of a row; its cells may have several paragraphs
    tables = 0
    before = ""  # what stands in front of the next mark
    for part in re.split(f"([{_CELL}{_ROW}{_BEGIN}])", text):
        if part == _CELL:
            cells.append(TableCell(tuple(_lines(before))))
            before, inside = "", True
        elif part == _ROW:
            rows.append(cells)
            cells, before, inside = [], "", False
        elif part == _BEGIN and not inside:  # Word says it again in front of the end of the row
            inside = True
        elif part not in (_BEGIN, ""):
            before += part
        if before.strip() and not inside:
            tables += 1
            yield from table_blocks(rows, tables)
            rows = []
            yield from _lines(before)
            before = ""
    yield from table_blocks([*rows, cells] if cells else rows, tables + 1)
    yield from _lines(before)


def _lines(text: str) -> list[Block]:
    return [Block(line) for line in map(str.rstrip, text.split("\n")) if line.strip()]


def _refused(path: Path, problem: str) -> UnreadableFileError:
    return UnreadableFileError(
        path, f"tệp .rtf {problem}", "Mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx hoặc .rtf"
    )
