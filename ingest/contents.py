"""The documents a file holds: itself, or the members of an archive.

Does not know formats inside out and writes nothing. A member is named as if the archive were a folder.
"""

import hashlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import EmptyFileError, IngestError, UnreadableFileError, not_a_file

ARCHIVE = ".zip"
_MAX_BYTES = 100 * 1024 * 1024  # the longest law of the test corpus has 0.5 MB
_MAX_ARCHIVE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one document. `path` of a member goes on below its archive: "a.zip/chi-thi.docx"."""

    path: Path
    data: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal digest by which unchanged files are recognised."""
        return hashlib.sha256(self.data).hexdigest()


def contents(path: Path) -> Iterator[Content | IngestError]:
    """What `path` holds. A file that cannot be read raises; a member that cannot comes as its error."""
    if path.suffix.lower() != ARCHIVE:
        yield Content(path, read_bytes(path))
        return
    from ingest.archive import members

    for member in members(path, read_bytes(path, _MAX_ARCHIVE_BYTES)):
        yield member if isinstance(member, IngestError) else Content(path / member.name, member.data)


def read_bytes(path: Path, limit: int = _MAX_BYTES) -> bytes:
    """The file's content, at most `limit` bytes. Raises IngestError where there is none to be had."""
    try:
        before = path.stat()
        if stat.S_ISFIFO(before.st_mode) or stat.S_ISSOCK(before.st_mode) or stat.S_ISCHR(before.st_mode):
            raise not_a_file(path)  # even to open it might never end
        if before.st_size > limit:
            raise _too_large(path, limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)
        after = path.stat()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(path, f"không mở được tệp ({reason})", "Kiểm tra quyền đọc tệp") from error
    if len(data) > limit:  # it grew under our eyes, or its size is not told
        raise _too_large(path, limit)
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (
        after.st_size,
        after.st_mtime_ns,
        after.st_ino,
    ):
        raise UnreadableFileError(path, "tệp đang được ghi trong lúc đọc", "Chờ ghi xong rồi chạy lại")
    if not data:
        raise EmptyFileError(path, "tệp rỗng (0 byte)", "Chép lại tệp gốc")
    return data


def _too_large(path: Path, limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        path, f"lớn hơn {limit // 2**20} MB", "Tách tệp thành từng văn bản rồi thử lại"
    )
