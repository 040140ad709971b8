"""Retrieval systems under one face: the product's own, its parts alone, and recipes that others use.

Each ranks stretches of documents for one question. BM25, vectors and their fusion by rank take the question
as typed; what the product gains by reading it first shows in the difference.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.question import parse_question
from assistant.retriever import retrieve
from assistant.tuning import AS_SHIPPED, Tuning
from assistant.understanding.reading import Reader
from corpus.passage import Passage, Zone
from evaluation.errors import EvaluationProblem
from vectorstore.encoder import Encoder
from vectorstore.index import Index

_RRF_K = 60  # Cormack, Clarke and Büttcher 2009, SIGIR: the constant everybody uses
_WINDOWS_A_PASSAGE = 4  # looked at for every passage wanted: several windows may be of one passage


@dataclass(frozen=True, slots=True)
class Hit:
    """`document.text[start:end]` with its score; `passage` is None where a system cuts texts its own way."""

    document_id: str
    start: int
    end: int
    score: float
    passage: Passage | None = None


class System(Protocol):
    """Anything that ranks stretches of documents."""

    def search(self, question: str, k: int) -> list[Hit]:
        """At most `k` hits, best first."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a system is made of. `cache`: a folder for what it builds for itself."""

    index: Index
    encoder: Encoder
    cache: Path
    tuning: Tuning = AS_SHIPPED


class Hybrid:
    """The product's retriever: the question is read, then words and vectors are mixed."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._reader = Reader.of(setting.index)

    def search(self, question: str, k: int) -> list[Hit]:
        """The product's ranking."""
        setting = self._setting
        reading = self._reader.read(parse_question(question))
        vector = setting.encoder.embed_query(reading.encoded)
        found = retrieve(setting.index, reading, vector, k, (), setting.tuning).found
        return [_hit(item.passage, item.score) for item in found]


class Bm25:
    """BM25 over syllables and pairs of them, the product's lexical index alone."""

    def __init__(self, setting: Setting) -> None:
        self._index = setting.index

    def search(self, question: str, k: int) -> list[Hit]:
        """Passages that share a term with the question."""
        scores = self._index.lexical_scores(parse_question(question).text)
        rows = np.argsort(-scores, kind="stable")
        passages = ((self._index.passages[row], float(scores[row])) for row in rows if scores[row] > 0)
        return _first(k, (_hit(passage, score) for passage, score in passages if _counts(passage)))


class Dense:
    """Nearest vectors alone: a passage is as near as its nearest sentence."""

    def __init__(self, setting: Setting) -> None:
        self._index, self._encoder = setting.index, setting.encoder

    def search(self, question: str, k: int) -> list[Hit]:
        """Passages of the nearest sentences."""
        vector = self._encoder.embed_query(parse_question(question).text)
        best: dict[str, float] = {}
        for window in self._index.nearest_windows(vector, _WINDOWS_A_PASSAGE * k):
            best.setdefault(window.passage_id, window.similarity)
        return _first(k, (_hit(self._index.passage(name), score) for name, score in best.items()))


class Fused:
    """Reciprocal rank fusion of BM25 and vectors."""

    def __init__(self, setting: Setting) -> None:
        self._parts: Sequence[System] = (Bm25(setting), Dense(setting))

    def search(self, question: str, k: int) -> list[Hit]:
        """Passages by the sum of 1 / (60 + rank)."""
        scores: dict[str, float] = {}
        passages: dict[str, Passage] = {}
        for part in self._parts:
            for rank, hit in enumerate(part.search(question, k), 1):
                if hit.passage is not None:
                    passages[hit.passage.id] = hit.passage
                    scores[hit.passage.id] = scores.get(hit.passage.id, 0.0) + 1 / (_RRF_K + rank)
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        return [_hit(passages[name], scores[name]) for name in ranked[:k]]


def _recipe(setting: Setting) -> System:
    from evaluation.langchain_recipe import LangChainRecipe

    return LangChainRecipe(setting)


PRODUCT = "hybrid"
SYSTEMS: dict[str, tuple[str, Callable[[Setting], System]]] = {
    PRODUCT: ("Trợ lý Nghị quyết: đọc câu hỏi, trộn BM25 với véc-tơ", Hybrid),
    "bm25": ("Chỉ BM25 theo âm tiết", Bm25),
    "dense": ("Chỉ véc-tơ", Dense),
    "rrf": ("BM25 và véc-tơ, trộn theo thứ hạng (RRF)", Fused),
    "langchain": (
        "Công thức LangChain: RecursiveCharacterTextSplitter, Chroma, rank-bm25, EnsembleRetriever",
        _recipe,
    ),
}


def system(name: str, setting: Setting) -> System:
    """A system by name. Raises EvaluationProblem naming those there are."""
    if name not in SYSTEMS:
        raise EvaluationProblem(f"--system {name!r}: không có. Chọn trong: {', '.join(SYSTEMS)}, all")
    return SYSTEMS[name][1](setting)


def _hit(passage: Passage, score: float) -> Hit:
    return Hit(passage.document_id, passage.start, passage.end, score, passage)


def _counts(passage: Passage) -> bool:
    """Bare headings are nobody's answer, and the product leaves them out, too."""
    return passage.zone is not Zone.HEADING


def _first(k: int, hits: Iterable[Hit]) -> list[Hit]:
    return list(islice(hits, k))
