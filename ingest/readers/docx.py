"""Word documents: paragraphs and tables in reading order.

The letterhead, number, date and signature of an official text sit in borderless tables, so tables are read
too. Layout tables give one paragraph a line, data tables one paragraph a row ("TT | Nội dung | Thời hạn").
Does not know headers, footers, text boxes or automatic numbering.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers.word_xml import Cell, blocks, is_table, paragraph_text, rows

# A 4 GB bomb fits in a few MB of zip; the longest law (171 articles) unpacks to under 10 MB.
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_LAYOUT = re.compile(
    r"CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN|Độc lập|Nơi nhận|Số:|^TM\.|^KT\.|^T/M|CHỦ TỊCH|"
    r"GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN",
    re.M,
)
_LAYOUT_MAX_ROWS = 4
_LABEL_LENGTH = 200


def read_docx(path: Path, data: bytes) -> Extract:
    """Paragraphs of the body. Raises UnreadableFileError when the file is not a sound .docx."""
    import docx  # loads lxml; only needed when there is a Word file

    _refuse_bomb(path, data)
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        return Extract(tuple(Block(text) for text in _paragraphs(body)), "Word (.docx)")
    # python-docx documents no exception for damaged content: zip, XML and lookup errors all surface as they
    # are. Whatever it is, the file cannot be read and the rest of the folder must go on.
    except Exception as error:
        raise _damaged(path, error) from error


def _paragraphs(container: Any) -> Iterator[str]:
    for block in blocks(container):
        if is_table(block):
            yield from _table(rows(block))
        else:
            yield from paragraph_text(block).splitlines()


def _table(table: list[list[Cell]]) -> Iterator[str]:
    read: dict[int, list[str]] = {}  # each cell once: tables nest, and merged cells share their content
    for cell in (cell for row in table for cell in row if not cell.continues):
        read[id(cell.content)] = list(_paragraphs(cell.content))
    whole = "\n".join(line for lines in read.values() for line in lines)
    if len(table) <= _LAYOUT_MAX_ROWS and _LAYOUT.search(whole):
        for lines in read.values():
            yield from lines
        return
    for row in table:
        texts = [(cell.continues, " ".join(" ".join(read[id(cell.content)]).split())) for cell in row]
        # A label merged downwards belongs to every row; a long text is not said twice.
        cells = ["" if again and len(text) > _LABEL_LENGTH else text for again, text in texts]
        if any(cells):
            yield " | ".join(cells)


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
