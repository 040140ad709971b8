"""Estimates against values worked out by hand or published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics import estimates, quantile

SEED = 7


def test_a_share_has_wilsons_interval() -> None:
    """8 of 10: .490 to .943, as every table of Wilson's interval has it."""
    found = estimates({"m": [(1, 1)] * 8 + [(0, 1)] * 2}, SEED)["m"]
    assert (found.value, found.n) == (0.8, 10)
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_a_share_of_all_is_not_certain() -> None:
    found = estimates({"m": [(1, 1)] * 12}, SEED)["m"]
    assert found.value == found.high == 1.0 and found.low == pytest.approx(0.75751, abs=1e-5)


def test_a_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    found = estimates({"m": [(1, 10), (5, 5)]}, SEED)["m"]
    assert found.value == pytest.approx(6 / 15)
    assert found.low == pytest.approx(0.1) and found.high == pytest.approx(1.0)


def test_what_applies_to_no_question_is_left_out() -> None:
    assert estimates({"m": [(0, 0), (0, 0)], "k": []}, SEED) == {}


def test_the_bootstrap_interval_of_a_mean_is_near_the_normal_one() -> None:
    """0, .5, 1 in equal parts, 300 questions: standard error .0236, so 95 % is about .454 to .546."""
    found = estimates({"m": [(value, 1) for value in (0.0, 0.5, 1.0)] * 100}, SEED)["m"]
    assert found.value == 0.5
    assert found.low == pytest.approx(0.454, abs=0.006) and found.high == pytest.approx(0.546, abs=0.006)


parts = st.lists(st.tuples(st.floats(0, 1), st.just(1.0)), min_size=1, max_size=40)


@given(parts)
def test_the_value_lies_in_its_interval_and_the_same_seed_gives_the_same(
    rows: list[tuple[float, float]],
) -> None:
    first, second = (estimates({"m": rows}, SEED)["m"] for _ in range(2))
    assert first == second
    assert first.low <= first.value <= first.high


def test_quantiles_are_by_nearest_rank() -> None:
    values = [15.0, 20.0, 35.0, 40.0, 50.0]
    assert [quantile(values, share) for share in (0.05, 0.3, 0.4, 0.5, 1.0)] == [15, 20, 20, 35, 50]
