"""Which syllables exist and how likely one follows another.

Mixes counts of the indexed documents, which know the matters and names asked about, with general counts that
come with the product (`training/derive_syllables.py`). Knows pairs of neighbours only, no meaning.
"""

import math
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import as_file, files

from corpus.syllable import is_syllable, spelling
from vectorstore.syllables import SyllableCounts

# Share of the documents' own pairs in the mix where a syllable is frequent in them, and the number of its
# occurrences there at which they get half of it.
_OWN_SHARE, _OWN_HALF = 0.5, 5.0
_PAIRS = 0.95  # share of pairs of neighbours; the rest goes by the right syllable alone
_TRUST = 30.0  # occurrences of the left syllable at which its pairs get half of that
# Occurrences granted to a word that was never seen; more to one that somebody typed with its tone.
_UNSEEN, _UNSEEN_TONED = 0.1, 1.0
_FEWEST = 2  # one pair of general text may be a slip


@cache
def general_counts() -> SyllableCounts:
    """The counts that come with the product."""
    with as_file(files("assistant") / "data" / "syllables.npz") as path:
        return SyllableCounts.load(path)


class SyllableModel:
    """Likelihoods (natural logarithms) of syllables in conventional spelling, lower case."""

    def __init__(self, own: SyllableCounts, general: SyllableCounts | None = None) -> None:
        self._own = own
        self._general = general or general_counts()
        # A word of the documents exists even where general text never has it.
        self._own_alone = 0.1 * self._general.total / max(1, own.total)
        by_letters: dict[str, list[str]] = defaultdict(list)
        for syllable in {*own.syllables, *self._general.syllables}:
            by_letters[spelling(syllable).letters].append(syllable)
        self._by_letters = {
            letters: tuple(sorted(found, key=lambda s: (-self._alone(s), s)))
            for letters, found in by_letters.items()
        }
        self.log_follows = lru_cache(maxsize=100_000)(self._log_follows)

    def knows(self, syllable: str) -> bool:
        """Whether the syllable occurs anywhere."""
        return self._general.count(syllable) > 0 or self._own.count(syllable) > 0

    def attracts(self, left: str, right: str) -> float:
        """How many times more often than by chance the two are neighbours; 0 when hardly ever."""
        return max(_lift(self._own, left, right, 1), _lift(self._general, left, right, _FEWEST))

    def of_letters(self, letters: str) -> tuple[str, ...]:
        """The syllables written with these letters when all marks are left out, the most frequent first."""
        return self._by_letters.get(letters, ())

    def _log_follows(self, left: str | None, right: str) -> float:
        """log P(right | left); of `right` alone where `left` is None (the beginning, a number, a code)."""
        alone = self._alone(right)
        if left is None:
            return math.log(alone)
        before, own = self._general.count(left), self._own.count(left)
        general = _PAIRS * before / (before + _TRUST)
        share = _OWN_SHARE * own / (own + _OWN_HALF)
        likely = (1 - general) * alone
        if before:
            likely += general * self._general.pair_count(left, right) / before
        if own:
            likely = (1 - share) * likely + share * self._own.pair_count(left, right) / own
        return math.log(likely)

    def _alone(self, syllable: str) -> float:
        seen = self._general.count(syllable) + self._own_alone * self._own.count(syllable)
        unseen = _UNSEEN_TONED if spelling(syllable).tone and is_syllable(syllable) else _UNSEEN
        return max(seen, unseen) / (1.1 * self._general.total)


def _lift(counts: SyllableCounts, left: str, right: str, fewest: int) -> float:
    pairs = counts.pair_count(left, right)
    return pairs * counts.total / (counts.count(left) * counts.count(right)) if pairs >= fewest else 0.0
