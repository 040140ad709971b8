"""Words of Vietnamese questions and how much each says.

A word is one syllable or two that belong together ("môi trường"). Its weight is the inverse document
frequency among questions, so "như thế nào" and "quy định" weigh little without a list of stop words. The
statistics come from public question sets by `training/derive_words.py`, not from the indexed documents.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.data_rows import data_rows
from corpus.text import strip_diacritics, syllable_key, words


@dataclass(frozen=True, slots=True)
class Word:
    """`syllables` as typed (lower case), `weight` ≥ 0: natural logarithm of the inverse frequency."""

    syllables: tuple[str, ...]
    weight: float

    @property
    def is_topical(self) -> bool:
        """Whether this is a word of two syllables that names something: "học phí", not "nói gì"."""
        return len(self.syllables) > 1 and not asking_words("joining").intersection(self.syllables)

    @property
    def text(self) -> str:
        """The word as typed."""
        return " ".join(self.syllables)

    def key(self, folded: bool) -> str:
        """The form in which it is looked for, with or without diacritics."""
        spell = strip_diacritics if folded else syllable_key
        return "_".join(spell(syllable) for syllable in self.syllables)


class WordStatistics:
    """Cohesion of syllable pairs and document frequencies among `questions` questions."""

    def __init__(self, cohesion: dict[str, float], frequency: dict[str, int], questions: int) -> None:
        self._cohesion = cohesion
        self._frequency = frequency
        self._questions = questions

    def segment(self, syllables: Sequence[str]) -> list[tuple[str, ...]]:
        """Split into one- and two-syllable words so that the sum of cohesions is greatest."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(syllables) + 1):
            single = (best[end - 1][0], 1)
            pair = (-1.0, 2)
            if end > 1:
                pair = (best[end - 2][0] + self._cohesion.get(" ".join(syllables[end - 2 : end]), -1.0), 2)
            best.append(max(single, pair))
        result: list[tuple[str, ...]] = []
        end = len(syllables)
        while end:
            length = best[end][1]
            result.append(tuple(syllables[end - length : end]))
            end -= length
        return result[::-1]

    def weight(self, word: tuple[str, ...]) -> float:
        """0 for a word of every question; the logarithm of the number of questions for one never seen."""
        frequency = self._frequency.get(" ".join(word), 0)
        return max(0.0, math.log(self._questions / (frequency + 1)))

    def words(self, text: str) -> list[Word]:
        """The words of `text` in order."""
        return [Word(word, self.weight(word)) for word in self.segment(words(text))]


@cache
def asking_words(use: str) -> frozenset[str]:
    """Syllables that name no matter, by `use`; `assistant/data/asking_words.tsv` says what the uses are."""
    return frozenset(word for word, uses in data_rows("asking_words.tsv") if use in uses.split())


@cache
def word_statistics() -> WordStatistics:
    """The statistics shipped with the product; each pair also without diacritics, at its best cohesion."""
    cohesion: dict[str, float] = {}
    frequency: dict[str, int] = {}
    folded: dict[str, int] = {}
    for word, bond, count in data_rows("words.tsv"):
        frequency[word] = int(count)
        plain = strip_diacritics(word)
        folded[plain] = folded.get(plain, 0) + int(count)
        if bond:
            cohesion[word] = float(bond)
            cohesion[plain] = max(cohesion.get(plain, 0.0), float(bond))
    ((questions,),) = data_rows("questions.txt")
    # Spellings without diacritics that are no words: "moi truong" is as frequent as what it may stand for.
    return WordStatistics(cohesion, folded | frequency, int(questions))
