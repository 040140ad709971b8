"""Blocks of the DocBook that antiword writes: paragraphs, titles, tables with their rows, notes at the end.

antiword loses the numbers of lists and the words of notes in DocBook, and makes up too many numbers in plain
text. So notes are taken from there, and numbers where a paragraph has none of its own. Knows no other
program's DocBook.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.extract import Block
from ingest.readers.tables import TableCell, numbered, table_blocks

_PARAGRAPHS = frozenset({"para", "title"})
_TABLES = frozenset({"informaltable", "table"})
_OWN_MARK = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)/-]|[A-Za-zđĐ®ñ]{1,4}[.)/]|[-–—+•*]|(?:§iÒu|Ñieàu|Điều)\b")
_NUMBER = re.compile(r"\s*((?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]{1,4})[.)])\s+(.*)")
_NOTES = re.compile(r"^-{10,}$", re.MULTILINE)
_NOTE = re.compile(r"\s*(\[\d{1,4}\]\s.*\S)")
_LOOK_AHEAD = 40  # lines of plain text; both have the same paragraphs in the same order


def docbook_blocks(root: Any, plain: str) -> tuple[Block, ...]:
    """The blocks of a document. `plain`: the same document as antiword's text, one line a paragraph."""
    return numbered(_Reading(plain).document(root))


class _Reading:
    def __init__(self, plain: str) -> None:
        lines = plain.splitlines()
        self._plain = [found for line in lines if (found := _NUMBER.fullmatch(line))]
        below = _NOTES.split(plain, maxsplit=1)[1:]
        self._notes = [m[1] for text in below for line in text.splitlines() if (m := _NOTE.fullmatch(line))]
        self._next = 0
        self._tables = 0

    def document(self, root: Any) -> list[Block]:
        """Body, then notes. The title and author in front are properties of the file, not its text."""
        blocks = [
            block
            for child in root
            if child.tag not in ("bookinfo", "title")
            for block in self._inside(child, listed=False)
        ]
        return [*blocks, *map(Block, self._notes)]

    def _inside(self, element: Any, listed: bool) -> Iterator[Block]:
        listed = listed or element.tag == "listitem"
        if element.tag in _TABLES:
            yield from self._table(element)
        elif element.tag in _PARAGRAPHS:
            yield from self._paragraph(element, listed)
        else:
            for child in element:
                yield from self._inside(child, listed)

    def _paragraph(self, element: Any, listed: bool) -> Iterator[Block]:
        """The lines of a paragraph; antiword puts tables into paragraphs."""
        text = element.text or ""
        for child in element:
            if child.tag in _TABLES:
                yield from self._lines(text, listed)
                yield from self._table(child)
                text = child.tail or ""
            else:
                text += self._words(child) + (child.tail or "")
        yield from self._lines(text, listed)

    def _lines(self, text: str, listed: bool) -> Iterator[Block]:
        for line in filter(None, map(str.strip, text.split("\n"))):
            yield Block(self._numbered(line) if listed else line)
            listed = False

    def _words(self, element: Any) -> str:
        if not isinstance(element.tag, str) or element.tag == "footnote":
            return ""
        return (element.text or "") + "".join(self._words(child) + (child.tail or "") for child in element)

    def _numbered(self, line: str) -> str:
        """A paragraph of a list with its number."""
        words = line.split()
        for ahead, found in enumerate(self._plain[self._next : self._next + _LOOK_AHEAD]):
            if found[2].split() == words:
                self._next += ahead + 1
                return line if _OWN_MARK.match(line) else f"{found[1]} {line}"
        return line

    def _table(self, table: Any) -> list[Block]:
        rows = [[self._cell(entry) for entry in row.iterchildren("entry")] for row in table.iter("row")]
        self._tables += 1
        return table_blocks(rows, self._tables)

    def _cell(self, entry: Any) -> TableCell:
        lines = self._words(entry).split("\n")
        return TableCell(tuple(Block(line.strip()) for line in lines if line.strip()))
