"""The files of users and API keys: a line for each, `NAME:ROLE:SECRET`, readable by their owner only.

A line of Apache's htpasswd (`NAME:SECRET`, made with `htpasswd -B`) is a reader. Knows lines, not what the
secrets mean.
"""

import os
import re
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from corpus.errors import ProductError
from server.access.person import ADMIN, READER

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_HEAD = "# NAME:ROLE:SECRET; python -m server users|keys add, remove, list\n"


class AccessFileError(ProductError):
    """A file of users or keys cannot be used, or a name cannot be put into it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`secret`: the hash of a password or the SHA-256 of a key; never the thing itself."""

    name: str
    role: str
    secret: str


class EntriesFile:
    """A file that may change while the server runs: it is read again when it has."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._entries: Mapping[str, Entry] = MappingProxyType({})
        self._reading = threading.Lock()

    def entries(self) -> Mapping[str, Entry]:
        """By name. Raises AccessFileError naming file and line."""
        try:
            about = self.path.stat()
        except OSError as error:
            raise AccessFileError(f"{self.path}: không đọc được ({error.strerror})") from error
        seen = (about.st_mtime_ns, about.st_size, about.st_ino)
        with self._reading:
            if seen != self._seen:
                self._entries = MappingProxyType(read_entries(self.path))
                self._seen = seen
            return self._entries


def read_entries(path: Path) -> dict[str, Entry]:
    """Entries by name; none of a file that is not there. Raises AccessFileError naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise AccessFileError(f"{path}: không đọc được ({error})") from error
    found: dict[str, Entry] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = _entry(line.strip())
        if entry is None or entry.name in found:
            # The line itself is not shown: it may hold a password in clear.
            raise AccessFileError(
                f"{path}, dòng {number}: cần TÊN:VAI TRÒ:MÃ BĂM, vai trò reader hoặc admin, mỗi tên một "
                "dòng. Xoá dòng này rồi thêm lại bằng python -m server"
            )
        found[entry.name] = entry
    return found


def _entry(line: str) -> Entry | None:
    name, _, rest = line.partition(":")
    role, separator, secret = rest.partition(":")
    if not separator:
        role, secret = READER, rest
    if not _NAME.fullmatch(name) or role not in (READER, ADMIN) or len(secret) < 20:
        return None
    return Entry(name, role, secret)


def checked_name(name: str) -> str:
    """The name when it can be used. Raises AccessFileError."""
    if not _NAME.fullmatch(name):
        raise AccessFileError(
            f"Tên {name!r} không dùng được: chỉ dùng chữ không dấu, số và . _ @ -, nhiều nhất 64 ký tự"
        )
    return name


def write_entries(path: Path, entries: Mapping[str, Entry]) -> None:
    """Replace the file in one step, mode 600. Raises AccessFileError."""
    lines = [f"{entry.name}:{entry.role}:{entry.secret}\n" for entry in entries.values()]
    replace_private(path, _HEAD + "".join(lines))


def replace_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, in one step. Raises AccessFileError."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise AccessFileError(f"{path}: không ghi được ({error.strerror or error})") from error
