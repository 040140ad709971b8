"""Questions asked as of a day: "tại thời điểm 01/5/2019", "theo quy định trước ngày 1/7/2020".

Reads the day and takes its words out of the question, so that they are not searched for. A deadline ("trước
ngày 30/6 phải xong việc gì?") is no such day: "thời điểm" or a word for the law has to stand before it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.document import Document
from corpus.references import DATE, LONG_DATE, folded, issued_in, shown_day
from ingest.references.known import time_of

_DAY = (
    rf"(?:ngay )?(?:{DATE}|{LONG_DATE}|(?:thang )?(?P<month3>\d{{1,2}})[/-](?P<year3>\d{{4}})"
    r"|(?:cuoi )?nam (?P<year4>\d{4}))(?!\d)"
)
_LAW = (
    r"(?:theo |ap dung )?(?:cac )?(?:quy dinh|phap luat|van ban|luat)"
    r"(?: cu| phap luat| ap dung| (?:co|con|dang) hieu luc)*"
)
# The first that matches counts; the flag says whether the day itself is left out ("trước ngày").
_PATTERNS = (
    (re.compile(rf"\b{_LAW} truoc {_DAY}"), True),
    (re.compile(rf"\b(?:{_LAW} )?(?:(?:tai|vao|o|tinh den|luc) )?thoi diem {_DAY}"), False),
    (re.compile(rf"\b{_LAW} (?:tai|vao|o|tinh den) {_DAY}"), False),
    (re.compile(r"\bas of (?P<iso>\d{4}-\d\d-\d\d)"), False),
    (re.compile(rf"\bas of {DATE}"), False),
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """`day` (ISO 8601) as of which is asked, and the rest of the question, its offsets lost."""

    day: str
    rest: str

    @property
    def shown(self) -> str:
        """The day as it is written in Vietnamese: 01/5/2019."""
        return shown_day(self.day)

    def excludes(self, document: Document) -> bool:
        """Whether a document was issued only later; one of unknown date is not left out."""
        time = time_of(document)
        return bool(time) and time > self.day[: len(time)]


def as_of(question: str) -> AsOf | None:
    """The day that a question names, with the question without it; None when it names none."""
    plain = folded(question)
    for pattern, is_before in _PATTERNS:
        if match := pattern.search(plain):
            day = _day(match.groupdict())
            rest = f"{question[: match.start()]} {question[match.end() :]}"
            rest = re.sub(r"\s+([,;?.!])", r"\1", " ".join(rest.split())).strip(" ,;")
            if day is None or not re.search(r"\w", rest):
                return None
            return AsOf((day - timedelta(days=1) if is_before else day).isoformat(), rest)
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    """A month or a year means its last day."""
    try:
        if iso := parts.get("iso"):
            return date.fromisoformat(iso)
        if parts.get("month3"):
            year, month = int(parts["year3"] or 0), int(parts["month3"] or 0)
            return date(year, month, monthrange(year, month)[1])
        if parts.get("year4"):
            return date(int(parts["year4"] or 0), 12, 31)
        found = issued_in({key: parts.get(key) for key in _GROUPS})
        return date.fromisoformat(found)
    except (ValueError, OverflowError):  # "31/02/2019": no day, so nothing to answer as of
        return None


_GROUPS = ("day", "month", "year", "day2", "month2", "year2", "only_year")
