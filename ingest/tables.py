"""Data tables among the blocks of a document: which row is a header, which is the twelfth row of its table.

A table's first row is its header; a table of one row has none. Does not know where a table stands in the
outline.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract import Block

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data table `table`; `number` counts from 1 below the header, which is row 0.

    `header` is the text of the header row, "" where the table has none.
    """

    table: int
    number: int
    header: str


def without_repeated_headers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without header rows that are printed again on a later page, and without empty rows."""
    header: dict[int, str] = {}
    kept: list[Block] = []
    for block in blocks:
        if block.table is not None:
            if not _WORD.search(block.text):
                continue
            if block.table in header and _same(block.text) == header[block.table]:
                continue
            header.setdefault(block.table, _same(block.text))
        kept.append(block)
    return kept


def rows(blocks: Sequence[Block]) -> list[Row | None]:
    """For each block the row that it is; None for paragraphs."""
    sizes = Counter(block.table for block in blocks)
    header: dict[int, str] = {}
    counted: Counter[int] = Counter()
    found: list[Row | None] = []
    for block in blocks:
        if block.table is None:
            found.append(None)
            continue
        if block.table not in header and sizes[block.table] > 1:
            header[block.table] = block.text
            found.append(Row(block.table, 0, ""))
            continue
        counted[block.table] += 1
        found.append(Row(block.table, counted[block.table], header.get(block.table, "")))
    return found


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()
