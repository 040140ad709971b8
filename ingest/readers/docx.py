"""Word documents (.docx, .docm): paragraphs with their automatic numbers, tables, text boxes and notes.

The letterhead, number, date and signature of an official text sit in borderless tables, so tables are read
too. Footnotes and endnotes stand at the end. Macros are never run. Does not know headers and footers.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers.tables import TableCell, numbered, table_blocks
from ingest.readers.word_numbering import Numbering, in_figures
from ingest.readers.word_xml import (
    blocks,
    body_of,
    is_table,
    notes,
    paragraph_text,
    references,
    rows,
    text_boxes,
)

# A 4 GB bomb fits in a few MB of zip; the longest law (171 articles) unpacks to under 10 MB.
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOTES = (("footnote", "decimal"), ("endnote", "lowerRoman"))


def read_docx(path: Path, data: bytes) -> Extract:
    """Blocks of the body, then its notes ("[1] …"). Raises UnreadableFileError for a damaged file."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableFileError(
            path, "tệp Word đặt mật khẩu", "Mở bằng Word, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) rồi lưu lại"
        )
    _refuse_bomb(path, data)
    try:
        return _extract(data)
    # python-docx documents no exception for damaged content: zip, XML and lookup errors all surface as they
    # are. Whatever it is, the file cannot be read and the rest of the folder must go on.
    except Exception as error:
        raise _damaged(path, error) from error


def _extract(data: bytes) -> Extract:
    from docx.package import Package  # loads lxml; only needed when there is a Word file

    # Not docx.Document, which refuses files with macros.
    package = Package.open(io.BytesIO(data))
    main = package.main_document_part
    document = _Document(main)
    macros = "macroEnabled" in main.content_type or any(
        "vbaProject" in str(part.partname) for part in package.iter_parts()
    )
    return Extract(
        numbered([*document.body(), *document.notes()]),
        "Word (.docm)" if "macroEnabled" in main.content_type else "Word (.docx)",
        warnings=("có macro, không chạy",) if macros else (),
    )


class _Document:
    """One file while it is read: numbers of paragraphs and tables go on through it."""

    def __init__(self, main: Any) -> None:
        self._main = main
        self._body = body_of(_root(main))
        self._numbering = Numbering(self._related("numbering"), self._related("styles"))
        self._tables = 0

    def body(self) -> Iterator[Block]:
        """The blocks of the body."""
        yield from self._inside(self._body)

    def notes(self) -> Iterator[Block]:
        """Footnotes and endnotes, numbered as they are referred to."""
        for kind, figures in _NOTES:
            part = self._related(f"{kind}s")
            texts = {} if part is None else notes(part, kind)
            for number, identifier in enumerate(references(self._body, kind), 1):
                note = texts.get(identifier)
                text = "" if note is None else " ".join(" ".join(b.text for b in self._inside(note)).split())
                if text:
                    yield Block(f"[{in_figures(number, figures)}] {text}")

    def _inside(self, container: Any) -> Iterator[Block]:
        for block in blocks(container):
            if is_table(block):
                yield from self._table(block)
                continue
            label = self._numbering.label(block)
            yield from (Block(line) for line in (label + paragraph_text(block)).splitlines())
            for box in text_boxes(block):
                yield from self._inside(box)

    def _table(self, table: Any) -> list[Block]:
        read: dict[int, tuple[Block, ...]] = {}  # each cell once: merged cells share their content
        result = []
        for row in rows(table):
            for cell in row:
                if id(cell.content) not in read:
                    read[id(cell.content)] = tuple(self._inside(cell.content))
            result.append([TableCell(read[id(cell.content)], cell.continues) for cell in row])
        self._tables += 1
        return table_blocks(result, self._tables)

    def _related(self, kind: str) -> Any | None:
        """The root of the part of a kind ("styles", "footnotes"); None where there is none."""
        for relation in self._main.rels.values():
            if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
                return _root(relation.target_part)
        return None


def _root(part: Any) -> Any:
    from docx.oxml.parser import parse_xml  # does not resolve entities

    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _refuse_bomb(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    # Besides BadZipFile: NotImplementedError for a later version, UnicodeDecodeError for a name, and others
    # that zipfile does not document.
    except Exception as error:
        raise _damaged(path, error) from error
    if unpacked > _MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            path, f"giải nén ra {unpacked // 2**20} MB, quá lớn so với một văn bản", "Kiểm tra lại nguồn tệp"
        )


def _damaged(path: Path, error: Exception) -> UnreadableFileError:
    return UnreadableFileError(
        path,
        f"tệp .docx hỏng hoặc không phải tệp Word ({type(error).__name__})",
        "Mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx",
    )
