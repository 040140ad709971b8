"""The two losses of training, beside those of sentence-transformers.

`AgainstTable`: a question has to find its passage among all passages of the table, each as good as its best
window, as the index ranks them. The vectors of the table do not move, so a step costs the encoding of short
questions alone, and every passage is a negative: none has to be mined. `TowardsTeacher`: a text's vector is
pulled to the one the teacher gave it, or gave its undamaged form.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from training.encoder.table import Table

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Features = Iterable[dict[str, Tensor]]


class AgainstTable(torch.nn.Module):
    """Cross entropy over the passages of a table; `label` [batch, 1 + others]: the passage that answers, then
    further ones that answer too (-1: none) and are no negatives. Averaged over the first `dimensions`.
    """

    passage_of: Tensor

    def __init__(
        self, model: "SentenceTransformer", table: Table, temperature: float, dimensions: tuple[int, ...]
    ) -> None:
        super().__init__()
        self.model, self._scale, self._dimensions = model, 1 / temperature, dimensions
        self._passages = len(table.number)
        vectors = torch.from_numpy(np.array(table.vectors, dtype=np.float32))
        for size in dimensions:  # they do not move, so their length is taken once
            self.register_buffer(f"vectors_{size}", torch.nn.functional.normalize(vectors[:, :size], dim=1))
        self.register_buffer("passage_of", torch.from_numpy(table.passage_of))

    def forward(self, sentence_features: Features, labels: Tensor) -> Tensor:
        """Mean loss of the batch."""
        (features,) = sentence_features
        asked = self.model(features)["sentence_embedding"]
        losses = [self._loss(asked, labels, size) for size in self._dimensions]
        return torch.stack(losses).mean()

    def _loss(self, asked: Tensor, labels: Tensor, size: int) -> Tensor:
        unit = torch.nn.functional.normalize(asked[:, :size].float(), dim=1)
        window_scores = unit @ self.get_buffer(f"vectors_{size}").T
        passages = window_scores.new_full((len(asked), self._passages), -1.0)
        passages = passages.scatter_reduce(1, self.passage_of.expand_as(window_scores), window_scores, "amax")
        answers, others = labels[:, 0], labels[:, 1:]
        masked = passages * self._scale
        for column in others.T:
            rows = torch.nonzero(column >= 0).flatten()
            masked = masked.index_put((rows, column[rows]), masked.new_tensor(-torch.inf))
        return torch.nn.functional.cross_entropy(masked, answers)


class TowardsTeacher(torch.nn.Module):
    """`weight` times one minus the cosine to the vector in `label` [batch, dimension]."""

    def __init__(self, model: "SentenceTransformer", weight: float) -> None:
        super().__init__()
        self.model, self._weight = model, weight

    def forward(self, sentence_features: Features, labels: Tensor) -> Tensor:
        """Mean loss of the batch."""
        (features,) = sentence_features
        made = self.model(features)["sentence_embedding"].float()
        return self._weight * (1 - torch.nn.functional.cosine_similarity(made, labels.float())).mean()
