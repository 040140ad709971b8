"""Numbers and codes of a recognised page that may have been misread.

A wrong letter shows; a wrong digit does not ("147/2017" read as "47/2017", "ngày 1l"). So numbers are
doubted on any evidence: low confidence, letters among digits, a date without its month. The số ký hiệu in the
letterhead is written by hand in many offices and is doubted unless everything speaks for it.
Never changes what was read.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extract import Word
from ingest.readers.ocr_page import OcrPage

# Of 141 misread numbers on 36 degraded pages, 86 % are below this or have letters among the digits; so are
# 17 % of 960 numbers that were read right.
_SURE = 0.90
_SURE_HEADER = 0.95
_HEADER_LINES = 14  # the number stands in the letterhead
_HEADER = re.compile(r"^\W*(?:Luật |Nghị quyết |Pháp lệnh )?S[ốôóồổỗộoõỏ]\s*[:;.,]", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:Luật |Nghị quyết |Pháp lệnh )?S\w\s*[:;.,]*\s*", re.IGNORECASE)
_ALIKE = r"lIOoóớÓJ|\]\[!?Ììí#_§ŠØ⁄"
_LOOKS_LIKE_DIGITS = re.compile(rf"\d[{_ALIKE}]|[{_ALIKE}]\d")
_BEFORE_NUMBER = frozenset({"ngày", "tháng", "năm", "số", "điều", "khoản"})
_NO_NUMBER = re.compile(rf"[{_ALIKE}]{{1,2}}[.,;:]?")
_HANDWRITTEN = (0.75, 1.35)  # typed digits have the height of their line's capitals
_TYPED_GAP = 0.6  # of the height: typed codes have no wider blank in them


def header_number(page: OcrPage) -> str:
    """The code after "Số:" in the letterhead as recognised; "" where there is none."""
    line = _header_line(page)
    return _LABEL.sub("", " ".join(word.text for word in line)).strip(" _-.") if line else ""


def header_is_sure(page: OcrPage) -> bool:
    """Whether the number in the letterhead is typed and read without doubt."""
    line = _header_line(page)
    if not line or not _is_number(header_number(page)):
        return False
    if any(word.confidence < _SURE_HEADER or _LOOKS_LIKE_DIGITS.search(word.text) for word in line):
        return False
    heights = sorted(word.box[3] - word.box[1] for word in line)
    usual = heights[len(heights) // 2]
    low, high = _HANDWRITTEN
    same_height = all(low * usual <= height <= high * usual for height in heights)
    # Boxes are shares of the page: across they are as much longer as the page is higher than wide.
    shape = page.layout.width / max(page.layout.height, 1.0)
    gaps = [(right.box[0] - left.box[2]) * shape for left, right in pairwise(line)]
    return same_height and all(gap <= _TYPED_GAP * usual for gap in gaps)


def doubtful_numbers(page: OcrPage) -> tuple[str, ...]:
    """Numbers and codes of the page that are not sure, dates with their word, in reading order."""
    return tuple(dict.fromkeys(text for line in page.lines for text in _doubts(line)))


def _header_line(page: OcrPage) -> tuple[Word, ...]:
    lines = (line for line in page.lines[:_HEADER_LINES] if _HEADER.match(" ".join(w.text for w in line)))
    return next(lines, ())


def _doubts(line: Sequence[Word]) -> Iterator[str]:
    for before, word, after in zip((None, *line), line, (*line[1:], None), strict=False):
        said = before.text.lower().strip(".,;:(") if before else ""
        context = f"{before.text} " if before and said in _BEFORE_NUMBER else ""
        if _is_number(word.text):
            if word.confidence < _SURE or _LOOKS_LIKE_DIGITS.search(word.text):
                yield context + word.text
        elif context and _NO_NUMBER.fullmatch(word.text):
            yield context + word.text
        elif said == "tháng" and word.text == "năm" and after and _is_number(after.text):
            yield f"{context}{word.text} {after.text}"


def _is_number(text: str) -> bool:
    return any(char.isdigit() for char in text)
