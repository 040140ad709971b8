"""A model whose vectors are given and can be moved by a loss."""

from collections.abc import Sequence

import torch


class GivenVectors(torch.nn.Module):
    """Whatever is asked, its vectors [n, d] are those given."""

    def __init__(self, vectors: Sequence[Sequence[float]]) -> None:
        super().__init__()
        self.vectors = torch.nn.Parameter(torch.tensor(vectors))

    def forward(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """What a sentence-transformers model returns."""
        return {**features, "sentence_embedding": self.vectors}
