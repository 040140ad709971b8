"""Data tables among the blocks of a document: which row is a header, which is the twelfth row of its table.

Cells are joined by " | ". Does not know where a table stands in the outline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ingest.extract import Block

_CELLS = " | "
_WORD = re.compile(r"\w")
_COUNT = re.compile(r"\(?(\d{1,4})\)?[.)]?$")
_FIRST = frozenset({"1", "I", "01", "A", "a"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data table `table`; `number` counts from 1 below the header, which is row 0.

    `header` is the text of the header row, "" where the table has none.
    """

    table: int
    number: int
    header: str


def settled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with tables as they were written: one table that goes on overleaf is one table.

    Headers that are printed again and empty rows are left out. What has a single column is no table.
    """
    columns = {block.table for block in blocks if block.table is not None and _CELLS in block.text}
    header: dict[int, str] = {}
    table_of: dict[int, int] = {}  # tables that turned out to go on with another one
    kept: list[Block] = []
    for given in blocks:
        if given.table not in columns or given.table is None:
            kept.append(given if given.table is None else replace(given, table=None))
        elif _WORD.search(given.text):
            if given.table not in table_of:
                table_of[given.table] = _table_above(given, kept[-1] if kept else None, header) or given.table
            table = table_of[given.table]
            if table not in header:
                header[table] = given.text
            elif header[table] == given.text:
                continue
            kept.append(given if given.table == table else replace(given, table=table))
    return kept


def rows(blocks: Sequence[Block]) -> list[Row | None]:
    """For each block the row that it is; None for paragraphs."""
    header: dict[int, str] = {}
    counted: dict[int, int] = {}
    found: list[Row | None] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.table is None:
            found.append(None)
            continue
        if block.table not in counted:
            counted[block.table] = 0
            heads = after is not None and after.table == block.table and not _is_data(block.text)
            header[block.table] = block.text if heads else ""
            if heads:
                found.append(Row(block.table, 0, ""))
                continue
        counted[block.table] += 1
        found.append(Row(block.table, counted[block.table], header[block.table]))
    return found


def _table_above(row: Block, before: Block | None, header: dict[int, str]) -> int | None:
    """The table that ends right above, where a first row repeats its header or goes on counting."""
    if before is None or before.table is None:
        return None
    same_width = before.text.count(_CELLS) == row.text.count(_CELLS)
    last, number = _counter(before.text), _counter(row.text)
    counts_on = same_width and last is not None and number == last + 1
    return before.table if counts_on or header.get(before.table) == row.text else None


def _counter(row: str) -> int | None:
    match = _COUNT.match(row.split(_CELLS, 1)[0].strip())
    return int(match.group(1)) if match else None


def _is_data(row: str) -> bool:
    """Whether the first row of a table counts already, or is one wide cell: the table has no header."""
    return _CELLS not in row or row.split(_CELLS, 1)[0].strip(" .()") in _FIRST
