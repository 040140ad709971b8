"""Lines of a page to paragraphs: what was broken only because the page ended is put together again.

Knows blank lines, margins, pages and words that begin a paragraph. Does not know the outline, so it cannot
say whether a number continues what stands above it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.artefacts import clean_paragraph, is_rule
from ingest.columns import side_by_side_split
from ingest.extract import Block
from ingest.line_starts import begins_paragraph, ends_sentence, goes_on, is_heading
from ingest.running_heads import without_running_heads

_INDENTED = 3  # blanks more than the margin begin a paragraph
_SHORT = 0.65  # of the width of the text: the line ended because its paragraph did
_FULL = 0.8
_LONGEST_LINE = 200  # characters; lines of pages in the test corpus have at most 142
_NARROWEST = 40
_FEW_BLANKS = 0.05  # of all lines
_LEAST_LINES = 12
_BROKEN = 0.2  # of the lines go on in small letters: 0 in texts of paragraphs, .3 to .6 in texts of lines
_LONGEST_PARAGRAPH = 20_000  # characters; joining has to stay linear whatever the file holds
_HALF_HEADINGS = ("điều", "chương", "mục", "phần")
_MARKER_ALONE = re.compile(r"(?:Điều \d{1,4}|\d{1,3}|\d{1,2}(?:\.\d{1,2})+|[IVXL]+|[a-zđ])\s?[.:)]$")
_LONGEST_MARKER = 12  # characters


@dataclass(frozen=True, slots=True)
class _Line:
    """One line. `indent` and `width` (of its right edge) in characters."""

    text: str
    indent: int
    page: int | None
    table: int | None

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How lines are set: the left margin and the right edge of full lines, in characters.

    `indents`: first lines of paragraphs are set in. `dense`: no blank lines between paragraphs.
    """

    margin: int
    width: int
    indents: bool
    dense: bool


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The paragraphs of a wrapped extract, each on the page where it begins; rows of tables as they are."""
    raw = [replace(b, text=b.text.expandtabs(8)) if "\t" in b.text else b for b in blocks]
    lines = [_line(block) for block in side_by_side_split(without_running_heads(raw))]
    setting = _setting(lines)
    paragraphs: list[Block] = []
    held: list[_Line] = []
    length = 0
    blank = False
    for line in lines:
        if not line.text or is_rule(line.text):
            blank = True
            continue
        if held and (length > _LONGEST_PARAGRAPH or _breaks(held, line, blank, setting)):
            paragraphs.append(_paragraph(held))
            held, length = [], 0
        held.append(line)
        length += len(line.text)
        blank = False
    return [*paragraphs, _paragraph(held)] if held else paragraphs


def is_hard_wrapped(blocks: Sequence[Block]) -> bool:
    """Whether the "paragraphs" of a text are in truth lines of a page."""
    lines = [text for block in blocks if block.table is None and (text := block.text.strip())]
    if len(lines) < _LEAST_LINES:
        return False
    lengths = sorted(map(len, lines))
    # A few long lines say that lines were not broken; many short ones, that they are cells of tables.
    if lengths[int(0.98 * len(lines))] > _LONGEST_LINE:
        return False
    full = _FULL * lengths[int(0.9 * len(lines))]
    pairs = pairwise(lines)
    broken = sum(
        1
        for before, line in pairs
        if line[0].islower() and len(before) >= max(full, _NARROWEST) and not ends_sentence(before)
    )
    return broken >= _BROKEN * len(lines)


def _line(block: Block) -> _Line:
    text = clean_paragraph(block.text)
    indent = len(block.text) - len(block.text.lstrip())
    if block.table is None and "  " in text:
        text = " ".join(text.split())
    return _Line(text, indent, block.page, block.table)


def _setting(lines: Sequence[_Line]) -> _Setting:
    text = [line for line in lines if line.text and line.table is None]
    if not text:
        return _Setting(0, 0, indents=False, dense=False)
    edges = sorted(line.width for line in text)
    indents = sorted(line.indent for line in text)
    margin = indents[len(indents) // 10]
    set_in = sum(1 for indent in indents if indent >= margin + _INDENTED)
    return _Setting(
        margin,
        edges[int(0.9 * (len(edges) - 1))],
        indents=set_in >= 0.05 * len(indents),
        dense=len(lines) - len(text) < _FEW_BLANKS * len(lines),
    )


def _breaks(held: Sequence[_Line], line: _Line, blank: bool, setting: _Setting) -> bool:
    """Whether `line` begins a paragraph of its own."""
    before = held[-1]
    if before.table is not None or line.table is not None:
        return True
    turned = before.page != line.page
    if _cut_in_two(held, line) and not blank:
        return False
    if blank and not turned:
        return True
    if begins_paragraph(line.text, " ".join(part.text for part in held[-3:]), before.text):
        return True
    return not _goes_overleaf(before, line, setting) if turned else _set_apart(before, line, setting)


def _cut_in_two(held: Sequence[_Line], line: _Line) -> bool:
    """ "Chương⏎I", "Điều⏎1. Phạm vi", "Điều 1.⏎Ban hành": a heading goes on with the next line."""
    first = held[0].text
    if len(held) > 1 or len(first) > _LONGEST_MARKER:
        return False
    if first.lower() in _HALF_HEADINGS:
        return line.text[0].isdigit() or not line.text.split(".")[0].strip("IVXLC")
    return bool(_MARKER_ALONE.match(first)) and not begins_paragraph(line.text, first, first)


def _goes_overleaf(before: _Line, line: _Line, setting: _Setting) -> bool:
    if goes_on(before.text) or (line.text[0].islower() and not ends_sentence(before.text)):
        return True
    if ends_sentence(before.text):
        # Full to the edge and not set in: the sentence ended, the paragraph did not.
        full = before.width >= setting.width - 2
        return setting.indents and full and line.indent <= setting.margin + 1
    return before.width >= _FULL * setting.width


def _set_apart(before: _Line, line: _Line, setting: _Setting) -> bool:
    """What margins say: a first line is set in, a last one is short."""
    if goes_on(before.text):
        return False
    set_in = setting.indents and line.indent >= setting.margin + _INDENTED
    if set_in and before.indent <= setting.margin + 1:
        return True
    short = before.width < _SHORT * setting.width and not line.text[0].islower()
    if short and (set_in or (setting.dense and is_heading(before.text))):
        return True
    return ends_sentence(before.text) and (set_in or (short and setting.dense))


def _paragraph(lines: Sequence[_Line]) -> Block:
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        parts.append("" if _one_word(before.text, line.text) else " ")
        parts.append(line.text)
    return Block("".join(parts), lines[0].page, lines[0].table)


def _one_word(before: str, line: str) -> bool:
    """Whether a number or a compound was broken: "163/2025/QĐ-⏎CTUBND", "số 24⏎/NQ-HĐND"."""
    if before[-1] in "-–/" and before[-2:-1].isalnum() and line[0].isalnum():
        return True
    return line[0] in "/-–" and line[1:2].isupper() and (before[-1].isdigit() or before[-1].isupper())
