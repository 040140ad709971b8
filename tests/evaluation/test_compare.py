"""Comparing two systems: the test against values worked out by hand, flips, slices."""

import pytest

from evaluation.compare import PERMUTATIONS, compare
from evaluation.errors import ResultError
from evaluation.result import Cost, Row, SystemResult
from evaluation.statistics import Part

COST = Cost(1.0, 1.0, 1.0, 1.0)


def system(name: str, scores: list[float | None], measure: str = "facts") -> SystemResult:
    rows = []
    for number, score in enumerate(scores):
        parts: dict[str, Part] = {} if score is None else {measure: (score, 1.0)}
        rows.append(Row(f"q{number}", "?", {"kind": "task" if number % 2 else "fact"}, parts, 1.0))
    return SystemResult(name, "", {}, COST, tuple(rows))


def test_the_p_value_is_the_share_of_swaps_that_differ_as_much() -> None:
    """Four questions, all better: of the 16 ways to swap, only none and all differ as much: p = 2 / 16."""
    comparison = compare(system("a", [0, 0, 0, 0]), system("b", [1, 1, 1, 1]), 7)
    whole = comparison.differences[0]
    assert (whole.slice, whole.measure, whole.change) == ("all", "facts", 1.0)
    assert whole.p == pytest.approx(2 / 16, abs=0.012)
    assert whole.flipped == ("q0", "q1", "q2", "q3")


def test_equal_systems_do_not_differ() -> None:
    comparison = compare(system("a", [1, 0, 0.5]), system("b", [1, 0, 0.5]), 7)
    assert all(d.change == 0 and d.p == 1.0 and d.flipped == () for d in comparison.differences)


def test_a_clear_difference_is_no_chance_and_its_interval_leaves_zero_out() -> None:
    comparison = compare(system("a", [0] * 30 + [1] * 10), system("b", [1] * 38 + [0] * 2), 7)
    whole = comparison.differences[0]
    assert whole.p == pytest.approx(1 / (PERMUTATIONS + 1))
    assert 0 < whole.low < whole.change < whole.high
    assert whole.flipped[:2] == ("q38", "q39")  # what got worse comes first


def test_slices_are_compared_apart_and_the_same_seed_gives_the_same() -> None:
    first, second = system("a", [0, 1, 0, 1]), system("b", [1, 1, 1, 1])
    comparison = compare(first, second, 7)
    assert comparison == compare(first, second, 7)
    assert {d.slice: d.change for d in comparison.differences} == {
        "all": 0.5,
        "kind=fact": 1.0,
        "kind=task": 0.0,
    }


def test_questions_of_one_side_only_are_counted_out() -> None:
    comparison = compare(system("a", [1, 0, 1]), system("b", [1, 0]), 7)
    assert (comparison.shared, comparison.left_out) == (2, 1)
    with pytest.raises(ResultError, match="không có câu hỏi nào chung"):
        compare(system("a", []), system("b", [1]), 7)


def test_a_measure_that_one_side_lacks_is_not_compared() -> None:
    comparison = compare(system("a", [None, None]), system("b", [1, 0]), 7)
    assert comparison.differences == ()


def test_a_ratio_of_sums_is_compared_as_such() -> None:
    def one(name: str, parts: list[Part]) -> SystemResult:
        rows = (Row(f"q{n}", "?", {}, {"over_quotation": part}, 1.0) for n, part in enumerate(parts))
        return SystemResult(name, "", {}, COST, tuple(rows))

    whole = compare(one("a", [(10, 100), (0, 300)]), one("b", [(10, 100), (60, 100)]), 7).differences[0]
    assert (whole.first, whole.second) == (pytest.approx(10 / 400), pytest.approx(70 / 200))
