"""Reading a backup that may be damaged, or made to do harm: nothing is believed before it was checked.

Only plain files with names below the known folders are taken; what unpacks to more than there is room for is
given up. Writes where it is told to; does not know what the files mean.
"""

import gzip
import hashlib
import tarfile
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from server.backup import manifest as manifests
from server.backup.manifest import Manifest
from server.backup.problem import BackupProblem

TOPS = ("documents", "index", "records", "secrets")
_PRIVATE = ("records/", "secrets/")
_MOST_FILES = 1_000_000
_LONGEST_NAME = 2_000
_AROUND = 2**20  # of headers and padding between two files; a header that claims more is hostile
_CHUNK = 2**20
_DAMAGE = (tarfile.TarError, EOFError, OSError, zlib.error, UnicodeError, ValueError)


def checked(path: Path, room: int) -> Manifest:
    """Read all of a backup without writing anything. `room`: bytes it may unpack to.

    Raises BackupProblem unless every file is there with the size and digest that the manifest says.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    with _damage_told(path):
        for name, content in _files(path, room):
            if name == manifests.NAME:
                manifest = manifests.parsed(content.read(manifests.MOST_BYTES))
            else:
                found[name] = _copied(content, lambda data: None)
    if manifest is None:
        raise _unusable(path, f"thiếu {manifests.NAME}, có lẽ chép dở")
    for name in sorted({*found, *manifest.files}):
        if found.get(name) != manifest.files.get(name):
            raise _unusable(path, f"{_printable(name)} thiếu, thừa hoặc không khớp mã kiểm tra")
    return manifest


def unpack(path: Path, manifest: Manifest, place_of: Callable[[str], Path | None], room: int) -> None:
    """Write each file to its place (None: left out), checking it once more: the backup may have changed."""
    with _damage_told(path):
        for name, content in _files(path, room):
            place = place_of(name) if name != manifests.NAME else None
            if place is None:
                continue
            written = _written(name, content, place)
            if written != manifest.files.get(name):
                raise _unusable(path, f"{_printable(name)} thay đổi trong lúc phục hồi")


def _written(name: str, content: IO[bytes], place: Path) -> tuple[int, str]:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            if name.startswith(_PRIVATE):
                place.chmod(0o600)
            return _copied(content, file.write)
    except OSError as error:
        raise BackupProblem(
            f"{_printable(name)}: không ghi được ({error.strerror or error}). Mọi thứ vẫn như trước. "
            "Kiểm tra quyền ghi và dung lượng đĩa, hoặc dùng --to THƯ_MỤC"
        ) from error


def _files(path: Path, room: int) -> Iterator[tuple[str, IO[bytes]]]:
    """Names and contents in order; a content has to be read before the next is asked for."""
    seen: set[str] = set()
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as packed:
        bounded = _Bounded(path, packed, room)
        # A stream: never goes back, so that a byte is unpacked once.
        with tarfile.open(fileobj=bounded, mode="r|") as tar:  # type: ignore[call-overload]
            while True:
                bounded.allow(_AROUND)
                info = tar.next()
                if info is None:
                    break
                name = _checked_name(path, info, seen)
                bounded.allow(info.size + _AROUND)
                content = tar.extractfile(info)
                if content is None:
                    raise _unusable(path, f"{_printable(name)} không phải tệp thường")
                yield name, content
                tar.members.clear()  # else it remembers every file
        bounded.allow(_AROUND)
        while bounded.read(_CHUNK):  # to the end, where the sum of the whole is
            pass


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise BackupProblem(f"{path}: không có tệp này. Kiểm tra lại đường dẫn") from error
    except _DAMAGE as error:
        raise _unusable(path, f"không đọc được ({type(error).__name__})") from error


class _Bounded:
    """What is unpacked, in allowances: a few bytes can unpack to any number."""

    def __init__(self, path: Path, packed: gzip.GzipFile, room: int) -> None:
        self._path, self._packed, self._room = path, packed, room
        self._allowed = _AROUND

    def allow(self, size: int) -> None:
        """Let so many bytes more be read, and what was allowed before is over."""
        self._allowed = size

    def read(self, size: int) -> bytes:
        data = self._packed.read(size)
        self._allowed -= len(data)
        self._room -= len(data)
        if self._room < 0:
            raise BackupProblem(
                f"{self._path}: bung ra lớn hơn chỗ trống trên đĩa. Giải phóng dung lượng, hoặc --to đĩa khác"
            )
        if self._allowed < 0:
            raise _unusable(self._path, "phần đầu mục lớn bất thường")
        return data


def _checked_name(path: Path, info: tarfile.TarInfo, seen: set[str]) -> str:
    name = info.name
    parts = name.split("/")
    if info.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or info.issparse():
        raise _unusable(path, f"{_printable(name)} không phải tệp thường (liên kết, thư mục hoặc thiết bị)")
    odd = any(unicodedata.category(letter) == "Cc" for letter in name) or "\\" in name
    if odd or len(name) > _LONGEST_NAME or any(part in ("", ".", "..") for part in parts):
        raise _unusable(path, f"tên {_printable(name)} dẫn ra ngoài hoặc không hợp lệ")
    if name != manifests.NAME and (parts[0] not in TOPS or len(parts) < 2):
        raise _unusable(path, f"{_printable(name)} không thuộc bản sao lưu")
    if name in seen:
        raise _unusable(path, f"{_printable(name)} có hai lần")
    seen.add(name)
    if len(seen) > _MOST_FILES or (name == manifests.NAME and info.size > manifests.MOST_BYTES):
        raise _unusable(path, "quá nhiều tệp")
    return name


def _copied(content: IO[bytes], write: Callable[[bytes], object]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        write(chunk)
    return size, digest.hexdigest()


def _unusable(path: Path, problem: str) -> BackupProblem:
    return BackupProblem(f"{path}: {problem}. Không phục hồi gì; dùng bản sao lưu khác")


def _printable(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:200])
    return f"“{shown}”"
