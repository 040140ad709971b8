"""Making a backup while the server runs: one consistent copy of each part in one .tar.gz.

The index is held meanwhile, so that no job clears the generation that is being copied; questions are answered
as always. Databases go through SQLite's own backup. The file appears under its name only when it is whole.
"""

import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from records.errors import STORAGE_ERRORS, problem_of
from records.schema import version_of
from server.admin.overview import version
from server.backup import manifest as manifests
from server.backup.installation import Installation
from server.backup.manifest import FORMAT, Manifest
from server.backup.problem import BackupProblem
from vectorstore.errors import IndexProblem
from vectorstore.generation import Generation, current, writing
from vectorstore.generation import Manifest as IndexManifest
from vectorstore.vectors import copy_collection_files

_PATIENCE_S = 900.0  # for a job that is indexing
_LEVEL = 6
_MODE = 0o600
Tell = Callable[[str], None]


def back_up(installation: Installation, out: Path, *, secrets: bool, tell: Tell) -> Manifest:
    """Write a backup to `out`, which must not be there yet. Raises ProductError; `out` is then not there."""
    if out.exists():
        raise BackupProblem(f"{out}: đã có tệp này. Chọn tên khác")
    for folder in (installation.documents, installation.index):
        if out.resolve().is_relative_to(folder.resolve()):
            raise BackupProblem(f"{out}: nằm trong thư mục được sao lưu. Chọn chỗ ngoài {folder}")
    part = out.with_name(out.name + ".dang-ghi")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=out.parent, prefix=".sao-luu-") as staging,
            part.open("wb") as file,
        ):
            part.chmod(_MODE)  # what people asked is in it
            made = _written(file, installation, Path(staging), secrets, tell)
            file.flush()
            os.fsync(file.fileno())
        part.rename(out)
        return made
    except (OSError, tarfile.TarError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BackupProblem(
            f"{out}: không sao lưu được ({reason}). Kiểm tra quyền ghi và dung lượng đĩa rồi chạy lại"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _written(file: IO[bytes], places: Installation, staging: Path, secrets: bool, tell: Tell) -> Manifest:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL, format=tarfile.PAX_FORMAT) as tar:
        writer = _Writer(tar, tell)
        with _held(places.index, tell):
            index = _add_index(writer, places, staging)
            _add_documents(writer, places.documents)
        records = _add_records(writer, places.records, staging)
        if secrets:
            for name, path in (("secrets/users", places.users), ("secrets/keys", places.keys)):
                if path is not None and path.is_file():
                    writer.add(name, path)
        manifest = Manifest(
            format=FORMAT,
            program=version(),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            generation=index[0].name if index else None,
            index_schema=index[1].schema if index else None,
            encoder=index[1].encoder if index else None,
            records_schema=records,
            files=writer.files,
        )
        writer.put(manifests.NAME, manifest.to_json())
    return manifest


@dataclass(slots=True)
class _Writer:
    """An archive being written. `files`: size and digest of what was put in."""

    tar: tarfile.TarFile
    tell: Tell
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, name: str, path: Path) -> None:
        """Put a file in; exactly the bytes that were read are what its digest is of."""
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            info = _info(name, before.st_size, before.st_mtime)
            reader = _Hashing(file)
            self.tar.addfile(info, reader)
            after = os.fstat(file.fileno())
        self.files[name] = (info.size, reader.digest.hexdigest())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            self.tell(
                f"Lưu ý: {_printable(path)} thay đổi trong lúc sao lưu; nên sao lưu lại sau khi ghi xong"
            )

    def put(self, name: str, data: bytes) -> None:
        """Put bytes in."""
        self.tar.addfile(_info(name, len(data), time.time()), io.BytesIO(data))


class _Hashing:
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def _info(name: str, size: int, modified: float) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(modified), 0o644
    return info


@contextmanager
def _held(index_dir: Path, tell: Tell) -> Iterator[None]:
    """Nobody writes the index meanwhile; a job that does is waited for."""
    until, told = time.monotonic() + _PATIENCE_S, False
    while True:
        holding = writing(index_dir)
        try:
            holding.__enter__()
            break
        except IndexProblem:
            if time.monotonic() > until or not (index_dir / "lock").exists():
                raise
            if not told:
                tell("Đang có lượt lập chỉ mục; chờ xong rồi sao lưu…")
                told = True
            time.sleep(1)
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _add_index(
    writer: _Writer, places: Installation, staging: Path
) -> tuple[Generation, IndexManifest] | None:
    generation = current(places.index)
    manifest = generation.manifest() if generation else None
    if generation is None or manifest is None:
        writer.tell("Lưu ý: chưa có chỉ mục để sao lưu; sau khi phục hồi cần chạy python -m ingest")
        return None
    if places.chroma_url is not None:
        writer.tell(
            "Lưu ý: vectơ nằm trên máy chủ Chroma; sau khi phục hồi cần chạy python -m ingest --rebuild"
        )
        return None
    copy_collection_files(generation.chroma, staging / "chroma")
    top = f"index/generations/{generation.name}"
    for file in _files(generation.folder):
        relative = file.relative_to(generation.folder)
        if relative.parts[0] != "chroma":
            writer.add(f"{top}/{relative.as_posix()}", file)
    for file in _files(staging / "chroma"):
        writer.add(f"{top}/chroma/{file.relative_to(staging / 'chroma').as_posix()}", file)
    shutil.rmtree(staging / "chroma")
    for name in ("CURRENT", "accepted.txt"):
        if (places.index / name).is_file():
            writer.add(f"index/{name}", places.index / name)
    return generation, manifest


def _add_documents(writer: _Writer, folder: Path) -> None:
    inside = folder.resolve()
    for file in _files(folder):
        relative = file.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts):
            continue  # the bin, and files that are being sent
        if file.is_symlink() and not file.resolve().is_relative_to(inside):
            writer.tell(f"Lưu ý: bỏ qua liên kết ra ngoài thư mục văn bản: {_printable(file)}")
        elif file.is_file():
            writer.add(f"documents/{relative.as_posix()}", file)


def _add_records(writer: _Writer, path: Path | None, staging: Path) -> int | None:
    if path is None or not path.is_file():
        return None
    copy = staging / "records.sqlite"
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself
            schema = version_of(new)
    except STORAGE_ERRORS as error:
        raise problem_of(path, error) from error
    writer.add("records/records.sqlite", copy)
    return schema


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(parent) / name


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()
