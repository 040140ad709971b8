"""Plain text: one line is one paragraph.

Reads Unicode and the older Vietnamese encodings, told apart by `ingest.encodings`. Does not know where a
paragraph goes on in the next line.
"""

from pathlib import Path

from ingest.encodings import UndecodableError, decode
from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract


def read_plain(path: Path, data: bytes) -> Extract:
    """Lines of the file. Raises UnreadableFileError where the bytes are no text."""
    try:
        decoded = decode(data)
    except UndecodableError as error:
        raise UnreadableFileError(
            path,
            f"không phải văn bản ({error})",
            "Đặt lại đúng đuôi tệp, hoặc mở tệp và lưu lại thành .txt với mã hoá UTF-8",
        ) from error
    blocks = tuple(Block(line) for line in decoded.text.splitlines())
    return Extract(blocks, "văn bản thuần (.txt)", encoding=decoded.encoding, confidence=decoded.confidence)
