"""Point estimates with confidence intervals for measures over questions.

Every measure is a ratio of two sums over questions: a mean has (score, 1) a question, a precision (hit,
claimed). Knows numbers only; nothing of questions or answers.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Part = tuple[float, float]  # what one question adds to the numerator and to the denominator of a measure

RESAMPLES = 2000
_LEVEL = 0.95
_Z = 1.959963984540054  # of the normal distribution at 97.5 %


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value with its 95 % interval; `n` questions count in it."""

    value: float
    low: float
    high: float
    n: int


def estimates(parts: Mapping[str, Sequence[Part]], seed: int) -> dict[str, Estimate]:
    """By measure: the ratio of sums with its interval. A measure that applies to no question is left out.

    Shares of yes and no get Wilson's interval, which keeps its width at 0 and 1; everything else the
    percentile bootstrap over questions (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
    chapter 13).
    """
    found = {}
    for name, rows in parts.items():
        applying = [part for part in rows if part[1]]
        if not applying:
            continue
        table = np.array(applying, dtype=np.float64)
        value = _ratio(table.sum(axis=0))
        low, high = _wilson(table) if _is_yes_or_no(table) else _bootstrap(table, seed)
        found[name] = Estimate(value, min(low, value), max(high, value), len(applying))
    return found


def _ratio(sums: NDArray[np.float64]) -> float:
    return float(sums[0] / sums[1])


def _is_yes_or_no(table: NDArray[np.float64]) -> bool:
    return bool((table[:, 1] == 1).all() and np.isin(table[:, 0], (0.0, 1.0)).all())


def _wilson(table: NDArray[np.float64]) -> tuple[float, float]:
    """Wilson's score interval (Wilson 1927, JASA 22:209) of a share."""
    n, share = len(table), float(table[:, 0].mean())
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def _bootstrap(table: NDArray[np.float64], seed: int) -> tuple[float, float]:
    drawn = resampled_sums(table, seed)
    ratios = drawn[:, 0] / np.where(drawn[:, 1] == 0, np.nan, drawn[:, 1])
    low, high = np.nanquantile(ratios, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)


def resampled_sums(table: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Column sums of samples of the rows drawn with replacement, shape (RESAMPLES, columns)."""
    n = len(table)
    draw = np.random.default_rng(seed)
    weights = draw.multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    sums: NDArray[np.float64] = weights @ table
    return sums


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie, by the nearest rank; values need not be sorted."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]
