"""The line of a letterhead that says where and when a text was issued: "Hà Nội, ngày 19 tháng 6 năm 2015".

Reads lines of a letterhead only. Dates of arrival stamps, digital signatures and gazettes stand there as well
and are not the date of issue. A blank that nobody has filled in ("ngày   tháng 6 năm 2026") stays unknown.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

GAP = r"[\s.…_]{0,12}"  # "ngày …25..tháng 01", "ngày12 tháng 11năm 2025"
LONG_DATE = (
    rf"(?P<day>\d{{1,2}}){GAP}tháng{GAP}(?P<month>\d{{1,2}}){GAP}năm{GAP}(?P<year>(?:19|20)\d\d)(?!\d)"
)
SHORT_DATE = r"(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>(?:19|20)\d\d)(?!\d)"
_DATE = re.compile(rf"\bngày{GAP}(?:{LONG_DATE}|{SHORT_DATE})", re.IGNORECASE)
_FIGURES = re.compile(SHORT_DATE)
_BLANK = re.compile(rf"\bngày{GAP}\d{{0,2}}{GAP}tháng{GAP}\d{{0,2}}{GAP}năm", re.IGNORECASE)
_OTHER_DATE = re.compile(
    r"ĐẾN\b|Đến ngày|[Nn]gày (?:đến|ký|hiệu lực|công báo|đăng|cập nhật)|Ký ngày|Thời gian|Người ký|Giờ|"
    r"CÔNG BÁO|Công báo|[Kk]èm theo|^\("
)
_CLASSES = frozenset({"phố", "tỉnh", "xã", "huyện", "quận", "phường", "trấn", "khu", "-", "–"})
_MOST_WORDS = 8  # "Thành phố Phan Rang - Tháp Chàm"
_LONGEST = 1_000  # characters; a longer line is no letterhead


def printed_date(lines: Iterable[str]) -> tuple[str | None, str | None]:
    """Date (ISO 8601) and place of issue, each None where it is not printed.

    A date beside a place is preferred to one that stands alone.
    """
    short = [line[:_LONGEST] for line in lines]
    kept = [line for line in short if not _OTHER_DATE.search(line)]
    alone: str | None = None
    for line in (*kept, *_joined(kept)):
        match = _DATE.search(line) or _BLANK.search(line)
        if match is None:
            continue
        place = _place(line[: match.start()])
        if place:
            return iso_date(match), place
        # In figures alone it may be any date: "Ngày 04/01/2021" is that of an arrival stamp.
        if alone is None and match.start() == 0 and match.groupdict().get("year"):
            alone = iso_date(match)
    return alone, None


def iso_date(match: re.Match[str]) -> str | None:
    """The date among the groups of a match, ISO 8601; None for blanks and for slips of the pen."""
    parts = match.groupdict()
    year, month, day = (parts.get(name) or parts.get(f"{name}2") for name in ("year", "month", "day"))
    if not (year and month and day):
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # "31 tháng 2", "21/21/2023"
        return None


def date_at_start(text: str) -> tuple[str | None, str]:
    """The date that words begin with ("ngày 25 tháng 6 năm 2004 về việc …"), if any, and the rest."""
    match = _DATE.match(text[:_LONGEST])
    return (iso_date(match), text[match.end() :].strip(" .,:")) if match else (None, text)


def in_figures(value: str) -> str | None:
    """ISO 8601 for a value such as "28/11/2025"; None for anything else."""
    match = _FIGURES.fullmatch(value.strip())
    return iso_date(match) if match else None


def is_place_and_date(line: str) -> bool:
    """Whether a line says nothing but where and when the text was issued."""
    match = _DATE.search(line[:_LONGEST]) or _BLANK.search(line[:_LONGEST])
    if match is None or line[match.end() :].strip(" .)"):
        return False
    before = line[: match.start()].strip(" ,(")
    return _place(line[: match.start()]) == before if before else True


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines with the next one: exports break "Bắc Giang, ngày" from "01 tháng 4 năm 2024"."""
    return (f"{line} {following}" for line, following in pairwise(lines))


def _place(before: str) -> str | None:
    """The name that ends right before "ngày": words with a capital, and what sort of place it is."""
    words: list[str] = []
    for word in reversed(before.rstrip(" ,").split(" ")[-_MOST_WORDS:]):
        ends = any(char.isdigit() or char in "/:;|)" for char in word) or word.endswith(",")
        if not word or ends or not (word[0].isupper() or word in _CLASSES):
            break
        if words and word.isupper() != words[-1].isupper() and "." not in word and len(word) > 1:
            break  # "VIỆT NAM Hà Nội"
        words.append(word)
    while words and not words[-1][0].isupper():
        words.pop()
    return " ".join(reversed(words)) or None
