"""How fast files become passages, and how much memory a large collection takes; nothing is encoded.

Reads the files it is given, one after the other, on this machine as it is. The generated documents are
sentences of the shipped resolution in random order: their size is real, their sense is not.
"""

import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tqdm import tqdm

from corpus.sentences import sentences
from ingest import load
from ingest.discover import discover
from ingest.errors import IngestError
from ingest.inspect import loaded_from
from ingest.load import LoadedDocument
from vectorstore.build import build_lexical
from vectorstore.generation import Generation
from vectorstore.records import write_records

_PLAIN_BYTES = 4 * 1024 * 1024
_ARTICLES, _CLAUSES = 5, 6
_SEED = 20241125
_COUNTED = ("files", "pages", "mb", "s")


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


def measure_plain_text(resolution: Path) -> float:
    """Megabytes of plain text a second, from bytes to passages with metadata."""
    text = resolution.read_bytes()
    data = text * (_PLAIN_BYTES // len(text) + 1)
    began = time.perf_counter()
    load(Path("toc-do.txt"), "toc-do.txt", data)
    return round(len(data) / 2**20 / (time.perf_counter() - began), 2)


def measure_memory(documents: int, resolution: Path) -> dict[str, float]:
    """Peak resident megabytes after generating, recording and lexically indexing so many documents."""
    with tempfile.TemporaryDirectory() as folder:
        generation = Generation(Path(folder))
        began = time.perf_counter()
        generated = tqdm(_generated(documents, resolution), desc="Tạo", total=documents, disable=None)
        write_records(generation.documents, generated)
        recorded, seconds = _peak(), time.perf_counter() - began
        build_lexical(generation)
        return {
            "documents": documents,
            "text_mb": round(generation.documents.stat().st_size / 2**20),
            "records_s": round(seconds, 1),
            "records_peak_rss_mb": recorded,
            "lexical_s": round(time.perf_counter() - began - seconds, 1),
            "lexical_peak_rss_mb": _peak(),
        }


def _generated(documents: int, resolution: Path) -> Iterator[LoadedDocument]:
    text = load(resolution, resolution.name).document.text
    pool = [span.of(line) for line in text.split("\n") for span in sentences(line)]
    draw = random.Random(_SEED)
    for number in range(documents):
        lines = ["QUYẾT ĐỊNH", f"Về nhiệm vụ thứ {number}"]
        for article in range(1, _ARTICLES + 1):
            lines.append(f"Điều {article}. {draw.choice(pool)}")
            lines += [f"{clause}. {draw.choice(pool)}" for clause in range(1, _CLAUSES + 1)]
        name = f"{number}.txt"
        yield load(Path(name), name, "\n".join(lines).encode())


def _rates(row: dict[str, float]) -> dict[str, float]:
    rates = {"files": row["files"], "s": round(row["s"], 1), "mb_per_s": round(row["mb"] / row["s"], 2)}
    if row["pages"]:
        rates |= {"pages": row["pages"], "pages_per_min": round(60 * row["pages"] / row["s"], 1)}
    return rates


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
