"""What is measured while training goes on: do questions that were kept out find their passage?

As typed, without diacritics and with a slip, among the passages of all of them, encoded by the network as it
is at that moment. A figure for stopping early and for comparing recipes, never one to report: the passages
are few.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.sentence_transformer.evaluation import SentenceEvaluator

from evaluation.perturbations import variant
from training.encoder.lessons import PASSAGE, QUERY
from training.encoder.material import Pair
from training.encoder.recipe import Recipe
from training.encoder.table import answering, windows_of_pairs

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_WAYS = ("no_diacritics", "typing_slips")
_BATCH = 32


class Probe(SentenceEvaluator):  # type: ignore[misc]
    """Mean reciprocal rank of the passage that answers, for each way of typing, and their mean."""

    def __init__(self, pairs: Sequence[Pair], recipe: Recipe) -> None:
        super().__init__()
        self.primary_metric, self._half = "mrr", recipe.half_precision
        self._windows, self._passage_of, number = windows_of_pairs(pairs)
        self._answers = answering(pairs, number)
        self._own = [number[pair.passage_id] for pair in pairs]
        typed = [pair.question for pair in pairs]
        self._asked = {"typed": typed}
        for way in _WAYS:
            self._asked[way] = [variant(way, text, recipe.seed) for text in typed]

    def __call__(
        self, model: "SentenceTransformer", output_path: str | None = None, epoch: int = -1, steps: int = -1
    ) -> dict[str, float]:
        """The figures by name, between 0 and 1."""
        with torch.autocast(model.device.type, torch.bfloat16, enabled=self._half):
            return self._figures(model)

    def _figures(self, model: "SentenceTransformer") -> dict[str, float]:
        windows = _vectors(model, PASSAGE, self._windows)
        found = {f"mrr_{way}": self._mrr(model, asked, windows) for way, asked in self._asked.items()}
        return {**found, self.primary_metric: sum(found.values()) / len(found)}

    def _mrr(self, model: "SentenceTransformer", asked: Sequence[str], windows: NDArray[np.float32]) -> float:
        scores = _vectors(model, QUERY, asked) @ windows.T
        passages = np.full((len(asked), self._passage_of.max() + 1), -1.0, dtype=np.float32)
        np.maximum.at(passages.T, self._passage_of, scores.T)
        own = passages[np.arange(len(asked)), self._own]
        for row, answers in enumerate(self._answers):  # other passages that answer too are no rivals
            passages[row, answers] = -1.0
        ranks = 1 + (passages > own[:, None]).sum(axis=1)
        return float((1 / ranks).mean())


def _vectors(model: "SentenceTransformer", prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
    made = model.encode(
        [prompt + text for text in texts],
        batch_size=_BATCH,
        normalize_embeddings=True,
        convert_to_tensor=True,
        show_progress_bar=False,
    )
    vectors: NDArray[np.float32] = made.float().cpu().numpy()
    return vectors
