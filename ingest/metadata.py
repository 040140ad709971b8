"""What an official text says about itself: genre, number, issuer, place, date, trích yếu, signer, effect.

Reads only letterhead, title, signature and the clause on effect. What is not printed there is `None`;
nothing is inferred from file names, from documents that are merely cited, or from codes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from corpus.passage import Level, Passage, Zone
from ingest.effect import in_force_from
from ingest.genres import GENRES, genre_of
from ingest.issuer import issuing_body
from ingest.names import person_name
from ingest.portal_record import portal_record, record_lines
from ingest.printed_dates import date_at_start, in_figures, is_place_and_date, printed_date
from ingest.printed_number import number_alone, number_at_start, printed_number
from ingest.quotations import quoted
from ingest.signer import signer

_SUBJECT = re.compile(r"^V/v\b", re.IGNORECASE)
_LETTER = "công văn"
_OTHER_TEXTS = frozenset({Level.ANNEX, Level.ATTACHED})
_HEAD_ZONES = frozenset({Zone.LETTERHEAD, Zone.TITLE, Zone.AUTHORITY})
_OWN_ZONES = frozenset({Zone.PREAMBLE, Zone.HEADING, Zone.BODY, Zone.CLOSING})
_LONGEST = 1_000  # characters of a line of the head; what is longer is no letterhead


@dataclass(frozen=True, slots=True)
class Metadata:
    """All fields `None` where the text is silent. `issued_on` and `effective_on` are ISO 8601."""

    kind: str | None
    number: str | None
    issuer: str | None
    issued_on: str | None
    signer: str | None
    title: str | None
    place: str | None = None
    effective_on: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines above the title, those of the title block, and what a portal has put above them."""

    letterhead: list[str]
    title: list[str]
    authority: list[str]
    record: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Title:
    """What the title block says: some texts print their number and date below the genre."""

    kind: str | None
    trich_yeu: str | None
    number: str | None
    issued_on: str | None
    dated: list[str]


def metadata(passages: tuple[Passage, ...]) -> Metadata:
    """Metadata of a laid-out document."""
    head = _head(passages)
    title = _title(head.title)
    number = printed_number(head.letterhead) or title.number or _recorded_number(head)
    issued_on, place = printed_date([*head.letterhead, *title.dated])
    if issued_on is None and place is None:
        issued_on = title.issued_on or in_figures(head.record.get("ngày ban hành", ""))
    return Metadata(
        kind=_kind(title, head, number),
        number=number,
        issuer=issuing_body(head.letterhead, head.authority),
        issued_on=issued_on,
        signer=signer(passages) or person_name(head.record.get("người ký", "")),
        title=title.trich_yeu,
        place=place,
        effective_on=in_force_from(_own_text(passages), issued_on)
        or in_figures(head.record.get("ngày hiệu lực", "") or head.record.get("ngày có hiệu lực", "")),
    )


def _head(passages: tuple[Passage, ...]) -> _Head:
    # What stands below the căn cứ with a letterhead of its own is another text.
    top = tuple(takewhile(lambda p: p.zone in _HEAD_ZONES, passages))
    above = _lines(top, Zone.LETTERHEAD)
    recorded = record_lines(above)
    return _Head(
        letterhead=[line for index, line in enumerate(above) if index not in recorded],
        title=next((p.text.split("\n") for p in passages if p.zone is Zone.TITLE), []),
        authority=_lines(top, Zone.AUTHORITY),
        record=portal_record(above),
    )


def _lines(passages: tuple[Passage, ...], zone: Zone) -> list[str]:
    return [line[:_LONGEST] for p in passages if p.zone is zone for line in p.text.split("\n")]


def _title(block: list[str]) -> _Title:
    first, *rest = block or [""]
    # Gazettes and texts in old encodings have the genre in small letters.
    kind = genre_of(first) or genre_of(first.upper())
    same_line = first[len(kind) :].strip(" :") if kind else first if _SUBJECT.match(first) else ""
    numbers = [number for line in rest if (number := number_alone(line))]
    dated = [line for line in rest if is_place_and_date(line)]
    kept = [line for line in rest if line not in dated and not number_alone(line)]
    words = " ".join(line for line in (same_line, *kept) if line)
    number, words = number_at_start(words) or (None, words)
    issued_on, words = date_at_start(words) if number else (None, words)
    return _Title(kind, words or None, number or next(iter(numbers), None), issued_on, dated)


def _kind(title: _Title, head: _Head, number: str | None) -> str | None:
    """From the title line; an official letter has none, but "V/v …" under its number."""
    if title.kind:
        return title.kind
    if head.title and _SUBJECT.match(head.title[0]) and number:
        return _LETTER
    recorded = head.record.get("loại văn bản", "")
    return recorded.lower() if recorded.capitalize() in GENRES else None


def _recorded_number(head: _Head) -> str | None:
    return printed_number([f"Số: {head.record.get('số hiệu') or head.record.get('số ký hiệu', '')}"])


def _own_text(passages: tuple[Passage, ...]) -> list[str]:
    """Paragraphs of the text itself: an attached Quy chế, or a law that it amends, has a day of its own."""
    own = [
        p.text
        for p in passages
        if p.zone in _OWN_ZONES and not any(heading.level in _OTHER_TEXTS for heading in p.headings)
    ]
    return [text for text, inside in zip(own, quoted(own), strict=True) if not inside]
