"""One reader a format: a file's bytes to its words in reading order.

A reader knows its format and nothing about Điều or khoản.
"""

from collections.abc import Callable
from pathlib import Path

from ingest.errors import UnsupportedFormatError
from ingest.extract import Extract
from ingest.readers.docx import read_docx
from ingest.readers.plain import read_plain

Reader = Callable[[Path, bytes], Extract]
READERS: dict[str, Reader] = {".docx": read_docx, ".txt": read_plain}

__all__ = ["READERS", "read_docx", "read_plain", "reader_of"]


def reader_of(path: Path) -> Reader:
    """The reader of a file's format. Raises UnsupportedFormatError with the formats that have one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsupportedFormatError(
            path,
            f"chưa đọc được định dạng {path.suffix or '(không có đuôi tệp)'}",
            f"Lưu thành {', '.join(sorted(READERS))}",
        )
    return reader
