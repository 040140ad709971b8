"""Which paragraphs stand inside a quotation: the replacement text of an amending law.

Only a quotation mark at the start of a paragraph, or after a colon, may stay open into the next paragraph,
and only where it is closed again not far below: a forgotten ” must not hide half a document.
"""

import re

from ingest.markers import article

_LONGEST = 40  # paragraphs
_MARK = re.compile("[“”]")
_LESS_THAN_ARTICLE = re.compile(r"(?:^|:\s?)[“\"](?:\d{1,3}[a-zđ]?\.|[a-zđ]\)|[-+])")
_STRAIGHT_START = re.compile(r'(?:^|:\s?)"(?=\S)')
_STRAIGHT_END = re.compile(r'"[\s.;,)]*$')


def quoted(paragraphs: list[str]) -> list[bool]:
    """Whether each paragraph begins inside, or with, a quotation."""
    inside = [text.startswith(("“", '"')) for text in paragraphs]
    position = 0
    while position < len(paragraphs):
        last = _last_paragraph(paragraphs, position)
        inside[position + 1 : last + 1] = [True] * (last - position)
        position = max(last, position + 1)
    return inside


def _last_paragraph(paragraphs: list[str], first: int) -> int:
    """Where the quotation that paragraph `first` leaves open ends; `first` itself where it leaves none."""
    depth = _depth_after(paragraphs[first], 0)
    if depth == 0:
        return first
    quotes_less = _LESS_THAN_ARTICLE.search(paragraphs[first]) is not None
    for position in range(first + 1, min(first + _LONGEST + 1, len(paragraphs))):
        if quotes_less and article(paragraphs[position]):
            return position - 1  # the ” was forgotten: no khoản holds a Điều
        depth = _depth_after(paragraphs[position], depth)
        if depth == 0:
            return position
    return first


def _depth_after(paragraph: str, depth: int) -> int:
    """How many quotations are open after a paragraph, when `depth` are open before it."""
    own: list[bool] = []  # for each “ of this paragraph that is still open: may it stay so?
    for mark in _MARK.finditer(paragraph):
        if mark.group() == "“":
            own.append(_may_stay_open(paragraph, mark.start()))
        elif own:
            own.pop()
        else:
            depth = max(0, depth - 1)
    return max(0, depth + sum(own) + _straight(paragraph, depth))


def _may_stay_open(paragraph: str, mark: int) -> bool:
    return mark == 0 or paragraph[max(0, mark - 2) : mark].rstrip().endswith(":")


def _straight(paragraph: str, depth: int) -> int:
    """What the marks " of a paragraph add; they look alike, so only an odd number says anything."""
    if paragraph.count('"') % 2 == 0:
        return 0
    if depth and _STRAIGHT_END.search(paragraph):
        return -1
    return 1 if _STRAIGHT_START.search(paragraph) else 0
