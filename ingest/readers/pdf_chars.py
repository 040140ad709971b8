"""What stands on a PDF page: words with their places, ruling lines, and how much of it is a picture.

Turns the objects of pdfium into plain values in points from the upper left corner of the page as it is shown.
Does not know reading order, tables or damage. Only what lies on the page counts: text that runs over the
paper's edge is neither seen nor printed. pdfium is not thread-safe; callers hold `PDFIUM` around every call.
"""

import ctypes
import threading
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.readers.pdf_shapes import Frame, Rule, drawn

PDFIUM = threading.RLock()
UNMAPPED = "\ufffd"  # a character the file draws but does not name
_MAX_CHARS = 200_000  # the fullest real page has 6,000; a page of a million letters is an attack
_TINY = 1.0  # points: "Signature Not Verified" is kept at 0.5 pt in signed files, nobody can read it
_SPACE_GAP = 0.2  # of the font size: a gap in a word that is a blank without a blank character
_GUESSED_GAP = 0.05  # where pdfium guesses a blank; it does so inside "m²/tháng", too
_SAME_PLACE = 0.3  # of the font size: the same word printed again, "16" four times in a stamped date
_BACK_STEP = 0.5  # of the font size: going left or up means another word


@dataclass(frozen=True, slots=True)
class Placed:
    """A word: box and baseline in points, y downwards. `size` is the font size in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; `width` and `height` in points.

    `picture`: share of the page that images cover, 0..1. `drawings`: how many shapes are drawn.
    `characters`: how many are read. `cut`: characters beyond the paper's edge, which were left out.
    """

    width: float
    height: float
    words: tuple[Placed, ...]
    rules: tuple[Rule, ...]
    picture: float = 0.0
    drawings: int = 0
    characters: int = 0
    cut: int = 0

    def with_words(self, words: tuple[Placed, ...]) -> "Page":
        """The same page with other words."""
        return replace(self, words=words)


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    box: tuple[float, float, float, float]
    base: float
    size: float


_GUESSED = _Char("", (0.0, 0.0, 0.0, 0.0), 0.0, 0.0)


def page_content(document: Any, index: int) -> Page:
    """The content of a page (from 0), stamped numbers and dates included. Raises what pdfium raises."""
    import pypdfium2.raw as pdfium

    page = document[index]
    try:
        # Numbers, dates and signatures are stamped as annotations in 20 of 20 provincial files: merge them.
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        frame = Frame(page.get_cropbox(), page.get_rotation())
        chars, cut = _chars(page, frame)
        if turn := _turn(chars):
            frame = Frame(frame.box, (frame.rotation + turn) % 360)
            chars, cut = _chars(page, frame)
        width, height = frame.size()
        shapes = drawn(page, frame)
        count = sum(char is not None and char is not _GUESSED for char in chars)
        words = _once(_words(chars))
        return Page(width, height, words, shapes.rules, shapes.picture, shapes.count, count, cut)
    finally:
        page.close()


def _chars(page: Any, frame: Frame) -> tuple[list[_Char | None], int]:
    """Characters in the file's order, None for every blank; and how many lie off the page."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    chars: list[_Char | None] = []
    cut = 0
    width, height = frame.size()
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    try:
        for index in range(min(text_page.count_chars(), _MAX_CHARS)):
            text = _character(pdfium.FPDFText_GetUnicode(text_page, index))
            if not text:
                made_up = pdfium.FPDFText_IsGenerated(text_page, index) == 1
                chars.append(_GUESSED if made_up else None)
                continue
            if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
                # pdfium would give the number of the glyph: "Thjnh phố" where the page shows "Thành phố".
                text = UNMAPPED
            pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
            rect = frame.rect((box.left, box.bottom, box.right, box.top))
            base = frame.point(x.value, y.value)[1]
            if not (rect[0] <= width and rect[2] >= 0 and 0 <= base <= height + 1):
                cut += 1
                chars.append(None)
                continue
            size = pdfium.FPDFText_GetFontSize(text_page, index)
            # A matrix may scale the font: the box then tells the size better than the font does.
            tall = rect[3] - rect[1]
            size = tall if not 0.5 * tall <= size <= 2 * tall else size
            chars.append(_Char(text, rect, base, size) if size > _TINY else None)
    finally:
        text_page.close()
    return chars, cut


def _turn(chars: list[_Char | None]) -> int:
    """Degrees clockwise by which the page must be turned for most of its text to run to the right."""
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for last, char in pairwise(chars):
        if last is not None and char is not None and last is not _GUESSED and char is not _GUESSED:
            across, down = char.box[0] - last.box[0], char.box[1] - last.box[1]
            if abs(across) >= abs(down):
                votes[0 if across > 0 else 180] += 1
            else:
                votes[270 if down > 0 else 90] += 1
    return max(votes, key=lambda turn: votes[turn])


def _character(code: int) -> str:
    """The character of a code; "" for blanks, controls, noncharacters and lone surrogates."""
    # U+FFFE is how pdfium reports a hyphen at a line end; U+00AD is ư in files in TCVN3.
    if code in (0xFFFE, 0x02):
        return "-"
    if not 0x20 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    text = chr(code)
    return "" if text.isspace() or text in "\u200b\ufeff" or unicodedata.category(text) == "Cc" else text


def _words(chars: list[_Char | None]) -> list[Placed]:
    words: list[Placed] = []
    run: list[_Char] = []
    gap_for_word = _SPACE_GAP
    for char in [*chars, None]:
        if char is _GUESSED:
            gap_for_word = _GUESSED_GAP
            continue
        if run and (char is None or not _continues(run[-1], char, gap_for_word)):
            words.append(_word(run))
            run = []
        if char is not None:
            run.append(char)
        gap_for_word = _SPACE_GAP
    return words


def _once(words: list[Placed]) -> tuple[Placed, ...]:
    """Words without those printed on top of themselves: bold by hand, numbers stamped several times."""
    kept: list[Placed] = []
    same: dict[str, list[Placed]] = {}
    for word in words:
        others = same.setdefault(word.text, [])
        near = _SAME_PLACE * word.size
        if not any(abs(o.left - word.left) < near and abs(o.base - word.base) < near for o in others):
            others.append(word)
            kept.append(word)
    return tuple(kept)


def _continues(last: _Char, char: _Char, gap_for_word: float) -> bool:
    size = max(last.size, char.size)
    gap = char.box[0] - last.box[2]
    if unicodedata.combining(char.text):
        return abs(gap) < size and abs(char.base - last.base) < size
    # A raised digit ("kg/m³" set small) is half a font size up at most; the next line is a whole one down.
    return -_BACK_STEP * size < gap < gap_for_word * size and abs(char.base - last.base) < 0.5 * size


def _word(run: list[_Char]) -> Placed:
    first = max(run, key=lambda char: char.size)
    return Placed(
        "".join(char.text for char in run),
        min(char.box[0] for char in run),
        min(char.box[1] for char in run),
        max(char.box[2] for char in run),
        max(char.box[3] for char in run),
        first.base,
        first.size,
    )
