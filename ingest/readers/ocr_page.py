"""A recognised page: tesseract's words brought to reading order, with confidences and places.

Slanted scans are straightened on paper, not as images: the words' places are turned back by the slant of
their lines. Tables come as lines, column by column where a white stripe divides them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan, degrees
from statistics import median
from typing import Any

from corpus.syllable import is_syllable
from ingest.extract import Word
from ingest.readers.ocr_tesseract import Recognised, recognise
from ingest.readers.pdf_chars import Page, Placed
from ingest.readers.pdf_lines import lines_of

# Measured on pages scanned ever worse: down to 60 dpi 0.90 and 0.95 (97 % of the characters right), a page on
# its side 0.52 and 0.24 (7 % right), heavy noise 0.24 with two words. Nothing lies between.
LEAST_CONFIDENCE = 0.70
LEAST_PLAUSIBLE = 0.60
_POINTS = 72.0
_FEWEST_TO_TURN = 8  # words: noise gives none or two, a page on its side hundreds
_MOST_SLANT = 0.02  # a slope of 1.1°: at 0.7° nothing is lost, at 5° a quarter of the lines are mixed
_BICUBIC, _PAPER = 3, 255
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST_FOR_SLANT = 4  # words on a line
_NOISE = 0.3  # confidence: below stand seals, signatures and specks read as letters
_FONT_SHARE = 0.75  # of a line's height


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as recognised; `layout` has the words in points, `lines` the same words in reading order.

    `confidence`: mean of the words, 0..1, 0.0 without any. `plausible`: share of the words with letters that
    are formed like Vietnamese syllables, 0..1.
    """

    layout: Page
    lines: tuple[tuple[Word, ...], ...]
    confidence: float
    plausible: float

    @property
    def readable(self) -> bool:
        """Whether the page may be used; one without words is not."""
        return self.confidence >= LEAST_CONFIDENCE and self.plausible >= LEAST_PLAUSIBLE

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line)


def ocr_page(image: Any, dpi: int, number: int) -> OcrPage:
    """Recognise a grey Pillow image; `number` is the page's, from 1. Raises RecognitionError.

    A page that lies on its side, stands on its head or is clearly slanted is turned and recognised again; the
    boxes are then of the turned page.
    """
    first = _upright(image, dpi, number)
    page = first.page
    if len(page.words) >= _FEWEST_TO_TURN and (first.turn or not page.readable):
        for angle in (first.turn,) if first.turn and page.readable else (90, 270, 180):
            turned = _upright(image.rotate(angle, expand=True), dpi, number)
            if turned.page.readable and not turned.turn:
                return turned.page
    elif abs(first.slant) > _MOST_SLANT:
        straight = image.rotate(degrees(atan(first.slant)), resample=_BICUBIC, fillcolor=_PAPER)
        again = _upright(straight, dpi, number).page
        return again if again.confidence >= page.confidence else page
    return page


@dataclass(frozen=True, slots=True)
class _Try:
    """A page as recognised; its lines fall by `slant`, and turning it by `turn` degrees sets them upright."""

    page: OcrPage
    slant: float
    turn: int


def _upright(image: Any, dpi: int, number: int) -> _Try:
    found = [word for word in recognise(image, dpi) if _is_word(word)]
    slant = _slant(found)
    placed = _placed(found, slant, _POINTS / dpi)
    width, height = image.width * _POINTS / dpi, image.height * _POINTS / dpi
    layout = Page(width, height, tuple(placed), (), picture=1.0)
    size = (image.width, image.height)
    words = {id(place): _word(word, number, size) for place, word in zip(placed, found, strict=True)}
    lines = tuple(tuple(words[id(place)] for place in line.words) for line in lines_of(placed))
    confidence = sum(word.confidence for word in found) / len(found) if found else 0.0
    page = OcrPage(layout, lines, confidence, plausibility(word.text for word in found))
    return _Try(page, slant, _turn(found))


def _turn(words: Sequence[Recognised]) -> int:
    """Degrees counter-clockwise that set the page upright: tesseract reads blocks on their head, too."""
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for line in _lines(words):
        for last, word in pairwise(line):
            across, down = word.left - last.left, word.top - last.top
            if abs(across) >= abs(down):
                votes[0 if across > 0 else 180] += 1
            else:
                votes[90 if down > 0 else 270] += 1
    return max(votes, key=lambda turn: votes[turn])


def plausibility(texts: Iterable[str]) -> float:
    """The share of words formed like Vietnamese syllables among those with letters, 0..1; 0.0 without any."""
    tokens = [token.lower() for text in texts for token in _LETTERS.findall(text)]
    return sum(map(is_syllable, tokens)) / len(tokens) if tokens else 0.0


def _is_word(word: Recognised) -> bool:
    return word.confidence >= _NOISE or (any(c.isalnum() for c in word.text) and word.confidence > 0.1)


def _word(word: Recognised, number: int, size: tuple[int, int]) -> Word:
    width, height = size
    box = (word.left / width, word.top / height, word.right / width, word.bottom / height)
    return Word(word.text, number, box, word.confidence)


def _lines(words: Sequence[Recognised]) -> list[list[Recognised]]:
    lines: dict[tuple[int, int, int], list[Recognised]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    return list(lines.values())


def _slant(words: Sequence[Recognised]) -> float:
    """How far the lines run down, in pixels a pixel; the median over neighbouring words."""
    steps = [
        ((b.top + b.bottom) - (a.top + a.bottom)) / ((b.left + b.right) - (a.left + a.right))
        for line in _lines(words)
        if len(line) >= _FEWEST_FOR_SLANT
        for a, b in pairwise([line[0], line[-1]])
        if b.left > a.right
    ]
    return median(steps) if steps else 0.0


def _placed(words: Sequence[Recognised], slant: float, scale: float) -> list[Placed]:
    """Words in points, on common baselines, in the order of `words`."""
    base: dict[tuple[int, int, int], float] = {}
    size: dict[tuple[int, int, int], float] = {}
    for line in _lines(words):
        base[line[0].line] = median(word.bottom - slant * word.left for word in line)
        size[line[0].line] = median(word.bottom - word.top for word in line)
    usual = median(size.values()) if size else 1.0
    placed = []
    for word in words:
        down = slant * word.left
        # A rule or a seal in a line makes it tall; no heading is twice as high as the text.
        height = min(max(size[word.line], 0.7 * usual), 1.6 * usual)
        box = (word.left * scale, (word.top - down) * scale, word.right * scale, (word.bottom - down) * scale)
        placed.append(Placed(word.text, *box, base[word.line] * scale, height * scale))
    return placed
