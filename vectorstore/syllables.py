"""How often syllables follow each other in a collection: what spelling is judged by.

Counted when documents are indexed and kept beside them. Knows counts only; `assistant.understanding` weighs
them.
"""

from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.syllable import conventional, is_syllable
from corpus.text import words

_SHIFT = 32


class SyllableCounts:
    """Counts of syllables and of pairs of neighbours, in conventional spelling and lower case.

    `pairs` holds `left << 32 | right` (rows of `syllables`) in ascending order, `pair_counts` beside it.
    """

    def __init__(
        self,
        syllables: list[str],
        counts: NDArray[np.int64],
        pairs: NDArray[np.int64],
        pair_counts: NDArray[np.int64],
    ) -> None:
        self.syllables = syllables
        self.counts = counts
        self._pairs = pairs
        self._pair_counts = pair_counts
        self.total = int(counts.sum())
        self._row = {syllable: row for row, syllable in enumerate(syllables)}

    @classmethod
    def of(cls, texts: Iterable[str]) -> "SyllableCounts":
        """Count `texts`. A number, code or foreign word parts its neighbours."""
        single: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            found = [conventional(word) for word in words(text)]
            single.update(found)
            pairs.update(pairwise(found))
        kept = sorted(word for word in single if is_syllable(word))
        row = {syllable: number for number, syllable in enumerate(kept)}
        known = {
            row[left] << _SHIFT | row[right]: count
            for (left, right), count in pairs.items()
            if left in row and right in row
        }
        keys = sorted(known)
        return cls(
            kept,
            np.array([single[word] for word in kept], np.int64),
            np.array(keys, np.int64),
            np.array([known[key] for key in keys], np.int64),
        )

    @classmethod
    def load(cls, path: Path) -> "SyllableCounts":
        """Read what `save` wrote. Raises OSError or ValueError when it is damaged."""
        data = path.read_bytes()
        try:
            with np.load(BytesIO(data), allow_pickle=False) as arrays:
                names = bytes(arrays["syllables"]).decode("utf-8")
                return cls(
                    names.split("\n") if names else [],
                    arrays["counts"].astype(np.int64),
                    arrays["pairs"].astype(np.int64),
                    arrays["pair_counts"].astype(np.int64),
                )
        except (EOFError, KeyError, BadZipFile) as error:
            raise ValueError(f"{path}: {error}") from error

    def save(self, path: Path) -> None:
        """Write one compressed file."""
        names = np.frombuffer("\n".join(self.syllables).encode("utf-8"), np.uint8)
        np.savez_compressed(
            path, syllables=names, counts=self.counts, pairs=self._pairs, pair_counts=self._pair_counts
        )

    def pruned(self, least_syllable: int, least_pair: int) -> "SyllableCounts":
        """Without rare syllables and rare pairs."""
        kept = self.counts >= least_syllable
        renumbered = np.cumsum(kept) - 1
        left, right = self._sides()
        pairs = kept[left] & kept[right] & (self._pair_counts >= least_pair)
        return SyllableCounts(
            [syllable for syllable, keep in zip(self.syllables, kept, strict=True) if keep],
            self.counts[kept],
            (renumbered[left] << _SHIFT | renumbered[right])[pairs],
            self._pair_counts[pairs],
        )

    def plus(self, other: "SyllableCounts", weight: int) -> "SyllableCounts":
        """These counts and `weight` times those of `other`."""
        names = sorted({*self.syllables, *other.syllables})
        row = {syllable: number for number, syllable in enumerate(names)}
        counts = np.zeros(len(names), np.int64)
        pairs: Counter[int] = Counter()
        for source, times in ((self, 1), (other, weight)):
            rows = np.array([row[syllable] for syllable in source.syllables], np.int64)
            counts[rows] += times * source.counts
            left, right = source._sides()
            keys = rows[left] << _SHIFT | rows[right]
            pairs.update(dict(zip(keys.tolist(), (times * source._pair_counts).tolist(), strict=True)))
        ordered = sorted(pairs)
        pair_counts = np.array([pairs[key] for key in ordered], np.int64)
        return SyllableCounts(names, counts, np.array(ordered, np.int64), pair_counts)

    def count(self, syllable: str) -> int:
        """How often a syllable (conventional spelling) occurs."""
        row = self._row.get(syllable)
        return 0 if row is None else int(self.counts[row])

    def pair_count(self, left: str, right: str) -> int:
        """How often `right` follows `left`."""
        first, second = self._row.get(left), self._row.get(right)
        if first is None or second is None:
            return 0
        key = first << _SHIFT | second
        at = int(np.searchsorted(self._pairs, key))
        return int(self._pair_counts[at]) if at < len(self._pairs) and self._pairs[at] == key else 0

    @property
    def size(self) -> int:
        """Number of different syllables."""
        return len(self.syllables)

    def _sides(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The left and the right syllable of every pair, as rows."""
        return self._pairs >> _SHIFT, self._pairs & ((1 << _SHIFT) - 1)
