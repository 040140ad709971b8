"""Hard negatives: windows that look like the answer to a question and belong to other passages.

Half come from the teacher's vectors, half from BM25, by turns. A window that is nearly as close to the
question as the answer itself may well answer too, so it is left out (`_TOO_CLOSE`).
"""

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from training.encoder.material import Pair
from training.encoder.table import Table, answering

_TOO_CLOSE = 0.98  # of the answer's own cosine; E5 puts everything between .7 and 1
_LOOKED_AT = 50
_AT_ONCE = 256


def best_windows(pairs: Sequence[Pair], table: Table, questions: NDArray[np.float16]) -> list[int]:
    """Row of the window, of each pair's own passage, that the teacher finds closest to the question."""
    rows_of: dict[int, list[int]] = {}
    for row, passage in enumerate(table.passage_of):
        rows_of.setdefault(int(passage), []).append(row)
    chosen = []
    for pair, vector in zip(pairs, questions, strict=True):
        rows = rows_of[table.number[pair.passage_id]]
        scores = table.vectors[rows].astype(np.float32) @ vector.astype(np.float32)
        chosen.append(rows[int(scores.argmax())])
    return chosen


def hard_negatives(
    pairs: Sequence[Pair], table: Table, questions: NDArray[np.float16], best: Sequence[int], wanted: int
) -> list[tuple[int, ...]]:
    """Up to `wanted` rows of the table for each pair, none of a passage that answers the same question.

    `best`: the row of each pair's own window (`best_windows`), which bounds how close a negative may come.
    """
    answers = [frozenset(numbers) for numbers in answering(pairs, table.number)]
    vectors = table.vectors.astype(np.float32).T
    words = _by_words(pairs, table)
    found = []
    for start in range(0, len(pairs), _AT_ONCE):
        scores = questions[start : start + _AT_ONCE].astype(np.float32) @ vectors
        close = np.argsort(-scores, axis=1)[:, :_LOOKED_AT]
        for at, right in enumerate(answers[start : start + _AT_ONCE]):
            most = _TOO_CLOSE * scores[at, best[start + at]]
            allowed = [
                [
                    int(row)
                    for row in rows
                    if int(table.passage_of[row]) not in right and scores[at, row] < most
                ]
                for rows in (close[at], words[start + at])
            ]
            found.append(_by_turns(allowed, wanted))
    return found


def _by_words(pairs: Sequence[Pair], table: Table) -> NDArray[np.int64]:
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(table.windows), stopwords=[], show_progress=False), show_progress=False)
    asked = bm25s.tokenize([pair.question for pair in pairs], stopwords=[], show_progress=False)
    rows, _ = index.retrieve(asked, k=min(_LOOKED_AT, len(table.windows)), show_progress=False)
    found: NDArray[np.int64] = np.asarray(rows, dtype=np.int64)
    return found


def _by_turns(lists: Sequence[Sequence[int]], wanted: int) -> tuple[int, ...]:
    chosen: dict[int, None] = {}
    for turn in range(_LOOKED_AT):
        for rows in lists:
            if turn < len(rows) and len(chosen) < wanted:
                chosen.setdefault(rows[turn])
    return tuple(chosen)
