"""Tables of Markdown: pipe tables of a line a row, and those of portals with a line a bar.

The latter put "|" on a line of its own before, between and behind the cells of a row, whose texts run over
several lines. An empty cell is written as the border between two rows is. Does not take marks away.
"""

import re
from collections.abc import Iterator, Sequence

_BAR = re.compile(r"\s*\|\s*")
_ROW = re.compile(r"\s{0,3}\|.*\S.*")
_SEPARATOR = re.compile(r"\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ESCAPED = "\ue07c"  # "\\|" while a row is split; as in markdown_marks


def pipe_table_end(lines: Sequence[str], start: int) -> int:
    """Where the pipe table that begins at line `start` ends; `start` where there is none."""
    end = start
    if _BAR.fullmatch(lines[start]):
        return start
    headed = (
        start + 1 < len(lines) and "|" in lines[start + 1] and bool(_SEPARATOR.fullmatch(lines[start + 1]))
    )
    while end < len(lines) and lines[end].strip() and _is_row(lines[end], headed):
        end += 1
    return end


def _is_row(line: str, headed: bool) -> bool:
    if _BAR.fullmatch(line):
        return False
    return "|" in line if headed else bool(_ROW.fullmatch(line)) and line.rstrip().endswith("|")


def pipe_rows(lines: Sequence[str]) -> list[list[str]]:
    """The cells of a pipe table; the line under its head is left out."""
    rows = []
    for line in lines:
        if "-" in line and _SEPARATOR.fullmatch(line):
            continue
        text = line.replace("\\|", _ESCAPED).strip().removeprefix("|").removesuffix("|")
        rows.append([cell.strip().replace(_ESCAPED, "|") for cell in text.split("|")])
    return rows


def bar_table_end(lines: Sequence[str], start: int) -> int:
    """Where the table with a line a bar that begins at `start` ends; `start` where there is none."""
    if not _BAR.fullmatch(lines[start]):
        return start
    last = start
    for index in range(start + 1, len(lines)):
        if _BAR.fullmatch(lines[index]):
            last = index
            if index + 1 == len(lines) or not lines[index + 1].strip():
                return index + 1
    return last + 1 if last > start else start


def bar_rows(lines: Sequence[str]) -> list[list[list[str]]]:
    """The cells of such a table, each with its lines."""
    segments: list[list[str]] = []
    for line in lines:
        if _BAR.fullmatch(line):
            segments.append([])
        elif segments:
            segments[-1].append(line)
    return list(_rows(segments[:-1]))


def _rows(segments: list[list[str]]) -> Iterator[list[list[str]]]:
    filled = [any(line.strip() for line in segment) for segment in segments]
    width = next((index for index, full in enumerate(filled) if not full), len(segments))
    step = width + 1
    borders = range(width, len(segments), step)
    # As wide as the head throughout: then empty cells keep their place.
    if width > 1 and (len(segments) + 1) % step == 0 and not any(filled[place] for place in borders):
        for begin in range(0, len(segments), step):
            yield segments[begin : begin + width]
        return
    row: list[list[str]] = []
    for segment, full in zip(segments, filled, strict=True):
        if full:
            row.append(segment)
        elif row:
            yield row
            row = []
    if row:
        yield row
