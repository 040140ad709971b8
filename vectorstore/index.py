"""The index as it is read: one complete generation, opened.

Gives documents, passages and scores. Does not rank, select or answer, and never writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.passage import Passage
from corpus.text import folded_terms, search_terms, with_bigrams
from ingest.layout import PlacedWord
from ingest.load import Provenance
from vectorstore.encoder import Encoder
from vectorstore.errors import IndexProblem
from vectorstore.generation import REBUILD, SCHEMA, Generation, IndexLocation, current
from vectorstore.lexical import LexicalIndex
from vectorstore.records import iter_records
from vectorstore.reference_records import ReferenceRecords
from vectorstore.reference_web import ReferenceWeb
from vectorstore.syllables import SyllableCounts
from vectorstore.vectors import VectorCollection


@dataclass(frozen=True, slots=True)
class WindowScore:
    """Cosine similarity of the question and one window: `passage.text[span]`."""

    passage_id: str
    start: int
    similarity: float


class Index:
    """An opened generation. Open with `Index.open`.

    `documents` and `provenance` are by document id; `rows` maps a passage id to its row in score arrays.
    """

    def __init__(
        self, generation: Generation, encoder: Encoder, url: str | None, related: Path | None = None
    ) -> None:
        self.generation = generation
        self.encoder = encoder
        self.documents: dict[str, Document] = {}
        self.passages: list[Passage] = []
        self.provenance: dict[str, Provenance] = {}
        for item in iter_records(generation.documents):
            self.documents[item.document.id] = item.document
            self.provenance[item.document.id] = item.provenance
            self.passages.extend(item.passages)
        self.web = ReferenceWeb(
            ReferenceRecords(generation.references), list(self.documents.values()), related
        )
        self.rows: dict[str, int] = {passage.id: row for row, passage in enumerate(self.passages)}
        issuers = [document.issuer or "" for document in self.documents.values()]
        self._issuer_terms = {
            False: frozenset(term for name in issuers for term in with_bigrams(search_terms(name))),
            True: frozenset(term for name in issuers for term in with_bigrams(folded_terms(name))),
        }
        self.syllables = _syllables(generation)
        self.lexical = LexicalIndex.load(generation.lexical, len(self.passages))
        self._vectors = VectorCollection(generation.collection_name(url), generation.chroma, encoder, url)

    @classmethod
    def open(cls, location: IndexLocation, encoder: Encoder) -> "Index":
        """The index in use. Raises IndexProblem, with the mend, when absent or made by something else."""
        generation = current(location.folder)
        if generation is None:
            raise IndexProblem(f"{location.folder}: chưa có chỉ mục. Chạy: python -m ingest")
        check_compatible(location.folder, generation, encoder)
        return cls(generation, encoder, location.chroma_url, location.related)

    def is_current(self, folder: Path) -> bool:
        """Whether no newer generation below `folder` has been put to use since this one was opened."""
        return current(folder) == self.generation

    def passage(self, passage_id: str) -> Passage:
        """The passage with this id. Raises KeyError when the index does not hold it."""
        return self.passages[self.rows[passage_id]]

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order."""
        return [passage for passage in self.passages if passage.document_id == document_id]

    def words_of(self, document_id: str) -> tuple[PlacedWord, ...]:
        """The recognised words of a scanned document with their boxes; read from disk each time."""
        records = iter_records(self.generation.documents)
        return next((item.words for item in records if item.document.id == document_id), ())

    def document_of(self, passage: Passage) -> Document:
        """The document a passage belongs to."""
        return self.documents[passage.document_id]

    def issuer_terms(self, folded: bool) -> frozenset[str]:
        """Search terms of the names of the documents' issuers: "tỉnh", "Bắc Giang", "hội đồng"."""
        return self._issuer_terms[folded]

    def nearest_windows(self, vector: Sequence[float], k: int) -> list[WindowScore]:
        """The `k` windows most similar to a question's vector, best first."""
        return self._scores(self._vectors.nearest(vector, k))

    def windows_of(self, vector: Sequence[float], passage_ids: Sequence[str]) -> list[WindowScore]:
        """Similarity of every window of the given passages."""
        return self._scores(self._vectors.similarities(vector, passage_ids))

    def has_phrase(self, phrase: str) -> bool:
        """Whether every word of a phrase stands in some passage beside its neighbour in the phrase."""
        keys = search_terms(phrase)
        terms = [f"{left}_{right}" for left, right in pairwise(keys)] or keys
        return bool(terms) and all(self.lexical.share_of_passages(term, folded=False) for term in terms)

    def lexical_scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of every passage, shape (passages,), in the order of `rows`."""
        return self.lexical.scores(question)

    def close(self) -> None:
        """Release the database."""
        self._vectors.close()

    def _scores(self, found: dict[str, float]) -> list[WindowScore]:
        return [WindowScore(*_parsed(window_id), similarity) for window_id, similarity in found.items()]


def _syllables(generation: Generation) -> SyllableCounts:
    try:
        return SyllableCounts.load(generation.syllables)
    except (OSError, ValueError) as error:
        raise IndexProblem(f"{generation.syllables}: tệp hỏng hoặc thiếu ({error}). {REBUILD}") from error


def check_compatible(index_dir: Path, generation: Generation, encoder: Encoder) -> None:
    """Refuse an index made with another schema or encoder: its scores would be nonsense, not merely worse."""
    manifest = generation.manifest()
    if manifest is None or manifest.schema != SCHEMA:
        raise IndexProblem(f"{index_dir}: chỉ mục do phiên bản khác của chương trình tạo ra. {REBUILD}")
    if manifest.encoder != encoder.identity:
        raise IndexProblem(
            f"{index_dir}: chỉ mục được tạo bằng bộ mã hoá {manifest.encoder}, "
            f"nay đang dùng {encoder.identity}. "
            f"{REBUILD}, hoặc đặt lại ASSISTANT_EMBEDDING_MODEL như trước"
        )


def _parsed(window_id: str) -> tuple[str, int]:
    passage_id, start = window_id.rsplit(":", 1)
    return passage_id, int(start)
