"""Which rows share a batch: texts of like length, none of them twice.

A batch is padded to its longest text, and on two cores padding is what a third of the time would go to. A
text that stands in a batch twice would be its own negative. Knows columns of text; does not know losses.
"""

import random
from collections.abc import Iterator
from typing import Any

from sentence_transformers.base.sampler import DefaultBatchSampler

_SORTED_TOGETHER = 16  # batches; more of them would make their lengths, and so their texts, too much alike


class LikeLengths(DefaultBatchSampler):  # type: ignore[misc]
    """The batch sampler of a data set with columns of text; rows that fill no batch are left out."""

    def __init__(self, dataset: Any, batch_size: int, drop_last: bool, **given: Any) -> None:
        super().__init__(dataset, batch_size=batch_size, drop_last=drop_last, **given)
        columns = [dataset[name] for name in dataset.column_names if isinstance(dataset[0][name], str)]
        rows = list(zip(*columns, strict=True))
        draw = random.Random(self.seed)
        order = draw.sample(range(len(rows)), len(rows))
        chunk = batch_size * _SORTED_TOGETHER
        self._drawn: list[list[int]] = []
        for start in range(0, len(order), chunk):
            alike = sorted(order[start : start + chunk], key=lambda row: sum(map(len, rows[row])))
            self._drawn.extend(_filled(alike, rows, batch_size))
        draw.shuffle(self._drawn)

    def __iter__(self) -> Iterator[list[int]]:
        yield from self._drawn

    def __len__(self) -> int:
        return len(self._drawn)


def _filled(order: list[int], rows: list[tuple[str, ...]], size: int) -> Iterator[list[int]]:
    """Rows in order, `size` at a time; one with a text that its batch has goes to the next."""
    waiting = order
    while waiting:
        batch: list[int] = []
        there: set[str] = set()
        later: list[int] = []
        for at, row in enumerate(waiting):
            if len(batch) == size:
                later.extend(waiting[at:])
                break
            if there.isdisjoint(rows[row]):
                batch.append(row)
                there.update(rows[row])
            else:
                later.append(row)
        if len(batch) == size or not later:
            yield batch
        waiting = later if len(batch) == size else []
