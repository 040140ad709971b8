"""Generations: complete copies of the index on disk, of which exactly one is in use.

    index/
      CURRENT                       name of the generation in use, replaced in one step
      lock                          held while somebody writes
      generations/NAME/manifest.json   written last: a generation without it is unfinished
      generations/NAME/documents.jsonl, references.jsonl, syllables.npz, lexical/, chroma/

A process killed while it builds a generation leaves CURRENT as it was; the next run goes on with the
unfinished one. Knows the layout; does not know how the parts are made.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from vectorstore.errors import IndexProblem

SCHEMA = 3  # raise when passages, windows, fields or files change meaning
REBUILD = "Chạy lại: python -m ingest --rebuild"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexLocation:
    """Where an index is: its folder, and a Chroma server that holds the vectors instead, or None.

    `related`: the file of facts on documents that are only cited, beside the documents; None for no facts.
    """

    folder: Path
    chroma_url: str | None = None
    related: Path | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with. `built_at` is ISO 8601, UTC."""

    schema: int
    encoder: str
    dimension: int
    built_at: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation's folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, also part of the collection's name on a Chroma server."""
        return self.folder.name

    @property
    def documents(self) -> Path:
        """File of documents and passages."""
        return self.folder / "documents.jsonl"

    @property
    def references(self) -> Path:
        """File of what each document cites, amends and repeals."""
        return self.folder / "references.jsonl"

    @property
    def syllables(self) -> Path:
        """File of syllable counts."""
        return self.folder / "syllables.npz"

    @property
    def lexical(self) -> Path:
        """Folder of the lexical index."""
        return self.folder / "lexical"

    @property
    def chroma(self) -> Path:
        """Folder of the embedded Chroma database."""
        return self.folder / "chroma"

    def collection_name(self, url: str | None) -> str:
        """Name of the Chroma collection. Alone in its folder, or told apart by generation on a server."""
        return "windows" if url is None else f"windows-{self.name}"

    def write_manifest(self, manifest: Manifest) -> None:
        """Declare the generation complete."""
        _write_durably(self.folder / _MANIFEST, json.dumps(asdict(manifest), indent=1))

    def manifest(self) -> Manifest | None:
        """The manifest, or None while the generation is unfinished. Raises IndexProblem when damaged."""
        return _read_manifest(self.folder / _MANIFEST)


def current(index_dir: Path) -> Generation | None:
    """The generation in use, or None when nothing has been indexed yet."""
    pointer = index_dir / "CURRENT"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexProblem(
            f"{pointer}: không đọc được ({error.strerror}). Cấp quyền đọc thư mục chỉ mục"
        ) from error
    generation = Generation(index_dir / "generations" / name)
    if generation.manifest() is None:
        raise IndexProblem(f"{index_dir}: chỉ mục hỏng, thiếu {generation.folder / _MANIFEST}. {REBUILD}")
    return generation


def make_current(index_dir: Path, generation: Generation) -> None:
    """Put a complete generation to use, in one step."""
    _write_durably(index_dir / "CURRENT", generation.name)


def start_generation(index_dir: Path, encoder: str) -> tuple[Generation, bool]:
    """A generation to build into, and whether it continues one that was interrupted (same encoder)."""
    generations = index_dir / "generations"
    for folder in sorted(generations.glob("*")):
        unfinished = Generation(folder)
        if unfinished.manifest() is None:
            plan = folder / "plan.json"
            if plan.exists() and json.loads(plan.read_text("utf-8")) == {
                "schema": SCHEMA,
                "encoder": encoder,
            }:
                return unfinished, True
            shutil.rmtree(folder)
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    folder = generations / name
    folder.mkdir(parents=True)
    _write_durably(folder / "plan.json", json.dumps({"schema": SCHEMA, "encoder": encoder}))
    return Generation(folder), False


def superseded(index_dir: Path, keep: int = 2) -> list[Generation]:
    """Complete generations that nobody needs: all but the one in use and the one before, maybe still open."""
    newest_first = sorted((index_dir / "generations").glob("*"), reverse=True)
    complete = [Generation(folder) for folder in newest_first if (folder / _MANIFEST).exists()]
    in_use = current(index_dir)
    return [generation for generation in complete[keep:] if generation != in_use]


@contextmanager
def writing(index_dir: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexProblem when somebody else does or nothing can be written."""
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index_dir / "lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexProblem(
            f"{index_dir}: một tiến trình khác đang lập chỉ mục. Chờ tiến trình đó xong rồi chạy lại"
        ) from error
    except OSError as error:
        raise cannot_write(index_dir, error) from error
    try:
        yield
    finally:
        lock.release()


def cannot_write(index_dir: Path, error: Exception) -> IndexProblem:
    """The message for a folder that is read-only or full. The index in use is not touched."""
    reason = getattr(error, "strerror", None) or error
    return IndexProblem(
        f"{index_dir}: không ghi được chỉ mục ({reason}). Chỉ mục cũ vẫn nguyên vẹn. Cấp quyền ghi, "
        "giải phóng dung lượng đĩa, hoặc đặt ASSISTANT_INDEX_DIR sang thư mục khác"
    )


def _read_manifest(path: Path) -> Manifest | None:
    try:
        row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**row)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise IndexProblem(
            f"{path}: chỉ mục hỏng hoặc do phiên bản khác tạo ra ({error}). {REBUILD}"
        ) from error


def _write_durably(path: Path, text: str) -> None:
    """Write so that after a crash the file holds either the old text or the new, whole."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
