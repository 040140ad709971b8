"""What the teacher makes of the material: a vector for every window of every passage, and for every question.

Written once as float16 beside the pairs, memory-mapped afterwards. Knows the order of the rows; does not know
what they are trained for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from training.encoder.material import Pair
from vectorstore.precision import fastest_type

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32


@dataclass(frozen=True, slots=True)
class Table:
    """`windows` [n] with `vectors` float16 [n, d]; `passage_of` int64 [n] numbers the passage of each window,
    `number` says which number a passage has.
    """

    windows: tuple[str, ...]
    vectors: NDArray[np.float16]
    passage_of: NDArray[np.int64]
    number: dict[str, int]


def windows_of_pairs(pairs: Sequence[Pair]) -> tuple[tuple[str, ...], NDArray[np.int64], dict[str, int]]:
    """All windows of the pairs' passages, the number of the passage of each, and the passages' numbers."""
    number: dict[str, int] = {}
    windows: list[str] = []
    passage_of: list[int] = []
    for pair in pairs:
        if pair.passage_id not in number:
            number[pair.passage_id] = len(number)
            windows.extend(pair.windows)
            passage_of.extend([number[pair.passage_id]] * len(pair.windows))
    return tuple(windows), np.asarray(passage_of, dtype=np.int64), number


def answering(pairs: Sequence[Pair], number: dict[str, int]) -> list[list[int]]:
    """For each pair the numbers of all passages that answer its question, in the order of the pairs."""
    found: dict[str, dict[int, None]] = {}
    for pair in pairs:
        found.setdefault(pair.question.lower(), {})[number[pair.passage_id]] = None
    return [list(found[pair.question.lower()]) for pair in pairs]


def table_of(pairs: Sequence[Pair], teacher: "SentenceTransformer", file: Path) -> Table:
    """The table over the pairs' passages; its vectors are read from `file` when they are there."""
    windows, passage_of, number = windows_of_pairs(pairs)
    return Table(windows, encoded(windows, "passage", teacher, file), passage_of, number)


def encoded(
    texts: Sequence[str], prompt: str, teacher: "SentenceTransformer", file: Path
) -> NDArray[np.float16]:
    """The teacher's vectors of `texts`, float16 [len(texts), d], of length 1; kept in `file` (.npy)."""
    if not file.is_file():
        if teacher.device.type == "cpu":
            teacher.to(fastest_type())
        vectors = teacher.encode(
            list(texts),
            prompt_name=prompt,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=True,
            convert_to_tensor=True,
        )
        partial = file.with_suffix(".partial.npy")
        np.save(partial, vectors.half().cpu().numpy())
        partial.replace(file)
    kept: NDArray[np.float16] = np.load(file, mmap_mode="r")
    return kept
