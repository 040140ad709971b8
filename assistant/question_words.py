"""The words of a question, how much each says, and how many of them a sentence holds.

A word counts as held when the sentence has it, has an official term for it, or, where the spelling of the
question was guessed, has it with other diacritics. Does not rank anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.understanding.glossary import Related
from assistant.understanding.reading import Reading
from assistant.words import Word, word_statistics
from corpus.text import folded_terms, search_terms, with_bigrams
from vectorstore.index import Index

# Who issued the documents and where ("tỉnh Bắc Giang") is the setting of every question, not its subject.
_SETTING = 0.2
# The words of the question before a follow-up that names a matter of its own.
_COLOUR = 0.3
# A two-syllable word whose syllables stand apart in the sentence counts for less than half.
_SCATTERED = 0.4
# Less than the word itself: an official term, and a word that differs in diacritics from what was understood.
_OFFICIAL, _OTHER_MARKS = 0.9, 0.7
_UNKNOWN = 8.0  # weight of an English word that is not in the glossary: a word of one question in 3,000
_FOLDED = "~"  # in front of terms without diacritics, which are other terms than the accented ones


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question; `rarity` in this collection is 0..1, `official` are terms it may stand for."""

    word: Word
    rarity: float
    official: tuple[tuple[Word, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words of a question. `folded`: typed without diacritics. `guessed`: its spelling was restored."""

    terms: tuple[Term, ...]
    folded: bool
    guessed: bool

    def coverage(self, held: frozenset[str]) -> float:
        """Weighted share (0..1) of the question's words among the terms of a sentence."""
        return self._share(held, [term.word.weight for term in self.terms])

    def rare_coverage(self, held: frozenset[str]) -> float:
        """The same with words that stand all over the collection ("trên địa bàn tỉnh") counting little."""
        return self._share(held, [term.word.weight * term.rarity for term in self.terms])

    def share_in(self, text: str) -> float:
        """Weighted share (0..1) of the question's words in a text."""
        return self.coverage(self.search_terms(text))

    def coloured_by(self, context: "QuestionWords") -> "QuestionWords":
        """These words, with those of an earlier question counting `_COLOUR` of their own weight together."""
        own, earlier = (sum(term.word.weight for term in words.terms) for words in (self, context))
        share = _COLOUR * own / earlier if earlier else 0.0
        faint = tuple(_weighted(term, share) for term in context.terms)
        return replace(self, terms=self.terms + faint)

    def search_terms(self, text: str) -> frozenset[str]:
        """The terms of a sentence in the spellings in which this question looks for them."""
        found = [] if self.folded else with_bigrams(search_terms(text))
        if self.folded or self.guessed:
            folded = with_bigrams(folded_terms(text))
            found += folded if self.folded else [_FOLDED + term for term in folded]
        return frozenset(found)

    def _share(self, held: frozenset[str], weights: Sequence[float]) -> float:
        total = sum(weights)
        found = sum(
            weight * self._held(term, held)
            for term, weight in zip(self.terms, weights, strict=True)
            if weight
        )
        return found / total if total else 0.0

    def _held(self, term: Term, held: frozenset[str]) -> float:
        own = self._has(term.word, held)
        if own == 1.0:
            return own
        official = max((self._official(words, held) for words in term.official), default=0.0)
        return max(own, official)

    def _official(self, words: Sequence[Word], held: frozenset[str]) -> float:
        total = sum(word.weight for word in words)
        share = sum(word.weight * self._has(word, held) for word in words) / total if total else 0.0
        return _OFFICIAL * share

    def _has(self, word: Word, held: frozenset[str]) -> float:
        found = _has_key(word.key(self.folded), held)
        if found < 1.0 and self.guessed and not self.folded:
            other = _has_key(word.key(folded=True), held, _FOLDED)
            found = max(found, _OTHER_MARKS * other)
        return found


def question_words(reading: Reading, index: Index, *, guessed: bool) -> QuestionWords:
    """Weigh the words of a question against the collection."""
    folded = reading.question.folded
    setting = index.issuer_terms(folded)
    terms = []
    for first, word in _numbered(word_statistics().words(reading.question.text)):
        if word.key(folded) in setting:
            word = replace(word, weight=word.weight * _SETTING)
        official = _official_terms(reading.related, first, first + len(word.syllables))
        terms.append(Term(word, _rarity(word, index, folded), official))
    terms += [Term(Word((unknown,), _UNKNOWN), 1.0) for unknown in reading.unknown]
    return QuestionWords(tuple(terms), folded, guessed)


def _numbered(words: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """Each word with the number of syllables before it."""
    first = 0
    for word in words:
        yield first, word
        first += len(word.syllables)


def _official_terms(related: Sequence[Related], start: int, end: int) -> tuple[tuple[Word, ...], ...]:
    return tuple(
        tuple(word_statistics().words(term))
        for item in related
        if item.start < end and start < item.end
        for term in item.terms
    )


def _rarity(word: Word, index: Index, folded: bool) -> float:
    size = max(1, len(index.passages))
    share = index.lexical.share_of_passages(word.key(folded), folded)
    return float(np.log((size + 1) / (share * size + 0.5)) / np.log((size + 1) / 0.5))


def _weighted(term: Term, share: float) -> Term:
    return replace(term, word=replace(term.word, weight=term.word.weight * share))


def _has_key(key: str, held: frozenset[str], prefix: str = "") -> float:
    if prefix + key in held:
        return 1.0
    first, _, second = key.partition("_")
    return _SCATTERED if second and prefix + first in held and prefix + second in held else 0.0
