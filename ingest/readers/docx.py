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

# A 4 GB bomb fits in a few MB of zip; the longest law (171 articles) unpacks to under 10 MB.
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_LAYOUT = re.compile(
    r"CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN|Độc lập|Nơi nhận|Số:|^TM\.|^KT\.|^T/M|CHỦ TỊCH|"
    r"GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN",
    re.M,
)
_LAYOUT_MAX_ROWS = 4


def read_docx(path: Path, data: bytes) -> list[str]:
    """Paragraphs of the body. Raises UnreadableFileError when the file is not a sound .docx."""
    import docx  # loads lxml; only needed when there is a Word file

    _refuse_bomb(path, data)
    try:
        document = docx.Document(io.BytesIO(data))
        return list(_paragraphs(document.iter_inner_content()))
    # python-docx documents no exception for damaged content: zip, XML and lookup errors all surface as they
    # are. Whatever it is, the file cannot be read and the rest of the folder must go on.
    except Exception as error:
        raise _damaged(path, error) from error


def _paragraphs(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if hasattr(block, "rows"):
            yield from _table(block)
        else:
            yield from block.text.splitlines()


def _table(table: Any) -> Iterator[str]:
    rows = [_distinct_cells(row) for row in table.rows]
    texts = [[cell.text.strip() for cell in row] for row in rows]
    whole = "\n".join(text for row in texts for text in row)
    if len(rows) <= _LAYOUT_MAX_ROWS and _LAYOUT.search(whole):
        for row in rows:
            for cell in row:
                yield from _paragraphs(cell.iter_inner_content())
        return
    for row in texts:
        cells = [" ".join(text.split()) for text in row]
        if any(cells):
            yield " | ".join(cells)


def _distinct_cells(row: Any) -> list[Any]:
    """Cells of a row once each: python-docx repeats a merged cell for every column it covers."""
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return cells


def _refuse_bomb(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
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
