"""The documents in a .zip, unpacked in memory: bounded in size, number and depth; nothing is written.

What an entry says of its size is not believed. Does not know what the members say, or where they go.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.contents import ARCHIVE
from ingest.discover import NOT_DOCUMENTS
from ingest.errors import EmptyFileError, IngestError, UnreadableFileError
from ingest.member_names import UnsafeNameError, is_passed_over, member_name
from ingest.readers import reader_of

_MAX_BYTES = 512 * 1024 * 1024  # unpacked, archives inside included
_MAX_MEMBER_BYTES = 100 * 1024 * 1024  # as for a file of its own
_MAX_MEMBERS = 2_000
_MAX_ENTRIES = 100_000  # folders and hidden files included; listing takes about 1 kB each
_MAX_DEPTH = 2
_CHUNK = 1024 * 1024
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_SPLIT = "Tách thành nhiều tệp .zip nhỏ hơn, hoặc chép các văn bản ra thư mục"
_AGAIN = "Nén lại các văn bản thành .zip"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. `name` has "/" between folders: "nam 2024/chi-thi.docx", "trong.zip/a.txt"."""

    name: str
    data: bytes


class _BoundError(UnreadableFileError):
    """The outermost archive passes a bound: nothing more of it is unpacked."""


@dataclass(slots=True)
class _Unpacking:
    """An outermost archive while it is unpacked, and what may still be taken from it."""

    path: Path
    size: int = _MAX_BYTES
    members: int = _MAX_MEMBERS
    names: set[str] = field(default_factory=set)

    def count(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise _BoundError(self.path, f"có hơn {_MAX_MEMBERS} tệp nên đã dừng giải nén", _SPLIT)

    def take(self, size: int) -> None:
        self.size -= size
        if self.size < 0:
            raise _BoundError(self.path, f"giải nén ra hơn {_MAX_BYTES // 2**20} MB nên đã dừng", _SPLIT)


def members(path: Path, data: bytes) -> Iterator[Member | IngestError]:
    """The members that have a reader; others come as their error, with a path below `path`.

    Raises UnreadableFileError, perhaps after some members, when the archive itself is damaged or too large.
    """
    yield from _members("", data, _Unpacking(path))


def _members(inside: str, data: bytes, unpacking: _Unpacking) -> Iterator[Member | IngestError]:
    """`inside`: the name of this archive in the outermost one, "" for that."""
    path = unpacking.path / inside
    with _opened(path, data) as archive:
        for entry in archive.infolist():
            try:
                name = member_name(entry)
            except UnsafeNameError as unsafe:
                unpacking.count()
                yield UnreadableFileError(path / unsafe.shown, f"{unsafe}, không giải nén", _AGAIN)
                continue
            if entry.is_dir() or is_passed_over(name, NOT_DOCUMENTS):
                continue
            unpacking.count()
            name = f"{inside}/{name}" if inside else name
            try:
                _refuse(name, entry, unpacking)
                content = _unpacked(unpacking.path / name, archive, entry, unpacking)
                if name.lower().endswith(ARCHIVE):
                    yield from _members(name, content, unpacking)
                else:
                    yield Member(name, content)
            except _BoundError:
                raise
            except IngestError as problem:
                yield problem


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[zipfile.ZipFile]:
    if data.count(_ENTRY) > _MAX_ENTRIES:
        raise UnreadableFileError(path, f"liệt kê hơn {_MAX_ENTRIES} mục", _SPLIT)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    # Besides BadZipFile: NotImplementedError for a later version, UnicodeDecodeError for a name, and others
    # that zipfile does not document.
    except Exception as error:
        raise UnreadableFileError(
            path, f"tệp .zip hỏng hoặc không phải .zip ({type(error).__name__})", "Chép hoặc tải lại tệp gốc"
        ) from error
    with archive:
        yield archive


def _refuse(name: str, entry: zipfile.ZipInfo, unpacking: _Unpacking) -> None:
    """Raise for what is not worth unpacking."""
    path = unpacking.path / name
    if name in unpacking.names:
        raise UnreadableFileError(path, "trùng tên với một tệp khác trong gói nén", _AGAIN)
    unpacking.names.add(name)
    if not name.lower().endswith(ARCHIVE):
        reader_of(path)
    elif name.lower().count(f"{ARCHIVE}/") >= _MAX_DEPTH - 1:
        raise UnreadableFileError(path, f".zip lồng quá {_MAX_DEPTH} lớp", "Giải nén lớp trong rồi nén lại")
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(path, "tệp nén đặt mật khẩu", "Giải nén bằng mật khẩu rồi nén lại")
    if entry.file_size > _MAX_MEMBER_BYTES:
        raise _too_large(path)


def _unpacked(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacking: _Unpacking) -> bytes:
    content = bytearray()
    try:
        with archive.open(entry) as packed:
            while chunk := packed.read(_CHUNK):
                unpacking.take(len(chunk))
                content += chunk
                if len(content) > _MAX_MEMBER_BYTES:
                    raise _too_large(path)
    except IngestError:
        raise
    # Of damaged content zipfile lets through what zlib, bz2 and lzma raise; a wrong sum is BadZipFile.
    except Exception as error:
        raise UnreadableFileError(
            path, f"không giải nén được ({type(error).__name__})", "Chép hoặc nén lại tệp gốc"
        ) from error
    if not content:
        raise EmptyFileError(path, "tệp rỗng (0 byte)", "Chép lại tệp gốc")
    return bytes(content)


def _too_large(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        path, f"giải nén ra hơn {_MAX_MEMBER_BYTES // 2**20} MB", "Tách tệp thành từng văn bản rồi nén lại"
    )
