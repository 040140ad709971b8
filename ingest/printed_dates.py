"""Dates that a text prints: of its letterhead, and the day from which it is in force.

Reads one line at a time and gives ISO 8601. A day that does not exist, or that is left blank, is `None`.
Stamps of arrival ("ĐẾN Ngày: …") and digital signatures ("Thời gian ký") are not the date of a text.
"""

import re
from collections.abc import Iterable
from datetime import date

from ingest.capitals import UPPER

_WORDS = r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*((?:19|20)\d\d)"
_FIGURES = r"ngày\s*(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)"
_WRITTEN_OUT = re.compile(_WORDS, re.IGNORECASE)
# In figures only behind a place: "ĐẾN Ngày: 04/01/2021" is a stamp.
_IN_FIGURES = re.compile(rf"[^\W\d_], ?{_FIGURES}")
_PLACE = re.compile(rf"^(?:[-–*_]\s*)?([{UPPER}][^,;:\d]{{1,40}}?),?\s*ngày\b(?=[\s\d.…_/]*tháng|\s*\d)")
_OTHER_DATE = re.compile(r"Thời gian ký|Ký ngày|Ngày ký|ĐẾN\b|kèm theo|^\(|CÔNG BÁO")
_SUBJECT = re.compile(r"\bV/[vV]\b.*")
_GENRES = (
    r"(?:Nghị quyết|Quyết định|Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư|Chỉ thị|Quy định|Quy chế|Kết luận|"
    r"Hướng dẫn|Kế hoạch|Điều lệ|Văn bản)(?: liên tịch)?"
)
_IN_FORCE = re.compile(
    rf"\b{_GENRES}(?: này)?(?: được [^.;]{{0,120}}?)?,?(?: và)?(?: bắt đầu)? có hiệu lực(?: thi hành)?,?"
    rf"(?: kể)? từ (?:{_WORDS}|{_FIGURES}|ngày (ký|ban hành))"
)
_SAID = "có hiệu lực"


def printed_date(head: Iterable[str]) -> tuple[str | None, str | None]:
    """Date and place of the letterhead: "Hà Nội, ngày 05 tháng 3 năm 2020"."""
    place: str | None = None
    for raw in head:
        line = _SUBJECT.sub("", raw)
        if _OTHER_DATE.search(line):
            continue
        where = _PLACE.match(line)
        place = place or (where.group(1).strip() if where else None)
        if match := _WRITTEN_OUT.search(line) or _IN_FIGURES.search(line):
            return _iso(match.groups()), place
    return None, place


def in_force_from(paragraphs: Iterable[str], issued_on: str | None) -> str | None:
    """The day from which a text says that it is in force; "từ ngày ký" is the day it was issued."""
    for text in paragraphs:
        match = _IN_FORCE.search(text) if _SAID in text else None
        if match is None:
            continue
        *figures, signed = match.groups()
        return issued_on if signed else _iso([figure for figure in figures if figure])
    return None


def in_figures(text: str) -> str | None:
    """A date that is nothing but figures: "28/11/2025"."""
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text.strip())
    return _iso(match.groups()) if match else None


def _iso(groups: Iterable[str]) -> str | None:
    day, month, year = (int(group) for group in groups)
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # "31 tháng 2" is a slip of the pen
        return None
