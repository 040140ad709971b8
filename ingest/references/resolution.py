"""Which document a citation means, and why: by issuer, kind, number and date; then by time; then by topic.

What a citation does not say is open, and no match: where nothing but a number agrees, and numbers start again
every year or term, the answer is "ambiguous".
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.document import Document
from corpus.law_names import law_key
from corpus.references import folded
from ingest.references.cross_reference import CrossReference
from ingest.references.issuers import is_local, may_be_one, place_named
from ingest.references.known import Known, KnownDocuments, place_of, time_of
from ingest.references.topic import best_on_topic, is_on_topic


class State(StrEnum):
    """How far a cited document is at hand."""

    HELD = "held"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Citer:
    """What of the citing document helps to tell what it cites: id, place (folded) and time (ISO or year)."""

    id: str
    place: str
    time: str

    @classmethod
    def of(cls, document: Document) -> "Citer":
        """The citing side of a document."""
        return cls(document.id, place_of(document), time_of(document))


@dataclass(frozen=True, slots=True)
class Resolution:
    """`known`: what is meant, one where it is certain, all that may be where it is ambiguous.

    HELD: one held document. MISSING: cited, text not at hand; `known` then has its facts or is empty.
    `reason` is Vietnamese, for the reader.
    """

    state: State
    known: tuple[Known, ...]
    reason: str

    @property
    def document_id(self) -> str | None:
        """The held document that is meant."""
        return self.known[0].id if self.state is State.HELD else None


_NOTHING = Resolution(State.MISSING, (), "được viện dẫn, chưa có toàn văn")


def resolve(reference: CrossReference, citer: Citer, documents: KnownDocuments) -> Resolution:
    """The document that is meant."""
    if reference.number is None:
        return _by_title(reference, citer, documents)
    return _by_number(reference, citer, documents)


def _by_number(reference: CrossReference, citer: Citer, documents: KnownDocuments) -> Resolution:
    said = reference.reference
    if said is None or reference.number is None:
        return _NOTHING
    found = [
        one
        for one in documents.by_number.get((reference.number, reference.letter), [])
        if one.id != citer.id
        and one.reference is not None
        and one.reference.may_be(said)
        and _may_have_issued(one, reference, citer)
        and not _is_later(one, citer)
    ]
    if not found:
        return _NOTHING
    certain = [one for one in found if _agrees(one, reference)]
    if len(certain) == 1:
        return _meant(certain[0], _why(certain[0], reference))
    chosen = best_on_topic(reference, certain or found)
    if chosen is not None and (len(found) > 1 or is_on_topic(reference, chosen)):
        return _meant(chosen, "số khớp, nội dung câu dẫn khớp trích yếu")
    if len(certain or found) > 1:
        return Resolution(
            State.AMBIGUOUS, tuple(certain or found), "nhiều văn bản cùng số, câu dẫn không đủ rõ"
        )
    only = found[0]
    if only.id is None:
        # Somebody wrote down the one document that this number is known of; only its title can speak against.
        return _NOTHING if only.title else _meant(only, "số khớp")
    return Resolution(State.AMBIGUOUS, (only,), "chỉ khớp số; câu dẫn không nêu ngày ban hành")


def _by_title(reference: CrossReference, citer: Citer, documents: KnownDocuments) -> Resolution:
    named = documents.by_title.get((reference.kind, law_key(reference.title)), [])
    found = [one for one in named if one.id != citer.id or one.id is None]
    if reference.issued:
        found = [one for one in found if one.issued_on.startswith(reference.issued)]
        reason = "tên và ngày ban hành khớp" if "-" in reference.issued else "tên và năm ban hành khớp"
        if len(found) == 1:
            return _meant(found[0], reason)
    if not found:
        return _NOTHING
    if not citer.time:
        if len(found) == 1:
            return _meant(found[0], "chỉ có một văn bản mang tên này")
        return Resolution(
            State.AMBIGUOUS, tuple(found), "nhiều văn bản cùng tên, không rõ thời điểm viện dẫn"
        )
    in_force = [
        one for one in found if not one.in_force_from or one.in_force_from[: len(citer.time)] <= citer.time
    ]
    if not in_force:
        return _NOTHING
    newest = max(in_force, key=lambda one: one.in_force_from)
    return _meant(newest, f"tên khớp, đang có hiệu lực vào thời điểm viện dẫn ({_day(citer.time)})")


def _meant(one: Known, reason: str) -> Resolution:
    if one.id is not None:
        return Resolution(State.HELD, (one,), reason)
    return replace(_NOTHING, known=(one,), reason=f"{_NOTHING.reason}; {reason}")


def _agrees(one: Known, reference: CrossReference) -> bool:
    """Whether more than a number that comes again agrees: its date, or the year inside it."""
    if reference.issued and one.issued_on:
        return True  # `may_be` has compared them
    return reference.suffix[:4].isdigit()


def _why(one: Known, reference: CrossReference) -> str:
    if reference.issued.count("-") == 2 and one.issued_on == reference.issued:
        return "số và ngày ban hành khớp"
    return "số, ký hiệu có năm khớp" if reference.suffix[:4].isdigit() else "số và năm ban hành khớp"


def _may_have_issued(one: Known, reference: CrossReference, citer: Citer) -> bool:
    """Whether issuer and place allow it; "-CT/TU" without a place is of the citing document's province."""
    if not may_be_one(one.issuer, reference.issuer):
        return False
    place = place_named(reference.issuer)
    if not place and is_local(reference.suffix):
        place = citer.place
    return not place or not one.place or _same_place(place, one.place)


def _same_place(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def _is_later(one: Known, citer: Citer) -> bool:
    """Whether it was issued after the citing text was: then it cannot be meant."""
    if not one.issued_on or not citer.time:
        return False
    return one.issued_on[: len(citer.time)] > citer.time


def _day(time: str) -> str:
    return "/".join(reversed(time.split("-"))) if "-" in time else f"năm {time}"
