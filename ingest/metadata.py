"""What an official text says about itself: genre, number, issuer, place, date, trích yếu, signer, effect.

Reads only letterhead, title, signature and the clause on effect. What is not printed there is `None`;
nothing is inferred from file names, from documents that are merely cited, or from codes.
"""

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from corpus.passage import Level, Passage, Zone
from ingest.printed_dates import in_figures, in_force_from, printed_date
from ingest.genres import GENRES, genre_of
from ingest.issuer import printed_issuer
from ingest.names import person_name
from ingest.portal_record import portal_record, record_lines
from ingest.printed_number import printed_number

_LAST_LINES = 3  # the name is the last line of the signature block, save for a stray stamp line
_SESSION = re.compile(r"[\s,(]*\b(?:KHO[ÁA]|KHÓA|KỲ HỌP|NHIỆM KỲ)\b.*")
_SUBJECT = re.compile(r"^V/v\b", re.IGNORECASE)
_LETTER = "công văn"
_OTHER_TEXTS = frozenset({Level.ANNEX, Level.ATTACHED})


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


def metadata(passages: tuple[Passage, ...]) -> Metadata:
    """Metadata of a laid-out document."""
    whole_head = [line for p in passages if p.zone is Zone.LETTERHEAD for line in p.text.split("\n")]
    record, recorded = portal_record(whole_head), record_lines(whole_head)
    head = [line for index, line in enumerate(whole_head) if index not in recorded]
    title_block = next((p.text for p in passages if p.zone is Zone.TITLE), "")
    number = printed_number(head) or printed_number([f"Số: {record.get('số hiệu', '')}"])
    issued_on, place = printed_date(head)
    issued_on = issued_on or in_figures(record.get("ngày ban hành", ""))
    return Metadata(
        kind=_kind(title_block, number) or _recorded_kind(record.get("loại văn bản", "")),
        number=number,
        issuer=_issuer(head, passages),
        issued_on=issued_on,
        signer=_signer(passages) or person_name(record.get("người ký", "")),
        title=_title(title_block),
        place=place,
        effective_on=in_force_from(_own_body(passages), issued_on)
        or in_figures(record.get("ngày hiệu lực", "") or record.get("ngày có hiệu lực", "")),
    )


def _kind(title_block: str, number: str | None) -> str | None:
    """From the title line; an official letter has none, but "V/v …" under its number."""
    first = title_block.split("\n")[0]
    if _SUBJECT.match(first):
        return _LETTER if number else None
    return genre_of(first) if first else None


def _recorded_kind(value: str) -> str | None:
    return value.lower() if value.capitalize() in GENRES else None


def _issuer(head: list[str], passages: tuple[Passage, ...]) -> str | None:
    # The authority under the title is unambiguous.
    below_title = next((p.text.split("\n")[0] for p in passages if p.zone is Zone.AUTHORITY), None)
    named = _SESSION.sub("", below_title).strip(" -–") if below_title else None
    return named or printed_issuer(head)


def _title(title_block: str) -> str | None:
    first, *rest = title_block.split("\n") if title_block else ("",)
    if _SUBJECT.match(first):
        return " ".join([first, *rest])
    kind = genre_of(first)
    same_line = first[len(kind) :].strip(" :") if kind else ""
    return " ".join(line for line in (same_line, *rest) if line) or None


def _own_body(passages: tuple[Passage, ...]) -> list[str]:
    """Paragraphs of the text itself: an attached Quy chế may be in force from another day."""
    return [
        p.text
        for p in passages
        if p.zone in (Zone.BODY, Zone.PREAMBLE) and not any(h.level in _OTHER_TEXTS for h in p.headings)
    ]


def _signer(passages: tuple[Passage, ...]) -> str | None:
    """Only the first signature block counts: annexes and attached texts are signed by others."""
    own = dropwhile(lambda p: p.zone is not Zone.SIGNATURE, passages)
    block = takewhile(lambda p: p.zone is Zone.SIGNATURE, own)
    lines = [line for p in block for line in p.text.split("\n")]
    names = (person_name(line) for line in reversed(lines[-_LAST_LINES:]))
    return next((name for name in names if name), None)
