"""Indexes for an evaluation: of a folder of documents, or of the rows of a dataset.

They are kept in a cache, so that a second run encodes nothing. Knows how to build and open; does not search.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from evaluation.errors import EvaluationProblem
from evaluation.held import Held
from ingest.load import LoadedDocument
from ingest.references.related import FILE_NAME
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import SCHEMA, IndexLocation, current
from vectorstore.progress import shown_on
from vectorstore.records import iter_records, stored_records, write_records
from vectorstore.sync import sync

_MEND = "Chạy: python -m ingest"


def rows_index(documents: Sequence[LoadedDocument], encoder: Encoder, cache: Path) -> IndexLocation:
    """The index of the rows of a dataset, built at the first call, continued where it was interrupted."""
    key = hashlib.sha256("".join(item.document.sha256 for item in documents).encode()).hexdigest()[:16]
    location = IndexLocation(cache / f"{key}-{encoder.identity.replace('/', '-')}")
    if not _is_complete(location):
        location.folder.mkdir(parents=True, exist_ok=True)
        records = location.folder / "dataset.jsonl"
        write_records(records, documents)
        with tqdm(desc="Mã hoá", unit=" câu", disable=None) as bar:
            build_generation(list(stored_records(records)), location, encoder, None, shown_on(bar))
    return location


def folder_index(folder: Path, encoder: Encoder, cache: Path) -> IndexLocation:
    """The index of a folder of documents, brought in line with the files. Raises ProductError."""
    if not folder.is_dir():
        raise EvaluationProblem(f"{folder}: không có thư mục này. Sửa đường dẫn của --documents")
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    name = f"folder-{key}-{encoder.identity.replace('/', '-')}-{SCHEMA}"
    location = IndexLocation(cache / name, related=folder / FILE_NAME)
    with tqdm(desc="Mã hoá", unit=" câu", disable=None) as bar:
        report = sync([folder], folder, location, encoder, progress=shown_on(bar))
    if report.problems:
        raise EvaluationProblem(str(report.problems[0]))
    return location


def held_in(location: IndexLocation) -> Held:
    """The documents of an index, without opening it for search. Raises EvaluationProblem without one."""
    generation = current(location.folder)
    if generation is None:
        raise EvaluationProblem(f"{location.folder}: chưa có chỉ mục. {_MEND}")
    return Held(iter_records(generation.documents))


def index_mb(location: IndexLocation, system: str) -> float | None:
    """Megabytes on disk of what a system searches; None when nothing is indexed."""
    generation = current(location.folder)
    if generation is None:
        return None
    return size_mb(location.folder / "langchain-recipe" if system == "langchain" else generation.folder)


def size_mb(folder: Path) -> float:
    """Megabytes on disk of everything below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def _is_complete(location: IndexLocation) -> bool:
    generation = current(location.folder)
    manifest = generation.manifest() if generation else None
    return manifest is not None and manifest.schema == SCHEMA
