"""The documents folder as administrators change it: a file put in whole or not at all, or put in the bin.

    documents/.da-xoa/20261125T080000-1a2b3c/chi-thi/a.docx     removed or replaced then, from chi-thi/a.docx

Hidden folders are never indexed. The bin is emptied by hand. Knows files; nothing of indexes or HTTP.
"""

import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from server.admin.errors import UploadError
from server.admin.names import same_name

BIN = ".da-xoa"
_PART = ".tai-len-"
_BINNED = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")
_MODE = 0o644
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Binned:
    """A file in the bin. `source`: where it was below the documents folder; `at`: ISO 8601, UTC."""

    id: str
    source: str
    at: str


@dataclass(frozen=True, slots=True)
class DocumentsFolder:
    """Changes to one documents folder."""

    path: Path

    def put(self, name: str, content: IO[bytes], *, replace: bool) -> bool:
        """Write `content` as `name`, a safe name; whether that replaced a file, which goes to the bin.

        Raises UploadError when it is empty, there already (and not `replace`), or cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            part = self._part(name, content)
            try:
                return self._placed(name, part, replace)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(name, error) from error

    def there(self, name: str) -> Path | None:
        """The entry that people would take for `name`."""
        if not self.path.is_dir():
            return None
        return next((entry for entry in self.path.iterdir() if same_name(entry.name, name)), None)

    def remove(self, source: str) -> None:
        """Put a file below the folder into the bin. Raises UploadError when there is no such file."""
        file = self._inside(source)
        try:
            file.rename(self._place_in_bin(file))
        except OSError as error:
            raise _cannot_write(source, error) from error

    def binned(self) -> list[Binned]:
        """What is in the bin, newest first."""
        return sorted(self._binned(), key=lambda one: one.id, reverse=True)

    def take_back(self, identifier: str) -> str:
        """Put a file of the bin back where it was; its source. Raises UploadError when it cannot be."""
        found = next((one for one in self._binned() if one.id == identifier), None)
        if found is None:
            raise UploadError("Tệp này không còn trong thùng đã gỡ")
        target = self.path / found.source
        holder = self.path / BIN / identifier
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(holder / found.source, target)
            shutil.rmtree(holder)
        except FileExistsError as error:
            raise UploadError(f"{found.source}: đã có tệp cùng tên trong thư mục. Gỡ tệp đó trước") from error
        except OSError as error:
            raise _cannot_write(found.source, error) from error
        return found.source

    def _part(self, name: str, content: IO[bytes]) -> Path:
        """`content` in a hidden file beside its place, on the disk."""
        with tempfile.NamedTemporaryFile(dir=self.path, prefix=_PART, delete=False) as file:
            part = Path(file.name)
            try:
                shutil.copyfileobj(content, file, _CHUNK)
                if file.tell() == 0:
                    raise UploadError(f"{name}: tệp rỗng (0 byte). Chép lại tệp gốc")
                file.flush()
                os.fsync(file.fileno())
                part.chmod(_MODE)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        return part

    def _placed(self, name: str, part: Path, replace: bool) -> bool:
        there = self.there(name)
        if there is None:
            try:
                # Unlike a rename, a link never replaces what somebody else has put there meanwhile.
                _link(part, self.path / name)
                return False
            except FileExistsError:
                there = self.path / name
        if not replace:
            raise UploadError(f"{name}: đã có tệp cùng tên. Đổi tên tệp, hoặc chọn “Thay tệp cùng tên”")
        if there.is_dir() and not there.is_symlink():
            raise UploadError(f"{name}: đã có thư mục cùng tên. Đổi tên tệp")
        _link(there, self._place_in_bin(there))
        part.replace(there)  # under its old name, so that the document keeps its id
        return True

    def _place_in_bin(self, file: Path) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        place = self.path / BIN / f"{stamp}-{secrets.token_hex(3)}" / file.relative_to(self.path)
        place.parent.mkdir(parents=True)
        return place

    def _binned(self) -> Iterator[Binned]:
        folder = self.path / BIN
        for holder in folder.iterdir() if folder.is_dir() else ():
            if not _BINNED.fullmatch(holder.name):
                continue
            at = datetime.strptime(holder.name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).isoformat()
            for file in sorted(holder.rglob("*")):
                if file.is_file() or file.is_symlink():
                    yield Binned(holder.name, file.relative_to(holder).as_posix(), at)
                    break

    def _inside(self, source: str) -> Path:
        """The file of a source. Sources come from the index, but an index may have been made elsewhere."""
        file = self.path / source
        parts = Path(source).parts
        hidden = any(part.startswith(".") for part in parts)
        if not parts or hidden or not file.parent.resolve().is_relative_to(self.path.resolve()):
            raise UploadError(f"{source}: nằm ngoài thư mục văn bản. Gỡ tệp ở nơi đã chép nó")
        if not (file.is_file() or file.is_symlink()):
            raise UploadError(f"{source}: không còn tệp này. Bấm “Cập nhật chỉ mục”")
        return file


def _link(file: Path, target: Path) -> None:
    """`target` becomes another name of `file`, or a copy where there are no links (FAT, some shares)."""
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.EXDEV):
            raise
        with file.open("rb") as old, target.open("xb") as new:
            shutil.copyfileobj(old, new, _CHUNK)


def _cannot_write(name: str, error: OSError) -> UploadError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UploadError(f"{name}: đĩa của máy chủ đã đầy. Giải phóng dung lượng rồi thử lại")
    reason = error.strerror or type(error).__name__
    return UploadError(
        f"{name}: không ghi được vào thư mục văn bản ({reason}). Cấp quyền ghi thư mục này cho máy chủ"
    )
