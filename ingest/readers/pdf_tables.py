"""Tables with ruling lines: which words stand in which cell.

Borderless tables are not known: they are read as lines. A cell that is merged downwards counts to its first
row, one merged sideways to its first column; empty cells stay as empty ones so that columns keep their place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf_chars import Placed
from ingest.readers.pdf_lines import rows_of
from ingest.readers.pdf_shapes import Rule

_TOUCH = 2.5  # points between lines that meet; Word leaves 0.5 at most, scanners' software up to 2
_MIN_VERTICALS = 3  # two columns; a frame around a text is no table
_MIN_HORIZONTALS = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table, and its edges in points."""

    verticals: tuple[Rule, ...]
    horizontals: tuple[Rule, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        downs, acrosses = self.verticals, self.horizontals
        return (
            min(*(rule.at for rule in downs), *(rule.start for rule in acrosses)),
            min(*(rule.at for rule in acrosses), *(rule.start for rule in downs)),
            max(*(rule.at for rule in downs), *(rule.end for rule in acrosses)),
            max(*(rule.at for rule in acrosses), *(rule.end for rule in downs)),
        )

    def holds(self, word: Placed) -> bool:
        """Whether the middle of a word lies in the table."""
        left, top, right, bottom = self.box
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return left - _TOUCH <= x <= right + _TOUCH and top <= y <= bottom

    def columns(self) -> tuple[float, ...]:
        """Where the vertical lines are."""
        return tuple(sorted(rule.at for rule in self.verticals))


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page, from the top down."""
    lines = _merged(rule for rule in rules if rule.horizontal) + _merged(r for r in rules if not r.horizontal)
    grids = []
    for group in _touching(lines):
        verticals = tuple(sorted((r for r in group if not r.horizontal), key=lambda rule: rule.at))
        horizontals = tuple(sorted((r for r in group if r.horizontal), key=lambda rule: rule.at))
        if len({round(r.at) for r in verticals}) >= _MIN_VERTICALS and len(horizontals) >= _MIN_HORIZONTALS:
            grids.append(Grid(verticals, horizontals))
    return sorted(grids, key=lambda grid: grid.box[1])


def rows_in(grid: Grid, words: Iterable[Placed]) -> list[list[str]]:
    """The cells' texts by row; rows without a word are left out."""
    cells: dict[tuple[float, float], list[Placed]] = {}
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        top = max((r.at for r in grid.horizontals if _covers(r, x) and r.at <= y), default=grid.box[1])
        left = max((r.at for r in grid.verticals if _covers(r, y) and r.at <= x), default=grid.box[0])
        cells.setdefault((top, left), []).append(word)
    rows: list[dict[float, str]] = []
    edges = _distinct([grid.box[1], *(rule.at for rule in grid.horizontals)])
    tops = []
    for top, bottom in pairwise([*edges, edges[-1] + _TOUCH]):
        inside = {left: text for (at, left), text in cells.items() if top - _TOUCH < at < top + _TOUCH}
        if not inside:
            continue
        middle = (top + bottom) / 2
        lefts = {rule.at for rule in grid.verticals if _covers(rule, middle)} | set(inside)
        rows.append({left: _text(inside, left) for left in _distinct(lefts)})
        tops.append(top)
    if len(rows) > 1 and _is_second_header(grid, rows[1], tops[1]):
        rows[:2] = [_one_header(*rows[:2])]
    return [_without_border(list(row.values())) for row in rows]


def _is_second_header(grid: Grid, row: dict[float, str], top: float) -> bool:
    """Whether no line stands above the row's first cell: it is a part of the header's first one."""
    first, second = [*row, grid.box[2]][:2]
    return not row[first] and not any(
        _covers(rule, (first + second) / 2) and abs(rule.at - top) < _TOUCH for rule in grid.horizontals
    )


def _one_header(upper: dict[float, str], lower: dict[float, str]) -> dict[float, str]:
    """Both rows of a header in one, so that every column has its name and no word is said twice."""
    header = dict(lower)
    for left, text in upper.items():
        at = min(header, key=lambda other: abs(other - left))
        header[at] = f"{text} {header[at]}".strip()
    return header


def _without_border(row: list[str]) -> list[str]:
    return row[:-1] if row[-1] == "" else row  # the right border opens no cell


def _text(cells: dict[float, list[Placed]], left: float) -> str:
    words = [word for at, inside in cells.items() if left <= at < left + _TOUCH for word in inside]
    return " ".join(row.text for row in rows_of(words))


def _covers(rule: Rule, at: float) -> bool:
    return rule.start - _TOUCH <= at <= rule.end + _TOUCH


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] >= _TOUCH:
            kept.append(value)
    return kept


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line joined: Word draws the border of every cell on its own."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        last = merged[-1] if merged else None
        if last and abs(last.at - rule.at) < _TOUCH and rule.start <= last.end + _TOUCH:
            merged[-1] = Rule(last.horizontal, last.at, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _touching(lines: list[Rule]) -> list[list[Rule]]:
    """Lines in groups that hang together where a horizontal and a vertical one meet."""
    group_of = list(range(len(lines)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    across = [index for index, line in enumerate(lines) if line.horizontal]
    down = [index for index, line in enumerate(lines) if not line.horizontal]
    for one in across:
        for other in down:
            if _covers(lines[one], lines[other].at) and _covers(lines[other], lines[one].at):
                group_of[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), []).append(line)
    return list(groups.values())
