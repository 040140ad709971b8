"""Two systems over the same questions: differences, whether chance explains them, which questions flipped.

The test is the paired randomisation test of Smucker, Allan and Carterette (CIKM 2007), the interval the
paired bootstrap. Knows parts of measures; does not know how they came about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.errors import ResultError
from evaluation.result import Row, SystemResult
from evaluation.slices import ALL
from evaluation.statistics import resampled_sums

PERMUTATIONS = 10_000
_BLOCK = 500  # permutations at once: 4,500 questions then take 20 MB


@dataclass(frozen=True, slots=True)
class Difference:
    """`second` minus `first` on one measure and slice. `p`: share of random swaps that differ as much.

    `flipped`: ids of questions whose own value differs, those that got worse first.
    """

    slice: str
    measure: str
    n: int
    first: float
    second: float
    low: float
    high: float
    p: float
    flipped: tuple[str, ...]

    @property
    def change(self) -> float:
        """Positive where the second is higher."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, and how many questions only one of the two has."""

    differences: tuple[Difference, ...]
    shared: int
    left_out: int


def compare(first: SystemResult, second: SystemResult, seed: int) -> Comparison:
    """Compare two systems on the questions they share. Raises ResultError when there are none."""
    theirs = {row.id: row for row in second.rows}
    pairs = [(row, theirs[row.id]) for row in first.rows if row.id in theirs]
    if not pairs:
        raise ResultError(
            f"{first.name} và {second.name} không có câu hỏi nào chung (theo id). Chạy cả hai trên cùng tệp"
        )
    groups = {ALL: pairs}
    for pair in pairs:
        for dimension, label in pair[0].slices.items():
            groups.setdefault(f"{dimension}={label}", []).append(pair)
    differences = [
        difference
        for name in [ALL, *sorted(set(groups) - {ALL})]
        for difference in _differences(name, groups[name], seed)
    ]
    left_out = len(first.rows) + len(second.rows) - 2 * len(pairs)
    return Comparison(tuple(differences), len(pairs), left_out)


def _differences(name: str, pairs: Sequence[tuple[Row, Row]], seed: int) -> list[Difference]:
    measures = dict.fromkeys(measure for pair in pairs for row in pair for measure in row.parts)
    found = (_difference(name, measure, pairs, seed) for measure in measures)
    return [difference for difference in found if difference is not None]


def _difference(name: str, measure: str, pairs: Sequence[tuple[Row, Row]], seed: int) -> Difference | None:
    """None where the measure applies to no question of one of the two."""
    table = np.array(
        [[*a.parts.get(measure, (0, 0)), *b.parts.get(measure, (0, 0))] for a, b in pairs], dtype=np.float64
    )
    applies = table[:, 1::2].any(axis=1)
    table = table[applies]
    if not len(table) or not table[:, 1].any() or not table[:, 3].any():
        return None
    sums = table.sum(axis=0)
    drawn = resampled_sums(table, seed)
    drawn = drawn[(drawn[:, 1] > 0) & (drawn[:, 3] > 0)]
    low, high = np.quantile(_ratio(drawn, 2) - _ratio(drawn, 0), [0.025, 0.975])
    moved = [(a.id, (b.score(measure) or 0.0) - (a.score(measure) or 0.0)) for a, b in pairs]
    flipped = sorted((row for row in moved if row[1]), key=lambda row: row[1])
    return Difference(
        slice=name,
        measure=measure,
        n=len(table),
        first=float(sums[0] / sums[1]),
        second=float(sums[2] / sums[3]),
        low=float(low),
        high=float(high),
        p=_chance(table, seed),
        flipped=tuple(identifier for identifier, _ in flipped),
    )


def _ratio(sums: NDArray[np.float64], at: int) -> NDArray[np.float64]:
    ratio: NDArray[np.float64] = sums[:, at] / sums[:, at + 1]
    return ratio


def _chance(table: NDArray[np.float64], seed: int) -> float:
    """How often swapping the two at random, question by question, gives a difference at least as large."""
    draw = np.random.default_rng(seed)
    first, second = table[:, :2], table[:, 2:]
    total = (first + second).sum(axis=0)
    seen = abs(second[:, 0].sum() / second[:, 1].sum() - first[:, 0].sum() / first[:, 1].sum())
    as_large = 0
    for _ in range(PERMUTATIONS // _BLOCK):
        swapped = draw.integers(0, 2, size=(_BLOCK, len(table))).astype(np.float64)
        one = swapped @ second + (1 - swapped) @ first
        other = total - one
        valid = (one[:, 1] > 0) & (other[:, 1] > 0)
        change = np.zeros(_BLOCK)
        change[valid] = other[valid, 0] / other[valid, 1] - one[valid, 0] / one[valid, 1]
        # Rounding must not make a swap that changes nothing look smaller than what was seen.
        as_large += int((np.abs(change) >= seen - 1e-12).sum())
    return (as_large + 1) / (PERMUTATIONS + 1)
