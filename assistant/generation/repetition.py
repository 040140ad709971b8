"""Notices a text that goes round in circles while it is being written.

Knows nothing of what is said; official texts repeat names and forms a good deal, so only long runs count.
"""

import re
from collections.abc import Callable

_LOOKED_AT = 1200  # characters
_EVERY = 40  # characters between two looks
_SHORT = 60  # a circle of so many characters has to be gone round three times, a longer one two and a half
_LEAST = 100  # characters: "......" or "ha ha ha" of a moment is let through
_NUMBERED = (40, 6)  # circles that differ in their digits only: at least so long, so many times
_WORDS, _FEW_TRIGRAMS = 120, 0.3
_DIGITS = re.compile(r"\d+")


class RepetitionWatch:
    """Given a growing text piece by piece."""

    def __init__(self) -> None:
        self._tail = ""
        self._unseen = 0

    def repeats(self, piece: str) -> bool:
        """Whether the text with this piece at its end goes round in circles."""
        self._tail = (self._tail + piece.casefold())[-_LOOKED_AT:]
        self._unseen += len(piece)
        if self._unseen < _EVERY:
            return False
        self._unseen = 0
        return goes_round(self._tail)


def goes_round(text: str) -> bool:
    """Whether the end of the text repeats the same characters or, with little else, the same words."""
    if _circle(text, 1, lambda length: max(_LEAST, (3 if length <= _SHORT else 2.5) * length)):
        return True
    least, times = _NUMBERED
    return _circle(_DIGITS.sub("0", text), least, lambda length: times * length) or _few_trigrams(text)


def _circle(text: str, least: int, needed: Callable[[int], float]) -> bool:
    """Whether the last `needed(n)` characters repeat every n characters, for some n of at least `least`."""
    backwards = text[::-1]
    same = _same_as_beginning(backwards)
    return any(length + same[length] >= needed(length) for length in range(least, len(text)))


def _same_as_beginning(text: str) -> list[int]:
    """For each place, how many characters from there equal the beginning (the Z function), in linear time."""
    same = [0] * len(text)
    left = right = 0
    for place in range(1, len(text)):
        count = min(right - place, same[place - left]) if place < right else 0
        while place + count < len(text) and text[count] == text[place + count]:
            count += 1
        same[place] = count
        if place + count > right:
            left, right = place, place + count
    return same


def _few_trigrams(text: str) -> bool:
    words = text.split()[-_WORDS:]
    if len(words) < _WORDS:
        return False
    trigrams = list(zip(words, words[1:], words[2:], strict=False))
    return len(set(trigrams)) < _FEW_TRIGRAMS * len(trigrams)
