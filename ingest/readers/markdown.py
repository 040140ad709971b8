"""Markdown as law portals and converters write it: soft-wrapped lines, with blank lines between paragraphs.

Gives lines without marks: headings, emphasis (and its debris, "**Điều** **58. ****Hiệu lực"), escapes, links,
front matter. Tables become rows, the cells of a letterhead lines. Does not join lines and knows no fences'
languages, and of raw HTML only tags of text.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.encodings import UndecodableError, decode
from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers.markdown_marks import without_marks
from ingest.readers.markdown_tables import bar_rows, bar_table_end, pipe_rows, pipe_table_end
from ingest.readers.tables import Rows, TableCell, is_layout, numbered, table_blocks

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*(?:json|yaml|toml)?[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL
)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]\[]{1,100}\]:\s+\S+\s*(?:\"[^\"]*\")?\s*")
_OWN_MARK = re.compile(r"^(\s*)[-*+]\s+(?=(?:[a-zđ]{1,2}\)|\d{1,3}[.)]|[-+–])\s)")
_BULLET = re.compile(r"^(\s*)\*\s+(?=\S)")
_BLANK = Block("")
_LONGEST_LINE = 200  # characters; the 14 portal texts of wrapped lines have 144 at most
_FEW = 0.02


def read_markdown(path: Path, data: bytes) -> Extract:
    """Lines, "" between paragraphs; wrapped unless lines are paragraphs. Raises UnreadableFileError."""
    try:
        decoded = decode(data)
    except UndecodableError as error:
        raise UnreadableFileError(
            path, f"không phải văn bản Markdown ({error})", "Lưu lại với mã hoá UTF-8"
        ) from error
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = numbered(_blocks(_body(text).split("\n")))
    return Extract(
        blocks,
        "Markdown (.md)",
        wrapped=not _is_line_a_paragraph(blocks),
        encoding=decoded.encoding,
        confidence=decoded.confidence,
    )


def _is_line_a_paragraph(blocks: tuple[Block, ...]) -> bool:
    """Whether lines are paragraphs, with or without blank lines between: some are longer than any page's."""
    lengths = [len(block.text) for block in blocks if block.text and block.table is None]
    return sum(length > _LONGEST_LINE for length in lengths) > _FEW * len(lengths)


def _body(text: str) -> str:
    front = _FRONT_MATTER.match(text)
    text = text[front.end() :] if front else text.removeprefix("\ufeff")
    return _without_comments(text)


def _without_comments(text: str) -> str:
    first, *parts = text.split("<!--")
    ends = (part.partition("-->") for part in parts)
    return first + "".join(after if closed else inside for inside, closed, after in ends)


def _blocks(lines: list[str]) -> Iterator[Block]:
    held: list[str] = []  # the lines of the paragraph that is open
    tables = position = 0
    while position < len(lines):
        end = bar_table_end(lines, position) if not held else position
        rows: Rows = [[_cell(cell) for cell in row] for row in bar_rows(lines[position:end])]
        if end == position:
            end = pipe_table_end(lines, position)
            rows = [[_cell([cell]) for cell in row] for row in pipe_rows(lines[position:end])]
        if end > position:
            yield from _paragraph(held)
            held = []
            tables += 1
            yield from _table(rows, tables)
            position = end
            continue
        line = lines[position]
        position += 1
        if not line.strip() or _HEADING.match(line) or _FENCE.match(line):
            yield from _paragraph(held)
            held = []
            if _HEADING.match(line):
                yield from _paragraph([_HEADING.sub("", line, count=1).rstrip().rstrip("#")])
        elif not _DEFINITION.fullmatch(line):
            held.append(_plain_start(line))
    yield from _paragraph(held)


def _paragraph(lines: list[str]) -> Iterator[Block]:
    """The lines, and a blank one behind."""
    if lines:
        yield from map(Block, without_marks(lines))
        yield _BLANK


def _plain_start(line: str) -> str:
    """A line without marks of quotes and lists; "- a) …" is how converters write "a) …"."""
    line = _QUOTED.sub("", line, count=1)
    return _BULLET.sub(r"\1- ", _OWN_MARK.sub(r"\1", line, count=1), count=1)


def _cell(lines: list[str]) -> TableCell:
    # The rule and the asterisk below the name of an office are lines of their own.
    return TableCell(
        tuple(Block(text) for line in without_marks(lines, in_cell=True) if (text := line.strip()))
    )


def _table(rows: Rows, number: int) -> Iterator[Block]:
    if not is_layout(rows):
        yield from table_blocks(rows, number)
        return
    for row in rows:
        for cell in row:
            yield from cell.blocks
            yield _BLANK
