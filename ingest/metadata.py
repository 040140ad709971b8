"""What an official text says about itself: genre, number, issuer, date, trích yếu, signer.

Reads only letterhead, title and signature. What is not printed there is `None`; nothing is inferred from
file names, from documents that are merely cited, or from codes.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, takewhile

from corpus.passage import Passage, Zone
from ingest.genres import genre_of
from ingest.issuer import printed_issuer
from ingest.names import is_person_name

_UPPER = "A-Z" + "".join(c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())
_NUMBER = re.compile(
    rf"(?:^|\b)(?:Số|Luật số|Nghị quyết số)\s*:?\s*"
    rf"(\d{{1,5}}[a-zđ]?\s?(?:[-–/]\s?[{_UPPER}0-9][{_UPPER}a-zđ0-9&.]*\s?)+)"
)
_DATE = re.compile(r"ngày\s*(\d{1,2})\s+tháng\s*(\d{1,2})\s+năm\s+((?:19|20)\d\d)")
_LAST_LINES = 3  # the name is the last line of the signature block, save for a stray stamp line


@dataclass(frozen=True, slots=True)
class Metadata:
    """All fields `None` where the text is silent. `issued_on` is ISO 8601."""

    kind: str | None
    number: str | None
    issuer: str | None
    issued_on: str | None
    signer: str | None
    title: str | None


def metadata(passages: tuple[Passage, ...]) -> Metadata:
    """Metadata of a laid-out document."""
    head = [line for p in passages if p.zone is Zone.LETTERHEAD for line in p.text.split("\n")]
    title_block = next((p.text for p in passages if p.zone is Zone.TITLE), "")
    kind = genre_of(title_block.split("\n")[0]) if title_block else None
    return Metadata(
        kind=kind,
        number=_number(head),
        issuer=_issuer(head, passages),
        issued_on=_issued_on(head),
        signer=_signer(passages),
        title=_title(title_block),
    )


def _number(head: list[str]) -> str | None:
    match = next((m for line in head if (m := _NUMBER.search(line))), None)
    return re.sub(r"\s+", "", match.group(1)).replace("–", "-").rstrip("/-") if match else None


def _issued_on(head: list[str]) -> str | None:
    match = next((m for line in head if (m := _DATE.search(line))), None)
    if match is None:
        return None
    day, month, year = (int(group) for group in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # "31 tháng 2" is a slip of the pen
        return None


def _issuer(head: list[str], passages: tuple[Passage, ...]) -> str | None:
    # The authority under the title is unambiguous.
    below_title = next((p.text.split("\n")[0] for p in passages if p.zone is Zone.AUTHORITY), None)
    return below_title or printed_issuer(head)


def _title(title_block: str) -> str | None:
    first, *rest = title_block.split("\n") if title_block else ("",)
    kind = genre_of(first)
    same_line = first[len(kind) :].strip() if kind else ""
    return " ".join(line for line in (same_line, *rest) if line) or None


def _signer(passages: tuple[Passage, ...]) -> str | None:
    """Only the first signature block counts: annexes and attached texts are signed by others."""
    own = dropwhile(lambda p: p.zone is not Zone.SIGNATURE, passages)
    block = takewhile(lambda p: p.zone is Zone.SIGNATURE, own)
    lines = [line for p in block for line in p.text.split("\n")]
    return next((line for line in reversed(lines[-_LAST_LINES:]) if is_person_name(line)), None)
