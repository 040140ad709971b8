"""What it takes to run an evaluation again: versions, settings, machine, hashes of everything that went
in.
"""

import hashlib
import os
import platform
import sys
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from evaluation.result import Provenance
from evaluation.statistics import RESAMPLES

_ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("assistant", "prompts", "vectorstore", "ingest", "corpus")  # what decides an answer
_PACKAGES = ("bm25s", "chromadb", "ir-measures", "langchain-core", "numpy", "sentence-transformers", "torch")


def provenance(seed: int, settings: Mapping[str, str], hashes: Mapping[str, str]) -> Provenance:
    """The record of this process; `hashes` of questions and documents come from the caller."""
    return Provenance(
        command=" ".join(["python", "-m", "evaluation", *map(_relative, sys.argv[1:])]),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=seed,
        resamples=RESAMPLES,
        versions={"tro-ly-nghi-quyet": _own_version(), "python": platform.python_version()} | _versions(),
        machine=_machine(),
        settings=dict(settings),
        hashes={"program": program_hash()} | dict(hashes),
    )


@cache
def program_hash() -> str:
    """SHA-256 of every source and data file that can change an answer."""
    files = (path for room in _ROOMS for path in sorted((_ROOT / room).rglob("*")))
    return digest(path.read_bytes() for path in files if path.is_file() and "__pycache__" not in path.parts)


def digest(parts: Iterable[bytes]) -> str:
    """SHA-256 over byte strings, each with its length so that their borders count."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in _PACKAGES}


def _own_version() -> str:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} lõi"


def _relative(argument: str) -> str:
    """An argument without this machine's folders in front: a report is passed on."""
    path = Path(argument)
    if not path.is_absolute():
        return argument
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
