"""What is measured while training goes on: do questions that were kept out find their passage in the table?

As typed, without diacritics and with a slip, against the teacher's vectors of passages. A figure for stopping
early and for comparing recipes, never one to report: passages are not encoded anew.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from sentence_transformers.sentence_transformer.evaluation import SentenceEvaluator

from evaluation.perturbations import variant
from training.encoder.lessons import QUERY, passages_asked_for
from training.encoder.material import Pair
from training.encoder.recipe import Recipe
from training.encoder.table import Table

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_WAYS = ("no_diacritics", "typing_slips")
_BATCH = 64


class Probe(SentenceEvaluator):  # type: ignore[misc]
    """Mean reciprocal rank of the passage that answers, for each way of typing, and their mean."""

    def __init__(self, pairs: Sequence[Pair], table: Table, recipe: Recipe) -> None:
        super().__init__()
        self.primary_metric = "mrr"
        self._vectors = np.asarray(table.vectors, dtype=np.float32)
        self._passage_of, self._passages = table.passage_of, len(table.number)
        self._labels = np.asarray(passages_asked_for(pairs, table))
        typed = [pair.question for pair in pairs]
        self._asked = {"typed": typed}
        for way in _WAYS:
            self._asked[way] = [variant(way, text, recipe.seed) for text in typed]

    def __call__(
        self, model: "SentenceTransformer", output_path: str | None = None, epoch: int = -1, steps: int = -1
    ) -> dict[str, float]:
        """The figures by name, between 0 and 1."""
        found = {f"mrr_{way}": self._mrr(model, asked) for way, asked in self._asked.items()}
        return {**found, self.primary_metric: sum(found.values()) / len(found)}

    def _mrr(self, model: "SentenceTransformer", asked: Sequence[str]) -> float:
        made = model.encode(
            [QUERY + text for text in asked],
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        windows = np.asarray(made, dtype=np.float32) @ self._vectors.T
        passages = np.full((len(asked), self._passages), -1.0, dtype=np.float32)
        np.maximum.at(passages.T, self._passage_of, windows.T)
        for column in self._labels[:, 1:].T:  # other passages that answer too are no rivals
            rows = np.flatnonzero(column >= 0)
            passages[rows, column[rows]] = -1.0
        own = passages[np.arange(len(asked)), self._labels[:, 0]]
        ranks = 1 + (passages > own[:, None]).sum(axis=1)
        return float((1 / ranks).mean())
