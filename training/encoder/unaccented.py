"""Pieces for Vietnamese typed without diacritics, made of what the network knows of the accented forms.

"duoc" stands for "được", but the tokenizer of the parent spells it "du", "oc", pieces of other languages, and
what the network makes of them is noise. Here every syllable without diacritics becomes a piece whose vector
is the mean of the syllables it may stand for, by how often they occur: no training, and texts with diacritics
keep their vectors unless they hold such a piece. Knows a Unigram tokenizer; does not know sentences: which of
them was meant is left to the network.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from corpus.syllable import conventional, is_syllable
from corpus.text import nfc, strip_diacritics
from training.encoder.vocabulary import Piece, pieces_of, write_with

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SPACE = "▁"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 2  # letters; "o" and "a" are in every language
# A likelier piece is a word of many languages ("the", "can", "that"): it keeps its vector.
_LIKELIEST = -10.0
# A syllable that stands without diacritics for itself ("xem") more often than this share is no abbreviation
# of others.
_MOST_PLAIN = 0.05
_KEPT = 0.1  # weight, against the syllables it may stand for, of what a piece meant before
_SELDOM = 2.0  # by how much, in logarithms, text without diacritics is less likely than text with them
_LEAST_SCORE = -13.0  # a whole syllable is still likelier than two halves


@dataclass(frozen=True, slots=True)
class Added:
    """How many syllables became a piece, and how many pieces got the mean."""

    new: int
    mixed: int


def add_unaccented(parent: Path, folder: Path, texts: Iterable[str], least: int) -> Added:
    """Write the model of `parent` to `folder` with pieces for syllables without diacritics.

    `texts` say which syllables there are: one that occurs at least `least` times counts.
    """
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(parent), device="cpu", local_files_only=True)
    counted = _counted(texts)
    pieces = pieces_of(model)
    rows = {piece: row for row, (piece, _) in enumerate(pieces)}
    vectors = model[0].auto_model.embeddings.word_embeddings.weight.detach().clone()
    new: dict[str, tuple[float, torch.Tensor]] = {}
    mixed = 0
    for plain, forms in _forms(counted, least).items():
        mean, count = _mean(model, vectors, pieces, forms), sum(forms.values())
        row = rows.get(_SPACE + plain)
        if row is None:
            likely = math.log(count / counted.total()) - _SELDOM
            new[_SPACE + plain] = (max(_LEAST_SCORE, likely), mean)
        elif pieces[row][1] < _LIKELIEST and counted[plain] <= _MOST_PLAIN * count:
            own = counted[plain] / count + _KEPT
            vectors[row] = (mean + own * vectors[row]) / (1 + own)
            mixed += 1
    write_with(
        model,
        folder,
        [*pieces, *((piece, score) for piece, (score, _) in new.items())],
        torch.cat([vectors, *(mean[None] for _, mean in new.values())]),
    )
    return Added(len(new), mixed)


def _counted(texts: Iterable[str]) -> Counter[str]:
    """How often each Vietnamese syllable occurs, written small or with a capital."""
    found = Counter(word for text in texts for word in _WORD.findall(nfc(text)))
    return Counter(
        {
            word: count
            for word, count in found.items()
            if (word.islower() or word.istitle()) and is_syllable(conventional(word.lower()))
        }
    )


def _forms(counted: Mapping[str, int], least: int) -> dict[str, dict[str, int]]:
    """Each syllable without diacritics, capitals apart, and how often what it may stand for occurs."""
    forms: dict[str, dict[str, int]] = {}
    for word, count in sorted(counted.items()):
        plain = strip_diacritics(word)
        if plain != word and count >= least and len(plain) >= _SHORTEST:
            forms.setdefault(plain, {})[word] = count
    return forms


def _mean(
    model: "SentenceTransformer",
    vectors: torch.Tensor,
    pieces: Sequence[Piece],
    forms: Mapping[str, int],
) -> torch.Tensor:
    total = torch.zeros(vectors.shape[1])
    for ids, count in zip(
        model.tokenizer(list(forms), add_special_tokens=False)["input_ids"], forms.values(), strict=True
    ):
        spelt = [row for row in ids if pieces[row][0] != _SPACE] or ids
        total += count * vectors[spelt].mean(0)
    return total / sum(forms.values())
