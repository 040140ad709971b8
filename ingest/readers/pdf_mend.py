"""A text layer with holes, mended from the recognition of the same page.

Only what is damaged is replaced: headings that lost letters, words with characters the file does not name.
All else stays as the file has it, because recognition misreads one character in fifty.
"""

from ingest.readers.ocr_page import OcrPage
from ingest.readers.pdf_chars import UNMAPPED, Page, Placed
from ingest.readers.pdf_damage import lost_letters
from ingest.readers.pdf_lines import Line, rows_of


def mended(page: Page, recognised: OcrPage) -> Page:
    """The page with its damaged lines and words as recognised."""
    words: list[Placed] = []
    sound = [word for word in page.words if UNMAPPED not in word.text]
    free = [other for other in recognised.layout.words if not any(_in(other, word) for word in sound)]
    for row in rows_of(page.words):
        found = [word for word in recognised.layout.words if abs(word.base - row.base) < 0.5 * row.size]
        if any(UNMAPPED in word.text for word in row.words):
            words += _without_holes(row, free)
        elif found and (lost_letters(row) or _is_part(row.text, " ".join(word.text for word in found))):
            words += found
        else:
            words += row.words
    return page.with_words(tuple(words))


def _without_holes(row: Line, free: list[Placed]) -> list[Placed]:
    """The words of a row, those with a hole replaced by what was recognised in their place.

    `free`: recognised words where the text layer has no sound word; those used are taken out.
    """
    words: list[Placed] = []
    for word in row.words:
        inside = [other for other in free if _in(other, word)] if UNMAPPED in word.text else []
        free[:] = [other for other in free if other not in inside]
        # A hole with nothing in it is a blank that has no name; letters stay with their hole.
        rest = [word] if word.text.strip(UNMAPPED) else []
        words += [_at(other, word) for other in inside] or rest
    return words


def _in(other: Placed, word: Placed) -> bool:
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return word.left <= x <= word.right and word.top <= y <= word.bottom


def _at(word: Placed, place: Placed) -> Placed:
    return Placed(word.text, word.left, place.top, word.right, place.bottom, place.base, place.size)


def _is_part(text: str, whole: str) -> bool:
    """Whether `text` is `whole` with letters left out: "ạnh phúc" of "Hạnh phúc"."""
    letters = [char for char in text if char.isalnum()]
    more = iter(char for char in whole if char.isalnum())
    return 1 < len(letters) < sum(map(str.isalnum, whole)) and all(char in more for char in letters)
