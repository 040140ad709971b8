"""Blocks of a web page, written tag by tag as a browser would set them.

Knows which tags begin a line, lists with their numbers, and merged cells. Does not know what is hidden.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.extract import Block
from ingest.readers.tables import TableCell, numbered, table_blocks
from ingest.readers.word_numbering import in_figures

_BLOCK = frozenset(
    {
        "address", "article", "blockquote", "body", "br", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary",
        "ul", "caption", "table", "tbody", "thead", "tfoot", "tr", "td", "th"
    }
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_FIGURES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPANNED = 1000  # as browsers bound it
_MOST_CONTINUED = 200_000  # cells of a page that come down from rows above: 14 kB can ask for half a million


@dataclass(slots=True)
class _Table:
    """A table being read. `above` holds, by column, cells that reach down into rows to come."""

    outer: list[Block]
    continued: list[TableCell]  # of all tables of the page
    rows: list[list[TableCell]] = field(default_factory=list)
    above: dict[int, tuple[int, TableCell, int]] = field(default_factory=dict)
    row: list[TableCell] | None = None
    column: int = 0

    def begin_row(self) -> None:
        self.end_row()
        self.row, self.column = [], 0

    def add(self, cell: TableCell, across: int, down: int) -> None:
        if self.row is None:
            self.begin_row()
        self._continue_above()
        assert self.row is not None
        self.row.append(cell)
        if down > 1:
            self.above[self.column] = (down - 1, cell, across)
        self.column += across

    def end_row(self) -> None:
        if self.row is not None:
            self._continue_above()
            self.rows.append(self.row)
        self.row = None

    def _continue_above(self) -> None:
        """Put cells that come down from earlier rows where this row has reached them."""
        while self.row is not None and (held := self.above.get(self.column)):
            left, cell, across = held
            again = TableCell(cell.blocks, continues=True)
            self.row.append(again)
            self.continued.append(again)
            if len(self.continued) > _MOST_CONTINUED:
                raise ValueError("too many merged cells")
            if left > 1:
                self.above[self.column] = (left - 1, cell, across)
            else:
                del self.above[self.column]
            self.column += across


class Writer:
    """Takes tags and text in document order, gives blocks."""

    def __init__(self) -> None:
        self._sink: list[Block] = []
        self._parts: list[str] = []
        self._tables: list[_Table] = []
        self._cells: list[tuple[_Table, list[Block]]] = []
        self._lists: list[tuple[Any, int]] = []
        self._mark = ""
        self._verbatim = 0
        self._count = 0
        self._continued: list[TableCell] = []

    def blocks(self) -> tuple[Block, ...]:
        """What was written."""
        self._flush()
        return numbered(self._sink)

    def text(self, text: str | None) -> None:
        """Text between tags."""
        if not text:
            return
        if not self._verbatim:
            self._parts.append(text)
            return
        first, *lines = text.split("\n")
        self._parts.append(first)
        for line in lines:
            self._flush()
            self._parts.append(line)

    def start(self, element: Any) -> None:
        """An opening tag, with the text behind it."""
        tag = element.tag
        if tag in _BLOCK:
            self._flush()
        if tag == "pre":
            self._verbatim += 1
        elif tag in ("ol", "ul"):
            self._lists.append((element, _whole(element.get("start"), 1)))
        elif tag == "li":
            self._mark = self._list_mark(element)
        elif tag == "table":
            self._tables.append(_Table(self._sink, self._continued))
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._cells.append((self._tables[-1], self._sink))
            self._sink = []
        self.text(element.text)

    def end(self, element: Any) -> None:
        """A closing tag."""
        tag = element.tag
        if tag in _BLOCK:
            self._flush()
        if tag == "pre":
            self._verbatim -= 1
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self._cells:
            table, outer = self._cells.pop()
            cell = TableCell(tuple(self._sink))
            self._sink = outer
            table.add(cell, _span(element, "colspan"), _span(element, "rowspan"))

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.end_row()
        self._count += 1
        self._sink.extend(table_blocks(table.rows, self._count))

    def _list_mark(self, element: Any) -> str:
        if not self._lists or _NO_MARK.search(element.get("style", "")):
            return ""
        listing, number = self._lists[-1]
        if _NO_MARK.search(listing.get("style", "")):
            return ""
        if listing.tag == "ul":
            return "- "
        number = _whole(element.get("value"), number)
        self._lists[-1] = (listing, number + 1)
        return in_figures(number, _FIGURES.get(listing.get("type", "1"), "decimal")) + ". "

    def _flush(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        text = text.rstrip() if self._verbatim else _BLANKS.sub(" ", text).strip(" ")
        if text:
            self._sink.append(Block(self._mark + text))
            self._mark = ""


def _whole(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _span(element: Any, name: str) -> int:
    return min(max(1, _whole(element.get(name), 1)), _MOST_SPANNED)
