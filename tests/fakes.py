"""Hand-written stand-ins for the outer edge: an encoder that needs no model."""

import hashlib
import math
from collections.abc import Sequence

from langchain_core.embeddings import Embeddings

from corpus.text import folded_terms


class BagOfWordsEncoder(Embeddings):
    """Vectors that count words, so texts that share words are near. `encoded` records what it was given."""

    def __init__(self, identity: str = "bag-of-words@1", dimension: int = 96) -> None:
        self.identity = identity
        self.dimension = dimension
        self.max_tokens = 256
        self.encoded: list[str] = []

    def count_token(self, text: str) -> int:
        return len(text.split())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.encoded.extend(texts)
        return [self._vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        counts = [1e-3] * self.dimension
        for term in folded_terms(text):
            counts[int(hashlib.sha1(term.encode()).hexdigest(), 16) % self.dimension] += 1.0
        return _unit(counts)


def _unit(values: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in values))
    return [value / length for value in values]
