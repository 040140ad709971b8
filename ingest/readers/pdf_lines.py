"""Words of a page to lines in reading order: two columns side by side, ends of paragraphs.

Knows geometry only. The letterhead and the closing block of an official text stand in two columns without a
ruling line: the left one is read first, then the right one, as `pdftotext` does. Other texts in columns
(newspapers) are not known; tables with ruling lines are read by pdf_tables.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf_chars import Placed

# All in font sizes, measured on 25 PDFs of provinces, ministries and Party offices.
_SAME_LINE = 0.4  # baselines of one line; stamped numbers sit up to 0.3 off
_RUN_GAP = 1.5  # a wider gap is no blank of justified text (at most 1.2)
_STRIPE = 0.9  # white stripe between two columns
_BLOCK_GAP = 4.5  # between lines of one block of columns; "Nơi nhận" keeps room for a signature
_MARGIN_ROOM = 1.0
_PARAGRAPH_GAP = 1.18  # of the usual gap: ND 30 has 6 pt between paragraphs, 16 to 22 pt between lines
_SURE_GAP = 1.6
_MARKS = (".", ";", ":", "./.", "!", "?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read. `words` are from left to right; never empty."""

    words: tuple[Placed, ...]

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right edge in points."""
        return max(word.right for word in self.words)

    @property
    def base(self) -> float:
        """Baseline in points, downwards."""
        return median(word.base for word in self.words)

    @property
    def size(self) -> float:
        """Font size in points."""
        return median(word.size for word in self.words)


def lines_of(words: Sequence[Placed]) -> list[Line]:
    """Lines from the top down, columns one after the other."""
    return [line for block in blocks_of(words) for line in block]


def blocks_of(words: Sequence[Placed]) -> list[list[Line]]:
    """As lines_of; a block is a stretch of full-width lines or one column."""
    rows = rows_of(words)
    blocks: list[list[Line]] = []
    plain: list[Line] = []
    at = 0
    while at < len(rows):
        columns, after = _columns(rows, at)
        if columns:
            blocks += [plain, *columns]
            plain, at = [], after
        else:
            plain.append(rows[at])
            at += 1
    return [block for block in [*blocks, plain] if block]


def rows_of(words: Sequence[Placed]) -> list[Line]:
    """What stands on one height is a row, whatever the gaps in it."""
    rows: list[list[Placed]] = []
    for word in sorted(words, key=lambda word: word.base):
        for row in rows[-3:]:
            if abs(word.base - row[0].base) <= _SAME_LINE * min(word.size, row[0].size) or _raised(word, row):
                row.append(word)
                break
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda word: word.left))) for row in rows]


def _raised(word: Placed, row: list[Placed]) -> bool:
    """Whether a word is a footnote mark or an index of the row: clearly smaller, and within its height."""
    larger = row[0].size > 1.25 * word.size or word.size > 1.25 * row[0].size
    return larger and abs(word.base - row[0].base) <= 0.5 * max(word.size, row[0].size)


def runs_of(row: Line) -> list[Line]:
    """A row cut at its wide gaps."""
    runs: list[list[Placed]] = [[row.words[0]]]
    right = row.words[0].right
    for word in row.words[1:]:
        if word.left - right > _RUN_GAP * max(word.size, row.size):
            runs.append([])
        runs[-1].append(word)
        right = max(right, word.right)
    return [Line(tuple(run)) for run in runs]


def _columns(rows: list[Line], start: int) -> tuple[list[list[Line]], int]:
    """The two columns that begin at a row, and the row after them; no columns: ([], start)."""
    best: tuple[list[list[Line]], int] = ([], start)
    for low, high in _gaps(rows[start]) or _staggered(rows[start : start + 2]):
        columns, after = _grow(rows, start, (low, high))
        if after > best[1]:
            best = columns, after
    return best if best[1] - start >= 2 else ([], start)


def _gaps(row: Line) -> list[tuple[float, float]]:
    runs = runs_of(row)
    return [(left.right, right.left) for left, right in itertools.pairwise(runs)]


def _staggered(rows: list[Line]) -> list[tuple[float, float]]:
    """The gap between two rows that stand beside each other, one half a line lower; [] for others."""
    if len(rows) < 2 or rows[1].base - rows[0].base > 0.9 * rows[0].size:
        return []
    left, right = sorted(rows, key=lambda row: row.left)
    return [(left.right, right.left)] if right.left - left.right > _RUN_GAP * left.size else []


def _grow(rows: list[Line], start: int, stripe: tuple[float, float]) -> tuple[list[list[Line]], int]:
    """Rows that leave a common stripe white, cut there. Both columns have two lines, or there are none."""
    low, high = stripe
    sides: list[tuple[list[Placed], list[Placed]]] = []
    size = rows[start].size
    after = start
    for row in rows[start:]:
        if sides and row.base - rows[after - 1].base > _BLOCK_GAP * size:
            break
        middle = _cut(row, low, high, _STRIPE * size)
        if middle is None:
            break
        low, high = middle
        at = (low + high) / 2
        sides.append(([w for w in row.words if w.left < at], [w for w in row.words if w.left >= at]))
        after += 1
    columns = [[Line(tuple(side[i])) for side in sides if side[i]] for i in (0, 1)]
    if min(len(column) for column in columns) < 2 and len(sides) > 2:
        return [], start
    return columns, after


def _cut(row: Line, low: float, high: float, width: float) -> tuple[float, float] | None:
    """The part of the stripe that a row leaves white; None when less than `width` points is left."""
    spans = [(run.left, run.right) for run in runs_of(row)]
    for left, right in spans:
        if right <= low or left >= high:
            continue
        # A run that reaches into the stripe from a side narrows it; one that spans it ends the columns.
        if left <= low and right < high:
            low = right
        elif left > low and right >= high:
            high = left
        else:
            return None
    return (low, high) if high - low >= width else None


def paragraph_ends(lines: Sequence[Line], margins: tuple[float, float], lost: float = 0.0) -> Iterator[bool]:
    """For every line whether a paragraph ends with it; `margins`: left and right of the text, in points.

    Evidence: a gap larger than the usual one, or room on the line for the next word. `lost`: points by which
    a line that ends without a mark may be short for another reason; recognition loses words at line ends.
    The last line of a page is never an end: its paragraph may go on overleaf.
    """
    usual = _usual_gap(lines)
    for line, after in itertools.pairwise(lines):
        marked = line.text.endswith(_MARKS)
        going_on = not marked and after.text[:1].islower()
        room = margins[0], margins[1] - (0.0 if marked else lost)
        yield _far_below(line, after, usual) or (not going_on and _ends(line, after, usual, room))
    yield from [False] * bool(lines)


def _usual_gap(lines: Sequence[Line]) -> float:
    steps = [(line.size, after.base - line.base) for line, after in itertools.pairwise(lines)]
    gaps = sorted(step for size, step in steps if step > size / 2)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _far_below(line: Line, after: Line, usual: float) -> bool:
    gap = after.base - line.base
    return gap <= 0 or gap > _SURE_GAP * max(usual, line.size)


def _ends(line: Line, after: Line, usual: float, margins: tuple[float, float]) -> bool:
    left, right = margins
    gap = after.base - line.base
    room = right - line.right
    full = room < after.words[0].right - after.words[0].left + 0.3 * line.size
    indented = after.left > left + _MARGIN_ROOM * after.size
    if full:
        return gap > _PARAGRAPH_GAP * usual and indented
    centred = abs((line.left + line.right) - (left + right)) < 2 * line.size and line.left > left + line.size
    return not centred or gap > _PARAGRAPH_GAP * usual
