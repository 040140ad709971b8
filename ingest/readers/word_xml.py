"""Blocks, rows and text of WordprocessingML as a reader sees them with all changes accepted.

python-docx passes over tracked insertions and content controls, so their words would be lost. What is
deleted, hidden in field codes, or drawn in text boxes is no text. Does not know what a table is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Elements around text that say nothing about where it stands.
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_INLINE = _WRAPPERS | {"r", "hyperlink", "fldSimple", "dir", "bdo"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row. One merged downwards has the content of its first row, and `continues` it."""

    content: Any
    continues: bool


def blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables directly in a body or cell, in order."""
    return _inside(container, {"p", "tbl"})


def is_table(block: Any) -> bool:
    """Whether a block is a table; else it is a paragraph."""
    return _name(block) == "tbl"


def rows(table: Any) -> list[list[Cell]]:
    """The cells of a table, row by row; a cell merged across columns comes once."""
    above: dict[int, Any] = {}
    return [_cells(row, above) for row in _inside(table, {"tr"})]


def paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph, line breaks as newlines."""
    return "".join(_characters(paragraph))


def _cells(row: Any, above: dict[int, Any]) -> list[Cell]:
    column = _number(row, "trPr", "gridBefore", 0)
    cells = []
    for cell in _inside(row, {"tc"}):
        merge = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
        continues = merge is not None and merge.get(f"{_WORD}val") != "restart" and column in above
        above[column] = above[column] if continues else cell
        cells.append(Cell(above[column], continues))
        column += _number(cell, "tcPr", "gridSpan", 1)
    return cells


def _inside(container: Any, wanted: set[str]) -> Iterator[Any]:
    for child in container:
        name = _name(child)
        if name in wanted:
            yield child
        elif name in _WRAPPERS and not _is_prompt(child):
            yield from _inside(child, wanted)


def _characters(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "br":
            # A page or column break is no line break.
            yield "\n" if child.get(f"{_WORD}type", "textWrapping") == "textWrapping" else ""
        elif name in _INLINE and not _is_prompt(child):
            yield from _characters(child)


def _is_prompt(element: Any) -> bool:
    """Whether a content control still shows "Click here to enter text"."""
    return element.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is not None


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{_WORD}{properties}/{_WORD}{name}")
    value = "" if found is None else found.get(f"{_WORD}val", "")
    return int(value) if value.isdecimal() else default


def _name(element: Any) -> str:
    """The name within WordprocessingML; empty for anything else, comments included."""
    tag = element.tag
    return tag.removeprefix(_WORD) if isinstance(tag, str) and tag.startswith(_WORD) else ""
