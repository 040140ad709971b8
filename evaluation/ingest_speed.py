"""How fast files become passages, and how much memory a large collection takes; nothing is encoded.

Reads the files it is given, one after the other, on this machine as it is; a large collection is a generated
one (see `generated`).
"""

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from evaluation.generated import documents_generated
from evaluation.memory import peak_mb
from ingest import load
from ingest.discover import discover
from ingest.errors import IngestError
from ingest.inspect import loaded_from
from vectorstore.build import build_lexical
from vectorstore.generation import Generation
from vectorstore.records import write_records

_PLAIN_BYTES = 4 * 1024 * 1024
PAGE_CHARACTERS = 2_000  # plain text has no pages: about 400 syllables, a page of A4 in 14 points
_COUNTED = ("files", "pages", "mb", "s")


@dataclass(frozen=True, slots=True)
class PlainTextSpeed:
    """From bytes to passages with metadata. A page is one of PAGE_CHARACTERS characters."""

    mb_per_s: float
    pages_per_min: float


def measure_files(paths: Iterable[Path]) -> dict[str, dict[str, float]]:
    """By format: files, pages, seconds, pages a minute (where there are pages) and megabytes a second."""
    totals: dict[str, dict[str, float]] = {}
    files = [file for path in paths for file in discover(path).files]
    for file in tqdm(files, desc="Đọc", unit=" tệp", disable=None):
        began = time.perf_counter()
        loaded = [item for item in loaded_from(file) if not isinstance(item, IngestError)]
        seconds = time.perf_counter() - began
        for item in loaded[:1]:
            recognised = " (OCR)" if item.provenance.ocr_confidence is not None else ""
            row = totals.setdefault(item.provenance.format + recognised, dict.fromkeys(_COUNTED, 0.0))
            row["files"] += 1
            row["pages"] += item.provenance.pages or 0
            row["mb"] += file.stat().st_size / 2**20
            row["s"] += seconds
    return {name: _rates(row) for name, row in totals.items()}


def measure_plain_text(resolution: Path) -> PlainTextSpeed:
    """How fast plain text of some megabytes is read: the resolution over and over."""
    text = resolution.read_bytes()
    data = text * (_PLAIN_BYTES // len(text) + 1)
    began = time.perf_counter()
    loaded = load(Path("toc-do.txt"), "toc-do.txt", data)
    seconds = time.perf_counter() - began
    pages = len(loaded.document.text) / PAGE_CHARACTERS
    return PlainTextSpeed(round(len(data) / 2**20 / seconds, 2), round(60 * pages / seconds))


def measure_memory(documents: int, resolution: Path) -> dict[str, float]:
    """Peak resident megabytes after generating, recording and lexically indexing so many documents."""
    with tempfile.TemporaryDirectory() as folder:
        generation = Generation(Path(folder))
        began = time.perf_counter()
        generated = tqdm(
            documents_generated(documents, resolution), desc="Tạo", total=documents, disable=None
        )
        write_records(generation.documents, generated)
        recorded, seconds = round(peak_mb()), time.perf_counter() - began
        build_lexical(generation)
        return {
            "documents": documents,
            "text_mb": round(generation.documents.stat().st_size / 2**20),
            "records_s": round(seconds, 1),
            "records_peak_rss_mb": recorded,
            "lexical_s": round(time.perf_counter() - began - seconds, 1),
            "lexical_peak_rss_mb": round(peak_mb()),
        }


def _rates(row: dict[str, float]) -> dict[str, float]:
    rates = {"files": row["files"], "s": round(row["s"], 1), "mb_per_s": round(row["mb"] / row["s"], 2)}
    if row["pages"]:
        rates |= {"pages": row["pages"], "pages_per_min": round(60 * row["pages"] / row["s"], 1)}
    return rates
