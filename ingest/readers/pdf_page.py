"""A page of text in reading order: tables as rows, the rest as lines with blank ones at paragraph ends.

Puts together what pdf_chars, pdf_lines and pdf_tables find; does not know damage or recognition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.extract import Block
from ingest.readers.pdf_chars import Page, Placed
from ingest.readers.pdf_lines import Line, blocks_of, paragraph_ends
from ingest.readers.pdf_tables import Grid, grids_of, rows_in

_SCANNED = 0.4  # of the page under pictures: its words are recognised ones
_NARROW = 0.6  # of the width of the text: a column
_LOST = 0.2  # of the width of the text, at the end of a recognised line
_SAME_COLUMN = 4.0  # points between the columns of a table that goes on overleaf


@dataclass(slots=True)
class Tables:
    """Numbers the tables of a file; one that goes on overleaf keeps its number."""

    count: int = 0
    _open: tuple[float, ...] = field(default=())

    def number(self, grid: Grid, first_on_page: bool) -> int:
        """The number of a table. `first_on_page`: no text but the page number stands above it."""
        columns = grid.columns()
        goes_on = len(columns) == len(self._open) and all(
            abs(a - b) < _SAME_COLUMN for a, b in zip(columns, self._open, strict=True)
        )
        if not (first_on_page and goes_on):
            self.count += 1
        self._open = columns
        return self.count

    def close(self) -> None:
        """Text follows the last table."""
        self._open = ()


def page_blocks(page: Page, number: int, tables: Tables) -> Iterator[Block]:
    """Blocks of a page; `number` counts from 1."""
    rest: Sequence[Placed] = page.words
    margins = _Margins.of(page)
    first = True
    for grid in grids_of(page.rules):
        inside = [word for word in rest if grid.holds(word)]
        rows = rows_in(grid, inside)
        if not any(len(row) > 1 for row in rows):
            continue
        above = [word for word in rest if word.base <= grid.box[1]]
        held = {id(word) for word in (*inside, *above)}
        rest = [word for word in rest if id(word) not in held]
        first = first and len(above) <= 1
        if len(above) > 1:
            tables.close()
        yield from _text(above, number, margins)
        yield Block("", number)
        table = tables.number(grid, first)
        yield from (Block(" | ".join(row), number, table) for row in rows)
        yield Block("", number)
        first = False
    if rest:
        tables.close()
    yield from _text(rest, number, margins)


@dataclass(frozen=True, slots=True)
class _Margins:
    """Left and right edge of a page's text, and what may be lost of a line (paragraph_ends); in points."""

    left: float
    right: float
    lost: float

    @classmethod
    def of(cls, page: Page) -> "_Margins":
        """Stray words aside."""
        lefts, rights = sorted(w.left for w in page.words), sorted(w.right for w in page.words)
        if not lefts:
            return cls(0.0, 0.0, 0.0)
        left, right = lefts[len(lefts) // 50], rights[-1 - len(rights) // 50]
        return cls(left, right, _LOST * (right - left) if page.picture >= _SCANNED else 0.0)

    def of_block(self, lines: Sequence[Line]) -> tuple[float, float]:
        """A column has margins of its own, a stretch of full-width lines those of the page."""
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        narrow = right - left < _NARROW * (self.right - self.left)
        return (left, right) if narrow else (self.left, self.right)


def _text(words: Sequence[Placed], number: int, margins: _Margins) -> Iterator[Block]:
    for at, lines in enumerate(blocks_of(words)):
        if at:
            yield Block("", number)
        block = margins.of_block(lines)
        narrow = block != (margins.left, margins.right)
        ends = paragraph_ends(lines, block, 0.0 if narrow else margins.lost)
        for line, end in zip(lines, ends, strict=True):
            yield Block(line.text, number)
            if end:
                yield Block("", number)
