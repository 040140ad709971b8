"""Hard negatives: near the question, never of a passage that answers it, by meaning and by words in turn."""

import numpy as np

from training.encoder.material import Pair
from training.encoder.negatives import best_windows, hard_negatives
from training.encoder.table import Table, windows_of_pairs

PAIRS = [
    Pair("thu gom rác", "one", ("thu gom rác thải ở xã", "xã họp định kỳ"), "question", "made"),
    Pair("thu gom rác", "two", ("rác được thu gom hằng ngày",), "question", "made"),
    Pair("trồng rừng", "three", ("trồng rừng ở huyện", "thu gom hạt giống để trồng"), "question", "made"),
    Pair("học phí", "four", ("mức thu học phí",), "question", "made"),
]
# Rows as the passages' windows come: one, one, two, three, three, four.
ANGLES = np.radians([0, 80, 5, 60, 30, 90])
VECTORS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float16)
QUESTIONS = np.stack([np.cos(a := np.radians([0, 0, 60, 90])), np.sin(a)], axis=1).astype(np.float16)


def table() -> Table:
    windows, passage_of, number = windows_of_pairs(PAIRS)
    return Table(windows, VECTORS, passage_of, number)


def mined(wanted: int) -> list[tuple[int, ...]]:
    return hard_negatives(PAIRS, table(), QUESTIONS, best_windows(PAIRS, table(), QUESTIONS), wanted)


def test_the_window_that_says_it_stands_for_its_passage() -> None:
    assert best_windows(PAIRS, table(), QUESTIONS) == [0, 2, 3, 5]


def test_no_passage_that_answers_the_same_question_is_a_negative() -> None:
    found = mined(6)
    assert set(found[0]) == {3, 4, 5} and set(found[1]) == {3, 4, 5}


def test_meaning_and_words_take_turns() -> None:
    found = mined(2)
    assert found[0][0] == 4, "the nearest by vector"
    assert len(set(found[0])) == 2


def test_what_is_nearly_as_close_as_the_answer_may_answer_too() -> None:
    found = mined(6)
    assert 1 not in found[3], "80° is within two per cent of 90°"
