"""The pieces of a Unigram tokenizer and the network's vectors of them, read and written together."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Piece = tuple[str, float]  # as it is spelt, with "▁" for a space, and the logarithm of how likely it is


def pieces_of(model: "SentenceTransformer") -> list[Piece]:
    """The pieces in the order of their numbers."""
    written = json.loads(model.tokenizer.backend_tokenizer.to_str())
    return [(piece, score) for piece, score in written["model"]["vocab"]]


def write_with(
    model: "SentenceTransformer", folder: Path, pieces: Iterable[Piece], vectors: torch.Tensor
) -> None:
    """Write `model` to `folder` with these pieces for its own; `vectors` [pieces, width], in their order."""
    bert = model[0].auto_model
    count, width = vectors.shape
    bert.set_input_embeddings(torch.nn.Embedding(count, width, padding_idx=1, _weight=vectors))
    bert.config.vocab_size = count
    model.save(str(folder), create_model_card=False)
    file = folder / "tokenizer.json"
    written = json.loads(file.read_text(encoding="utf-8"))
    written["model"]["vocab"] = list(pieces)
    file.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
