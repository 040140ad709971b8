"""Blocks, rows and text of WordprocessingML as a reader sees them with all changes accepted.

python-docx passes over tracked insertions and content controls, so their words would be lost. What is
deleted, hidden or in field codes is no text. Text boxes come apart from the paragraph they hang on. Does not
know what a table is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Elements around text that say nothing about where it stands.
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_INLINE = _WRAPPERS | {"r", "hyperlink", "fldSimple", "dir", "bdo"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_DELETED = frozenset({"del", "moveFrom"})


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


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang on a paragraph, each once.

    Word writes a box twice, as a drawing of today and as one for old programs.
    """
    for child in paragraph:
        name = _name(child)
        if name == "txbxContent":
            yield child
        elif child.tag == f"{_ALTERNATIVES}AlternateContent":
            drawn = (list(text_boxes(way)) for way in child)
            yield from next((found for found in drawn if found), [])
        elif name not in _DELETED:
            yield from text_boxes(child)


def references(container: Any, kind: str) -> list[str]:
    """The ids of the notes that a body refers to, in order. `kind`: footnote or endnote."""
    marks = container.iter(f"{_WORD}{kind}Reference")
    return [mark.get(f"{_WORD}id", "") for mark in marks if not _is_deleted(mark)]


def notes(root: Any, kind: str) -> dict[str, Any]:
    """The footnotes or endnotes of their part by id, without the lines drawn between text and notes."""
    found = root.iterchildren(f"{_WORD}{kind}")
    return {
        note.get(f"{_WORD}id", ""): note for note in found if note.get(f"{_WORD}type", "normal") == "normal"
    }


def body_of(document: Any) -> Any:
    """The body of the main part. Raises ValueError where there is none."""
    body = document.find(f"{_WORD}body")
    if body is None:
        raise ValueError("no body")
    return body


def _is_deleted(element: Any) -> bool:
    return any(_name(ancestor) in _DELETED for ancestor in element.iterancestors())


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
        elif name in _INLINE and not _is_prompt(child) and not _is_hidden(child):
            yield from _characters(child)


def _is_prompt(element: Any) -> bool:
    """Whether a content control still shows "Click here to enter text"."""
    return element.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is not None


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_WORD}rPr/{_WORD}vanish")
    return vanish is not None and vanish.get(f"{_WORD}val", "1") not in ("0", "false", "off")


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{_WORD}{properties}/{_WORD}{name}")
    value = "" if found is None else found.get(f"{_WORD}val", "")
    return int(value) if value.isdecimal() else default


def _name(element: Any) -> str:
    """The name within WordprocessingML; empty for anything else, comments included."""
    tag = element.tag
    return tag.removeprefix(_WORD) if isinstance(tag, str) and tag.startswith(_WORD) else ""
