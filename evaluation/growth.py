"""What growth costs: an index of so many passages built, opened and asked, each in a process of its own.

Encoding 100,000 sentences takes an hour, and what it costs is known from `tokens a second`. So the vectors of
the documents are DRAWN, not encoded: such an index answers nonsense, and only its cost means anything. The
documents are generated (see `generated`); questions are encoded as always.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from tqdm import tqdm

from assistant import Assistant
from evaluation.answer_speed import Question, ask_alone
from evaluation.errors import EvaluationProblem
from evaluation.generated import passages_generated, sentences_of
from evaluation.index_size import IndexSize, index_size
from evaluation.isolated import isolated
from evaluation.memory import peak_mb, resident_mb
from evaluation.percentiles import Percentile, percentile
from ingest.load import LoadedDocument
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.records import stored_records, write_records

SIZES = (1_000, 10_000, 100_000)
_SAMPLE = 16  # sentences that are encoded to learn where real vectors lie
_TOKENS_PER_SYLLABLE = 1.5  # a little more than multilingual-e5-small has; counting costs 0.1 ms a sentence


@dataclass(frozen=True, slots=True)
class Growth:
    """What is measured. `encoder` loads the real one; `folder`: where the index is put meanwhile."""

    passages: int
    resolution: Path
    encoder: Callable[[], Encoder]
    questions: tuple[Question, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds of records, references and words, then of the vectors, without encoding; megabytes."""

    documents: int
    windows: int
    text_s: float
    vectors_s: float
    peak_mb: float
    size: IndexSize


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One size. `opened_mb`: what opening the index added; `resident_mb`: all of the process, at the end."""

    passages: int
    built: Built
    open_s: float
    opened_mb: float
    resident_mb: float
    p50: Percentile
    p95: Percentile


class DrawnEncoder(Embeddings):
    """Vectors of documents drawn from a hash of their text; questions are encoded by `real`.

    A drawn vector has length 1 and, to the mean direction of real sentences, the cosine that these have on
    average: similarities lie where real ones do. The tokens of a text are estimated from its syllables.
    """

    def __init__(self, real: Encoder, sample: Sequence[str]) -> None:
        self.identity = f"drawn@{real.identity}"  # never taken for an index that was encoded
        self.dimension = real.dimension
        self.max_tokens = real.max_tokens
        self._real = real
        vectors = np.array(real.embed_documents(list(sample)), dtype=np.float64)
        mean = vectors.mean(axis=0)
        self._centre = mean / np.linalg.norm(mean)
        self._near = float((vectors @ self._centre).mean())

    def count_token(self, text: str) -> int:
        """About how many tokens a text has."""
        return round(len(text.split()) * _TOKENS_PER_SYLLABLE)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One drawn vector a text, the same whenever and beside whatever it is asked for."""
        return [self._drawn(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The real vector of a question."""
        return self._real.embed_query(text)

    def _drawn(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        away = np.random.default_rng(seed).standard_normal(self.dimension)
        away -= (away @ self._centre) * self._centre
        away /= np.linalg.norm(away)
        row: list[float] = (self._near * self._centre + (1 - self._near**2) ** 0.5 * away).tolist()
        return row


def measure_growth(
    sizes: Sequence[int], resolution: Path, encoder: Callable[[], Encoder], questions: Sequence[Question]
) -> Iterator[GrowthRow]:
    """One row a size, measured when it is asked for. Raises EvaluationProblem at once for a size below 1."""
    for size in sizes:
        if size < 1:
            raise EvaluationProblem(f"--growth {size}: số đoạn phải từ 1 trở lên")
    return (_grown(size, resolution, encoder, tuple(questions)) for size in sizes)


def _grown(
    size: int, resolution: Path, encoder: Callable[[], Encoder], questions: tuple[Question, ...]
) -> GrowthRow:
    with tempfile.TemporaryDirectory(prefix="tro-ly-do-") as folder:
        growth = Growth(size, resolution, encoder, questions, Path(folder))
        built = isolated(_build, growth)
        return isolated(_open, (growth, built))


def _build(growth: Growth) -> Built:
    encoder = _drawn(growth)
    location = IndexLocation(growth.folder)
    records = growth.folder / "generated.jsonl"
    with tqdm(desc=f"Tạo {growth.passages:,} đoạn", total=growth.passages, unit=" đoạn", disable=None) as bar:
        write_records(records, _counted(passages_generated(growth.passages, growth.resolution), bar))
    stored = list(stored_records(records))
    began = perf_counter()
    reached: list[tuple[float, int]] = []
    with tqdm(desc=f"Lập chỉ mục {growth.passages:,} đoạn", unit=" câu", disable=None) as bar:

        def progress(done: int, total: int) -> None:
            reached.append((perf_counter(), total))
            bar.total = total
            bar.update(done - bar.n)

        generation = build_generation(stored, location, cast(Encoder, encoder), None, progress)
    text_done, windows = reached[0]  # the first call comes before the first vector
    return Built(
        len(stored),
        windows,
        round(text_done - began, 2),
        round(perf_counter() - text_done, 2),
        round(peak_mb(), 1),
        index_size(generation),
    )


def _open(given: tuple[Growth, Built]) -> GrowthRow:
    growth, built = given
    encoder = _drawn(growth)
    before = resident_mb()
    began = perf_counter()
    assistant = Assistant.open(IndexLocation(growth.folder), cast(Encoder, encoder))
    opened, after = perf_counter() - began, resident_mb()
    times = ask_alone(assistant, growth.questions).milliseconds
    p50, p95 = percentile(times, 0.50), percentile(times, 0.95)
    return GrowthRow(
        growth.passages,
        built,
        round(opened, 2),
        round(after - before, 1),
        round(resident_mb(), 1),
        p50,
        p95,
    )


def _drawn(growth: Growth) -> DrawnEncoder:
    return DrawnEncoder(growth.encoder(), sentences_of(growth.resolution)[-_SAMPLE:])


def _counted(documents: Iterator[LoadedDocument], bar: "tqdm[Any]") -> Iterator[LoadedDocument]:
    for item in documents:
        yield item
        bar.update(len(item.passages))
