"""Percentiles of measured times with confidence intervals. Knows numbers only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.statistics import quantile

_TAIL = 0.025  # on either side of a 95 % interval


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile with its 95 % interval; a bound is None where there are too few values to tell it."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of `n` answer times, in milliseconds."""

    n: int
    p50: Percentile
    p95: Percentile
    p99: Percentile


def latency(milliseconds: Sequence[float]) -> Latency:
    """Percentiles of answer times. Raises ValueError without any."""
    p50, p95, p99 = (percentile(milliseconds, share) for share in (0.50, 0.95, 0.99))
    return Latency(len(milliseconds), p50, p95, p99)


def percentile(values: Sequence[float], share: float) -> Percentile:
    """The value below which `share` (0..1) of `values` lie, by the nearest rank, with its 95 % interval.

    The interval is between two of the values, whatever their distribution (Conover, Practical Nonparametric
    Statistics, 3rd ed., 1999, section 3.2; Hahn and Meeker, Statistical Intervals, 1991, section 5.2): the
    number of values below the true percentile is binomial (n, share). Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    low, high = _ranks(len(ordered), share)
    return Percentile(
        quantile(ordered, share),
        ordered[low - 1] if low else None,
        ordered[high - 1] if high else None,
    )


def _ranks(n: int, share: float) -> tuple[int | None, int | None]:
    """Ranks, from 1, of the values that bound the percentile: at most 2.5 % lie outside on either side."""
    below = 0.0  # P(fewer than `rank` values lie below the percentile)
    low = high = None
    for rank in range(1, n + 1):
        below += _binomial(n, rank - 1, share)
        if below <= _TAIL:
            low = rank
        if below >= 1 - _TAIL:
            high = rank
            break
    return low, high


def _binomial(n: int, k: int, share: float) -> float:
    """P(k of n), by logarithms: the coefficients of a thousand values are too large for a float."""
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(share) + (n - k) * math.log1p(-share))
