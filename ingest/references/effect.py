"""From when a text is in force, where it says so itself: "có hiệu lực kể từ ngày 01 tháng 7 năm 2020"."""

import re
from collections.abc import Iterable

from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.references import DATE, LONG_DATE, folded, issued_in

_FROM = rf"(?:ke )?tu ngay (?:(?P<signed>ky|ban hanh|thong qua)\b|{DATE}|{LONG_DATE})"
_IN_FORCE = re.compile(rf"\bnay co hieu luc(?: thi hanh)?,? {_FROM}")
_SINCE = re.compile(_FROM)
_ZONES = frozenset({Zone.BODY, Zone.CLOSING})


def effective_date(document: Document, passages: Iterable[Passage]) -> str | None:
    """ISO 8601, None where the text does not say; "kể từ ngày ký" is the date of issue."""
    if document.effective_on:
        return document.effective_on
    for passage in passages:
        if passage.zone in _ZONES and "hiệu lực" in passage.text:
            match = _IN_FORCE.search(folded(passage.text))
            if match:
                return _date(match, document)
    return None


def since(text: str, document: Document) -> str | None:
    """The first day named by "từ ngày …" in a few words; None when none is."""
    match = _SINCE.search(folded(text))
    return _date(match, document) if match else None


def _date(match: re.Match[str], document: Document) -> str | None:
    if match["signed"]:
        return document.issued_on
    return issued_in(match.groupdict() | {"only_year": ""}) or None
