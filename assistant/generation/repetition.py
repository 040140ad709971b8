"""Notices a model that says the same again and again. Knows text, not meaning."""

import re
from collections import Counter

_TAIL = 400  # characters looked back at
_LONGEST, _TIMES, _LEAST = 100, 4, 80  # of a repeated piece; how often in a row; characters in all
_SENTENCE_END = re.compile(r"[.!?\n]+")
_SAME_SENTENCE = 3
_SHORT = 20  # characters: shorter "sentences" are numbers and abbreviations


class Repetition:
    """Takes pieces of text; `found` once they go round in circles."""

    def __init__(self) -> None:
        self.found = False
        self._tail = self._sentence = ""
        self._said: Counter[str] = Counter()

    def feed(self, piece: str) -> None:
        """One more piece."""
        self._tail = (self._tail + piece)[-_TAIL:]
        *ended, self._sentence = _SENTENCE_END.split(self._sentence + piece)
        for sentence in ended:
            text = " ".join(sentence.split()).lower()
            if len(text) >= _SHORT:
                self._said[text] += 1
                self.found |= self._said[text] >= _SAME_SENTENCE
        self.found |= _goes_round(self._tail)


def _goes_round(text: str) -> bool:
    """Whether a text ends in one piece, several times in a row."""
    for size in range(1, _LONGEST + 1):
        length = size * max(_TIMES, -(-_LEAST // size))
        if length <= len(text) and text.endswith(text[-size:] * (length // size)):
            return True
    return False
