"""The loss of training that sentence-transformers does not have: a text's vector is pulled to a given one.

The teacher's vector of the text, or of its undamaged form: no labels are needed, and what was known stays.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Features = Iterable[dict[str, Tensor]]


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
