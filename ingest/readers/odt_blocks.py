"""Blocks of OpenDocument XML: what stands where, with tracked deletions left out.

Lists get numbers where their style says so, by level and start value. Does not know zip files.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.extract import Block
from ingest.readers.tables import TableCell, numbered, table_blocks
from ingest.readers.word_numbering import in_figures

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE, _DRAW = (
    _NS % name for name in ("text", "table", "office", "style", "drawing")
)
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SILENT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}variable-decls",
        f"{_TEXT}user-field-decls",
        f"{_OFFICE}forms",
        f"{_OFFICE}annotation",
        f"{_OFFICE}event-listeners",
        f"{_OFFICE}binary-data",
    }
)
_FIGURES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 1000  # a file may say there are a billion
_MOST_REPEATED = 200
_MOST_CELLS = 500_000  # of a document, repeated ones included


def blocks_of(content: Any, styles: Any | None) -> tuple[Block, ...]:
    """The blocks of a document's content.xml; `styles`: its styles.xml. Raises ValueError: not a text."""
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ValueError("no text")
    reading = _Reading([root for root in (content, styles) if root is not None])
    blocks = list(reading.inside(body))
    return numbered([*blocks, *reading.notes])


class _Reading:
    def __init__(self, roots: list[Any]) -> None:
        self._list_styles = {
            style.get(f"{_STYLE}name", ""): style
            for root in roots
            for style in root.iter(f"{_TEXT}list-style")
        }
        self._counts: dict[str, int] = {}  # where lists that are continued stand
        self._tables = self._cells_read = 0
        self._boxes: list[Any] = []
        self.notes: list[Block] = []

    def inside(self, container: Any) -> Iterator[Block]:
        """The blocks in a body, cell, section or text box."""
        for child in container:
            if child.tag in _PARAGRAPHS:
                yield from self._paragraph(child)
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, "", 1)
            elif child.tag == f"{_TABLE}table":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SILENT:
                yield from self.inside(child)

    def _paragraph(self, paragraph: Any, label: str = "") -> Iterator[Block]:
        outer, self._boxes = self._boxes, []
        text = label + "".join(self._characters(paragraph))
        boxes, self._boxes = self._boxes, outer
        yield from (Block(line) for line in text.split("\n") if line.strip())
        for box in boxes:
            yield from self.inside(box)

    def _characters(self, element: Any) -> Iterator[str]:
        yield _collapsed(element.text)
        for child in element:
            yield from self._of_child(child)
            yield _collapsed(child.tail)

    def _of_child(self, child: Any) -> Iterator[str]:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        if tag == f"{_TEXT}s":
            yield " " * min(_whole(child.get(f"{_TEXT}c"), 1), _MOST_BLANKS)
        elif tag == f"{_TEXT}tab":
            yield "\t"
        elif tag == f"{_TEXT}line-break":
            yield "\n"
        elif tag == f"{_TEXT}note":
            self._note(child)
        elif tag.startswith(_DRAW):
            self._boxes.append(child)
        else:
            yield from self._characters(child)

    def _note(self, note: Any) -> None:
        cited = note.find(f"{_TEXT}note-citation")
        mark = "" if cited is None else "".join(cited.itertext()).strip()
        body = note.find(f"{_TEXT}note-body")
        text = "" if body is None else " ".join(" ".join(b.text for b in self.inside(body)).split())
        if text:
            self.notes.append(Block(f"[{mark or len(self.notes) + 1}] {text}"))

    def _list(self, element: Any, style: str, level: int) -> Iterator[Block]:
        style = element.get(f"{_TEXT}style-name") or style
        key = f"{level} {style}"
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        count = self._counts.get(key, 0) if goes_on else self._start(style, level) - 1
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            label = ""
            if item.tag == f"{_TEXT}list-item" and any(child.tag in _PARAGRAPHS for child in item):
                count = _whole(item.get(f"{_TEXT}start-value"), count + 1)
                self._counts[key] = count
                label = self._label(style, level)
            for child in item:
                if child.tag == f"{_TEXT}list":
                    yield from self._list(child, style, level + 1)
                elif child.tag in _PARAGRAPHS:
                    yield from self._paragraph(child, label)
                    label = ""
                else:
                    yield from self.inside([child])

    def _label(self, style: str, level: int) -> str:
        of_level = self._level(style, level)
        if of_level is None:
            return ""
        if of_level.tag == f"{_TEXT}list-level-style-bullet":
            return "- "
        figures = of_level.get(f"{_STYLE}num-format", "")
        shown = max(1, level + 1 - _whole(of_level.get(f"{_TEXT}display-levels"), 1))
        numbers = []
        for above in range(shown, level + 1):
            other = self._level(style, above)
            name = figures if other is None else other.get(f"{_STYLE}num-format", "")
            if name in _FIGURES:
                numbers.append(in_figures(self._counts.get(f"{above} {style}", 1), _FIGURES[name]))
        before, after = (of_level.get(f"{_STYLE}num-{side}", "") for side in ("prefix", "suffix"))
        text = f"{before}{'.'.join(numbers)}{after}"
        return f"{text} " if figures in _FIGURES and text.strip() else ""

    def _start(self, style: str, level: int) -> int:
        of_level = self._level(style, level)
        return 1 if of_level is None else _whole(of_level.get(f"{_TEXT}start-value"), 1)

    def _level(self, style: str, level: int) -> Any | None:
        levels = self._list_styles.get(style)
        for found in () if levels is None else levels:
            if found.get(f"{_TEXT}level") == str(level):
                return found
        return None

    def _table(self, table: Any) -> list[Block]:
        above: dict[int, tuple[int, TableCell]] = {}  # by column: how many rows a merged cell still covers
        rows: list[list[TableCell]] = []
        for row in _rows(table):
            cells = self._cells(row, above)
            times = min(_whole(row.get(f"{_TABLE}number-rows-repeated"), 1), _MOST_REPEATED)
            self._cells_read += times * len(cells)
            if self._cells_read > _MOST_CELLS:
                raise ValueError("too many cells")
            rows.extend([cells] * times)
        self._tables += 1
        return table_blocks(rows, self._tables)

    def _cells(self, row: Any, above: dict[int, tuple[int, TableCell]]) -> list[TableCell]:
        cells: list[TableCell] = []
        column = 0
        for element in row:
            repeated = min(_whole(element.get(f"{_TABLE}number-columns-repeated"), 1), _MOST_REPEATED)
            if element.tag == f"{_TABLE}table-cell":
                cell = TableCell(tuple(self.inside(element)))
                if (down := _whole(element.get(f"{_TABLE}number-rows-spanned"), 1)) > 1:
                    above[column] = (down - 1, cell)
                cells.extend([cell] * repeated)
            elif element.tag == f"{_TABLE}covered-table-cell":
                for covered in range(column, column + repeated):
                    held = above.get(covered)
                    if held and held[0]:  # else it is covered from the left, and said already
                        cells.append(TableCell(held[1].blocks, continues=True))
                        above[covered] = (held[0] - 1, held[1])
            else:
                continue
            column += repeated
        return cells


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (
            f"{_TABLE}table-header-rows",
            f"{_TABLE}table-rows",
            f"{_TABLE}table-row-group",
        ):
            yield from _rows(child)


def _collapsed(text: str | None) -> str:
    """White space of XML: any run is one blank; what is meant to be more are elements."""
    return _BLANKS.sub(" ", text or "")


def _whole(value: str | None, default: int) -> int:
    text = value or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
