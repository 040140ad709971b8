"""The state of the installation at a glance: index, disk, queue, records, versions.

Reads; changes nothing.
"""

import platform
import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.admin.held import generation_in_use
from server.services import Services
from vectorstore.errors import IndexProblem
from vectorstore.generation import Manifest

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes of the index, the documents and the records, and those free where each is."""

    what: str
    used: int
    free: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`index` is None before anything was indexed; `index_problem` says why there is none otherwise."""

    index: Manifest | None
    index_problem: str | None
    disks: tuple[Disk, ...]
    turns: dict[str, int]
    version: str
    python: str


def overview(services: Services) -> Overview:
    """What there is now."""
    problem = None
    try:
        found = generation_in_use(services.location.folder)
    except IndexProblem as error:
        found, problem = None, str(error)
    places = [("Văn bản", services.documents_dir), ("Chỉ mục", services.location.folder)]
    if services.records.path is not None:
        places.append(("Ghi nhớ câu hỏi", services.records.path))
    return Overview(
        found[1] if found else None,
        problem,
        tuple(Disk(what, _used(path), _free(path)) for what, path in places),
        services.records.counts(),
        version(),
        platform.python_version(),
    )


@cache
def version() -> str:
    """Of this program."""
    about = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))
    return str(about["project"]["version"])


def _used(path: Path) -> int:
    files = [path, path.with_name(path.name + "-wal")] if path.is_file() else path.rglob("*")
    total = 0
    for file in files:
        try:
            total += 0 if file.is_symlink() or not file.is_file() else file.stat().st_size
        except OSError:  # a job deletes what it no longer needs while we count
            continue
    return total


def _free(path: Path) -> int | None:
    there = next((folder for folder in (path, *path.parents) if folder.is_dir()), None)
    try:
        return shutil.disk_usage(there).free if there else None
    except OSError:  # a share that is away for the moment
        return None
