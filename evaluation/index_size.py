"""What an index takes on disk, by part. Does not open it."""

from dataclasses import dataclass

from evaluation.indexes import size_mb
from vectorstore.generation import Generation


@dataclass(frozen=True, slots=True)
class IndexSize:
    """Megabytes: documents and references, words (BM25 and syllables), vectors and their texts.

    `chroma` is 0 where a Chroma server holds the vectors.
    """

    records: float
    lexical: float
    chroma: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.records + self.lexical + self.chroma


def index_size(generation: Generation) -> IndexSize:
    """The parts of one generation."""
    records = generation.documents.stat().st_size + generation.references.stat().st_size
    syllables = generation.syllables.stat().st_size
    return IndexSize(
        round(records / 2**20, 2),
        round(size_mb(generation.lexical) + syllables / 2**20, 2),
        round(size_mb(generation.chroma), 2),
    )
