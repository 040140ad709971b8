"""Where the words of a recognised page stand in the document's text: a quotation can then be shown on it.

Done once, at ingest: readers give words in reading order, and joining and cleaning lines changes blanks and
drops page numbers but never the order. Does not know how words were recognised.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.extract import Word

_FINE = 10_000
_FAR = 400  # characters between two neighbouring words: a dropped running head, not another paragraph


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """`document.text[start:end]` stands on `page` (from 1) in `box`: left, top, right, bottom, shares 0..1.

    `confidence` of the recognition, 0..1. Shares are exact to a ten-thousandth.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    confidence: float


def place_words(text: str, words: Iterable[Word]) -> tuple[PlacedWord, ...]:
    """The words that stand in `text`, in order; what is not there (a page number) is left out."""
    placed: list[PlacedWord] = []
    position = 0
    for word in words:
        start = text.find(word.text, position, position + len(word.text) + _FAR) if word.text else -1
        if start == -1:
            continue
        position = start + len(word.text)
        left, top, right, bottom = (_rounded(share) for share in word.box)
        box = (left, top, right, bottom)
        placed.append(PlacedWord(start, position, word.page, box, _rounded(word.confidence)))
    return tuple(placed)


def _rounded(share: float) -> float:
    return round(share * _FINE) / _FINE
