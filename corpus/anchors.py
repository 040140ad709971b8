"""Addresses of paragraphs inside a document, for permalinks: `dieu-2-khoan-4-doan-2`.

Derived from the place of a passage as it is cited, its headings' numbers and its ordinal, never from offsets
or wording, so that a corrected word elsewhere leaves every link as it was. ASCII letters, digits and hyphens;
`_2` at the end of those that two passages of one document would share. Does not know web addresses.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.passage import Passage, Zone
from corpus.text import strip_diacritics

_LONGEST = 120  # of the place; a Kế hoạch that is attached may be numbered by a whole line
_COUNTED = re.compile(r"đoạn \d+|lời dẫn")
_ROW = re.compile(r"(?:bảng \d+|dòng \d+|dòng đầu bảng)")
_WORD = re.compile(r"[^\W_]+")


def anchor(passage: Passage) -> str:
    """The anchor by the passage alone: `dieu-2-khoan-4-doan-2`, `phu-luc-i-muc-ii-1-a-dong-3`.

    Unlike the cited place it always ends in the count: a second paragraph added later moves no link to the
    first. Numbers of documents are unique in practice; `anchors` tells the rest apart.
    """
    place, rows = _steps(passage)
    if rows:
        last = [_slug(step) for step in rows]
        # Without the ordinal two tables' rows, or the heads of a table over two pages, would be one.
        last += [str(passage.ordinal)] if rows[-1] == "dòng đầu bảng" and passage.ordinal > 1 else []
    elif passage.zone is Zone.HEADING:
        last = ["de-muc", *([str(passage.ordinal)] if passage.ordinal > 1 else [])]
    else:
        last = ["doan", str(passage.ordinal)]
    return "-".join(part for part in (place, *last) if part)


def place_anchor(passage: Passage) -> str:
    """The anchor of the place that the passage is in: `dieu-2-khoan-4`, `phan-dau-van-ban`."""
    return _steps(passage)[0]


def anchors(passages: Sequence[Passage]) -> list[str]:
    """The anchors of all passages of a document, in order, no two alike: the second gets `_2`, and so on."""
    seen: Counter[str] = Counter()
    found = []
    for passage in passages:
        name = anchor(passage)
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def _steps(passage: Passage) -> tuple[str, list[str]]:
    """The place without the count of paragraphs, and the steps to a row of a table."""
    # A zone's name may hold a comma: "Nơi nhận, chữ ký".
    zone = passage.zone.value if passage.location.startswith(passage.zone.value) else ""
    steps = [step for step in passage.location.removeprefix(zone).split(", ") if step]
    rows: list[str] = []
    while steps and _ROW.fullmatch(steps[-1]):
        rows.insert(0, steps.pop())
    if not rows and steps and _COUNTED.fullmatch(steps[-1]):
        steps.pop()
    return _shortened("-".join(filter(None, map(_slug, [zone, *steps])))), rows


@lru_cache(maxsize=4096)  # steps recur: the page of a 400-page law took 2.1 s, now 0.4
def _slug(step: str) -> str:
    """ "mục II.1.a" as "muc-ii-1-a"; điểm đ is "dd", because điểm d is beside it."""
    return "-".join(_plain(step))


def _plain(step: str) -> Iterable[str]:
    for word in _WORD.findall(step.lower()):
        plain = "dd" + word[1:] if re.fullmatch(r"đ\d*", word) else strip_diacritics(word)
        if ascii_only := re.sub(r"[^a-z0-9]", "", plain):
            yield ascii_only


def _shortened(name: str) -> str:
    return name[:_LONGEST].rstrip("-")
