"""The network that training starts from: the parent with fewer pieces of vocabulary, later with fewer layers.

Knows the folder of a BERT sentence-transformers model with a Unigram tokenizer. A piece that the material
hardly uses is dropped: its text is then spelt with shorter pieces, so vectors of rare words change a little.
Does not know how the loss of layers is made good (`fitting`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from training.encoder.vocabulary import Piece, pieces_of, write_with
from training.errors import TrainingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers import PreTrainedTokenizerBase

_SPECIAL = 4  # <s> <pad> </s> <unk>, the first ids
_COUNTED_AT_ONCE = 1_000


def cut_vocabulary(parent: Path, folder: Path, texts: Iterable[str], least: int, most: int) -> int:
    """Write `parent` to `folder` with the pieces that `texts` use `least` times, filled up to `most` with
    those that English needs; returns how many these are.
    """
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(parent), device="cpu", local_files_only=True)
    pieces = pieces_of(model)
    kept = _kept_pieces(model, pieces, texts, least, most)
    vectors = model[0].auto_model.embeddings.word_embeddings.weight[kept]
    write_with(model, folder, [pieces[at] for at in kept], vectors)
    return len(kept)


def keep_layers(model: "SentenceTransformer", layers: Sequence[int]) -> None:
    """Leave only these layers of the network, 0-based, in the order given.

    Raises TrainingError when one is named that the network does not have.
    """
    bert = model[0].auto_model
    there = len(bert.encoder.layer)
    if not layers or not set(layers) <= set(range(there)):
        raise TrainingError(f"layers = {list(layers)}: this network has the layers 0 to {there - 1}")
    bert.encoder.layer = torch.nn.ModuleList(bert.encoder.layer[at] for at in layers)
    bert.config.num_hidden_layers = len(layers)


def _kept_pieces(
    model: "SentenceTransformer", pieces: Sequence[Piece], texts: Iterable[str], least: int, most: int
) -> list[int]:
    """Ids of the pieces that stay, ascending: special tokens, single characters, what is used often enough,
    then pieces of plain letters, the likeliest first.
    """
    used = _used(model.tokenizer, texts)
    for prompt in model.prompts.values():  # stands in front of every text, whatever the texts are
        used.update(dict.fromkeys(model.tokenizer(prompt, add_special_tokens=False)["input_ids"], least))
    spelt = [piece.removeprefix("▁") for piece, _ in pieces]
    kept = {at for at, piece in enumerate(spelt) if at < _SPECIAL or used[at] >= least or len(piece) <= 1}
    plain = (at for at, piece in enumerate(spelt) if at not in kept and piece.isascii() and piece.isalpha())
    likeliest = sorted(plain, key=lambda at: pieces[at][1], reverse=True)
    return sorted(kept.union(likeliest[: max(0, most - len(kept))]))


def _used(tokenizer: "PreTrainedTokenizerBase", texts: Iterable[str]) -> Counter[int]:
    counted: Counter[int] = Counter()
    remaining = iter(texts)
    while batch := list(islice(remaining, _COUNTED_AT_ONCE)):
        for row in tokenizer(batch, add_special_tokens=False, verbose=False)["input_ids"]:
            counted.update(row)
    return counted
