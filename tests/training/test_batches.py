"""Batches of texts of like length, none of which has a text twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

datasets = pytest.importorskip("datasets", reason="needs requirements-training.txt")

from training.encoder.batches import LikeLengths  # noqa: E402

ROWS = st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.text("c", max_size=4)), min_size=1)


def batches(rows: list[tuple[str, str]], size: int) -> list[list[int]]:
    columns = {"question": [row[0] for row in rows], "answer": [row[1] for row in rows]}
    drawn = LikeLengths(datasets.Dataset.from_dict(columns), size, drop_last=False, seed=1)
    found = list(drawn)
    assert len(drawn) == len(found)
    return found


@settings(max_examples=50, deadline=None)
@given(ROWS, st.integers(1, 5))
def test_no_row_comes_twice_and_no_batch_has_a_text_twice(rows: list[tuple[str, str]], size: int) -> None:
    found = batches(rows, size)
    rows_seen = [row for batch in found for row in batch]
    assert len(rows_seen) == len(set(rows_seen))
    for batch in found:
        assert 0 < len(batch) <= size
        for column in (0, 1):
            assert len({rows[row][column] for row in batch}) == len(batch)


def test_lengths_in_a_batch_are_alike_and_every_row_comes() -> None:
    rows = [(f"{number:03d}" + "x" * (number % 40), f"y{number:03d}") for number in range(400)]
    found = batches(rows, 10)
    spans = [
        max(len(rows[row][0]) for row in batch) - min(len(rows[row][0]) for row in batch) for batch in found
    ]
    assert sorted(row for batch in found for row in batch) == list(range(400))
    assert sum(spans) / len(spans) < 8, "drawn at random they would differ by 36"
