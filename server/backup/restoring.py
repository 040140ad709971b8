"""Restoring a backup: all is checked, then all is unpacked beside its place, then all places change at once.

What was there stays beside as NAME.truoc-khi-phuc-hoi-TIME. Knows the parts of an installation and of a
backup.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from records.schema import VERSION
from server.backup.installation import Installation
from server.backup.manifest import Manifest
from server.backup.problem import BackupProblem
from server.backup.reading import checked, unpack
from server.backup.switching import Move, switch, undo_interrupted
from vectorstore.errors import IndexProblem
from vectorstore.generation import SCHEMA, current, writing

_RESERVE = 64 * 2**20  # bytes of the disk that are left free
_SIDE_FILES = ("-wal", "-shm")  # of an SQLite database; with another one they would damage it


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept`: where things are that were there before. `notes`: what is left to do."""

    manifest: Manifest
    kept: tuple[Path, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the backup (names below `top`, or one name) on its way from `staged` to `target`."""

    top: str
    target: Path
    staged: Path

    def place(self, name: str) -> Path | None:
        if name == self.top:
            return self.staged
        return self.staged / name[len(self.top) + 1 :] if name.startswith(self.top + "/") else None


def restore(backup: Path, to: Installation) -> Restored:
    """Restore `backup` to `to`. Raises ProductError; everything is then as it was before."""
    undo_interrupted(to.journal)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    try:
        manifest = checked(backup, _room(to.index))
        notes = tuple(_notes(manifest, to))
        parts = [
            part
            for part in _parts(manifest, to, stamp)
            if manifest.count(part.top) or part.top in manifest.files
        ]
        with ExitStack() as stack:
            for part in parts:
                stack.callback(_discard, part.staged)
            unpack(backup, manifest, _placing(parts), _room(to.index))
            _check_index(backup, manifest, parts)
            if to.index.is_dir():
                stack.enter_context(writing(to.index))
            os.sync()  # a power failure after the change must not find empty files
            moves = list(_moves(parts, stamp))
            switch(moves, to.journal)
    except OSError as error:
        raise BackupProblem(
            f"{backup}: không phục hồi được ({error.strerror or error}). Mọi thứ vẫn như trước. "
            "Kiểm tra quyền ghi và dung lượng đĩa, hoặc dùng --to THƯ_MỤC"
        ) from error
    kept = tuple(to for _, to in moves if stamp in to.name and not to.name.endswith(_SIDE_FILES))
    return Restored(manifest, kept, notes)


def _parts(manifest: Manifest, to: Installation, stamp: str) -> Iterator[_Part]:
    targets: list[tuple[str, Path | None]] = [
        ("documents", to.documents),
        ("index", to.index if manifest.index_schema == SCHEMA else None),
        ("records/records.sqlite", to.records),
        ("secrets/users", to.users),
        ("secrets/keys", to.keys),
    ]
    for top, target in targets:
        if target is not None:
            # A link to a folder elsewhere (another disk) is followed: the folder is changed, not the link.
            place = target.resolve()
            yield _Part(top, place, place.with_name(f".phuc-hoi-{stamp}-{place.name}"))


def _notes(manifest: Manifest, to: Installation) -> Iterator[str]:
    if manifest.records_schema is not None and manifest.records_schema > VERSION:
        raise BackupProblem(
            f"Tệp ghi nhớ trong bản sao lưu thuộc phiên bản mới hơn ({manifest.records_schema} > {VERSION}). "
            "Cài phiên bản chương trình đã tạo bản sao lưu"
        )
    if manifest.index_schema is None:
        yield "Bản sao lưu không có chỉ mục. Chạy: python -m ingest --rebuild"
    elif manifest.index_schema != SCHEMA:
        yield "Chỉ mục trong bản sao lưu thuộc phiên bản khác, không dùng. Chạy: python -m ingest --rebuild"
    if to.records is None and manifest.records_schema is not None:
        yield "ASSISTANT_RECORDS_FILE=off nên không phục hồi ghi nhớ câu hỏi"
    for name, place, key in (("users", to.users, "USERS"), ("keys", to.keys, "KEYS")):
        if place is None and f"secrets/{name}" in manifest.files:
            yield f"Chưa đặt ASSISTANT_{key}_FILE nên không phục hồi tệp {name}"


def _placing(parts: list[_Part]) -> Callable[[str], Path | None]:
    def place_of(name: str) -> Path | None:
        return next((place for part in parts if (place := part.place(name)) is not None), None)

    return place_of


def _check_index(backup: Path, manifest: Manifest, parts: list[_Part]) -> None:
    """The pointer in the backup leads to the generation in the backup, and nowhere else."""
    staged = next((part.staged for part in parts if part.top == "index"), None)
    if staged is None:
        return
    named = manifest.generation or ""
    pointer = staged / "CURRENT"
    plain = named and named == Path(named).name and named not in (".", "..")
    problem = not plain or not pointer.is_file() or pointer.read_text("utf-8", "replace").strip() != named
    try:
        generation = None if problem else current(staged)
    except IndexProblem:
        generation = None
    if generation is None or not generation.folder.is_dir():
        raise BackupProblem(f"{backup}: chỉ mục trong bản sao lưu không đầy đủ. Dùng bản sao lưu khác")


def _moves(parts: list[_Part], stamp: str) -> Iterator[Move]:
    """First everything old aside, then everything new to its place."""
    for part in parts:
        aside = part.target.with_name(f"{part.target.name}.truoc-khi-phuc-hoi-{stamp}")
        sides = ("", *_SIDE_FILES) if part.top.startswith("records/") else ("",)
        for side in sides:
            old = part.target.with_name(part.target.name + side)
            if os.path.lexists(old):
                yield old, aside.with_name(aside.name + side)
    for part in parts:
        part.target.parent.mkdir(parents=True, exist_ok=True)
        yield part.staged, part.target


def _room(place: Path) -> int:
    there = next(folder for folder in (place.absolute(), *place.absolute().parents) if folder.is_dir())
    return max(0, shutil.disk_usage(there).free - _RESERVE)


def _discard(staged: Path) -> None:
    if staged.is_dir():
        shutil.rmtree(staged)
    else:
        staged.unlink(missing_ok=True)
