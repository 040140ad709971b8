"""Hybrid retrieval: a weighted mix of BM25 and vector similarity, scaled per question.

A LangChain retriever that other programs can use as it is. A passage's vector score is that of its best
window. Ranks passages; does not decide whether any of them answers.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, PrivateAttr

from assistant.question import parse_question
from assistant.tuning import AS_SHIPPED, Tuning
from assistant.understanding.reading import Reader, Reading
from corpus.passage import Passage, Zone
from vectorstore.index import Index, WindowScore

_NEAREST_WINDOWS = (
    400  # fewer leave out passages of long documents: .9695 instead of .9715 on provincial_docs
)
_OFFICIAL_TERMS = 0.5  # of an official term beside the everyday words that were typed


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its scores for one question; all three lie in 0..1, scaled over what was found."""

    passage: Passage
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Passages best first, and the similarities that were seen on the way.

    `floor` and `ceiling` are the lowest and highest similarity among the nearest windows.
    """

    found: tuple[Found, ...]
    floor: float
    ceiling: float


def retrieve(
    index: Index,
    reading: Reading,
    vector: Sequence[float],
    k: int,
    excluded: Collection[str] = (),
    tuning: Tuning = AS_SHIPPED,
) -> Retrieval:
    """The `k` best passages for a question with its vector. Bare headings are never returned.

    `excluded`: ids of documents that are left out.
    """
    windows = index.nearest_windows(vector, _NEAREST_WINDOWS)
    lexical = _lexical_scores(index, reading)
    dense = best_window(windows)
    floor = min((w.similarity for w in windows), default=0.0)
    ceiling = max((w.similarity for w in windows), default=1.0)
    top_lexical = np.argsort(-lexical, kind="stable")[:_NEAREST_WINDOWS]
    ids = set(dense) | {index.passages[row].id for row in top_lexical if lexical[row] > 0}
    strongest = float(lexical.max(initial=0.0)) or 1.0
    found = []
    for passage_id in ids:
        passage = index.passage(passage_id)
        if passage.zone is Zone.HEADING or passage.document_id in excluded:
            continue
        by_words = float(lexical[index.rows[passage_id]]) / strongest
        by_vector = scaled(dense.get(passage_id, floor), floor, ceiling)
        score = tuning.mixed(by_words, by_vector, reading.question.folded)
        found.append(Found(passage, score, by_words, by_vector))
    found.sort(key=lambda item: (-item.score, item.passage.document_id, item.passage.start))
    return Retrieval(tuple(found[:k]), floor, ceiling)


def _lexical_scores(index: Index, reading: Reading) -> NDArray[np.float32]:
    """BM25 of the question, and of the best official term for each of its everyday phrases."""
    scores = index.lexical_scores(reading.question.text)
    for related in reading.related:
        each = [index.lexical_scores(term) for term in related.terms]
        scores = scores + _OFFICIAL_TERMS * np.max(each, axis=0)
    return scores


def scaled(value: float, floor: float, ceiling: float) -> float:
    """`value` on the scale from `floor` (0) to `ceiling` (1), clipped."""
    return min(1.0, max(0.0, (value - floor) / (ceiling - floor))) if ceiling > floor else 0.0


def best_window(windows: Iterable[WindowScore]) -> dict[str, float]:
    """Passage id to the similarity of its nearest window."""
    best: dict[str, float] = {}
    for window in windows:
        best[window.passage_id] = max(window.similarity, best.get(window.passage_id, -1.0))
    return best


class HybridRetriever(BaseRetriever):
    """The product's search as a LangChain retriever: `HybridRetriever(index=Index.open(…), k=10)`.

    Each result's metadata has document_id, title, number, location, start, end and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    index: Index
    k: int = 10
    _reader: Reader = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        """Prepare the reading of questions about this collection."""
        super().model_post_init(context)
        self._reader = Reader.of(self.index)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[LangChainDocument]:
        reading = self._reader.read(parse_question(query))
        vector = self.index.encoder.embed_query(reading.encoded)
        retrieval = retrieve(self.index, reading, vector, self.k)
        return [self._document(item) for item in retrieval.found]

    def _document(self, item: Found) -> LangChainDocument:
        passage = item.passage
        document = self.index.document_of(passage)
        metadata = {
            "document_id": document.id,
            "title": document.name,
            "number": document.number,
            "location": passage.location,
            "start": passage.start,
            "end": passage.end,
            "score": item.score,
        }
        return LangChainDocument(page_content=passage.text, metadata=metadata, id=passage.id)
