"""Plain text: one line is one paragraph.

Reads UTF-8 and UTF-16. Does not guess older Vietnamese encodings: a wrong guess would index nonsense.
"""

from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain(path: Path, data: bytes) -> Extract:
    """Lines of the file. Raises UnreadableFileError where the bytes are not Unicode text."""
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            path,
            f"không phải văn bản Unicode (byte thứ {error.start + 1})",
            "Mở tệp và lưu lại với mã hoá UTF-8 (bảng mã Unicode)",
        ) from error
    if "\x00" in text:
        raise UnreadableFileError(
            path, "là tệp nhị phân, không phải văn bản", "Đặt lại đúng đuôi tệp hoặc lưu thành .txt UTF-8"
        )
    blocks = tuple(Block(line) for line in text.splitlines())
    return Extract(blocks, "văn bản thuần (.txt)", encoding=encoding.removesuffix("-sig").upper())
