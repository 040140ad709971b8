"""What a reader has to know beside a quotation: that it was amended or repealed, or read by a machine.

Read from the relations that held documents state themselves. An act of unknown date of effect is told with
that; one that is not yet in force on the day asked about is told as what came later. Notes never change an
answer, and are no content of the documents quoted.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answer import Note
from assistant.evidence import Evidence
from assistant.known_facts import fact_notes
from corpus.citation import Citation
from corpus.cited_places import written
from corpus.document import short_name
from corpus.passage import Passage
from corpus.references import shown_day
from prompts import say
from vectorstore.index import Index
from vectorstore.reference_web import Amendment, lies_in

_MOST = 8
_VERBS = {
    "sửa đổi, bổ sung": ("đã được sửa đổi, bổ sung bởi", "được sửa đổi, bổ sung bởi", "amended by"),
    "bổ sung": ("đã được bổ sung bởi", "được bổ sung bởi", "amended by"),
    "thay đổi từ ngữ": ("đã được thay đổi từ ngữ bởi", "được thay đổi từ ngữ bởi", "reworded by"),
    "thay thế": ("đã được thay thế bởi", "được thay thế bởi", "replaced by"),
    "bãi bỏ": ("đã bị bãi bỏ bởi", "bị bãi bỏ bởi", "repealed by"),
    "hủy bỏ": ("đã bị hủy bỏ bởi", "bị hủy bỏ bởi", "annulled by"),
    "hết hiệu lực": ("đã hết hiệu lực theo", "hết hiệu lực theo", "no longer in force under"),
}
_PLACES = {"Điều": "Điều này", "khoản": "khoản này", "điểm": "điểm này"}


def notes_on(evidence: Evidence, citations: Sequence[Citation]) -> tuple[Note, ...]:
    """The notes on an answer, in the order of its quotations."""
    asked = evidence.understood.as_of
    found = list(fact_notes(evidence, citations))
    for marker, passage in _markers(citations).items():
        found += _amendments(evidence, marker, passage)
    found += _scanned(evidence, citations)
    if asked and evidence.excluded:
        found.append(Note(say("note_as_of", evidence.language, day=asked.shown)))
    return tuple(found[:_MOST])


def _scanned(evidence: Evidence, citations: Sequence[Citation]) -> Iterator[Note]:
    """A note for each document that was recognised from page images, at its first quotation."""
    told: set[str] = set()
    for marker, citation in enumerate(citations, 1):
        provenance = evidence.index.provenance[citation.document.id]
        if provenance.ocr_confidence is None or citation.document.id in told:
            continue
        told.add(citation.document.id)
        quotes = [one.quote for one in citations if one.document.id == citation.document.id]
        doubted = [text for text in provenance.doubtful if any(text in quote for quote in quotes)]
        doubts = ", ".join(f"“{text}”" for text in doubted)
        unsure = (
            {"vi": f"; chưa chắc: {doubts}", "en": f"; unsure: {doubts}"}[evidence.language] if doubts else ""
        )
        confidence = f"{provenance.ocr_confidence:.0%}"
        text = say(
            "note_scanned", evidence.language, marker=str(marker), confidence=confidence, doubts=unsure
        )
        yield Note(text)


def _markers(citations: Sequence[Citation]) -> dict[int, Passage]:
    """Every quoted paragraph by the first marker that quotes it."""
    markers: dict[str, int] = {}
    for number, citation in enumerate(citations, 1):
        markers.setdefault(citation.passage.id, number)
    return {number: citations[number - 1].passage for number in markers.values()}


def _amendments(evidence: Evidence, marker: int, passage: Passage) -> Iterator[Note]:
    index, asked = evidence.index, evidence.understood.as_of
    day = asked.day if asked else date.today().isoformat()
    for amendment in index.web.amendments_of(passage.document_id):
        relation = amendment.relation
        if not lies_in(passage, relation.place):
            continue
        later = relation.effective_on is not None and relation.effective_on > day
        issued_later = amendment.document_id in evidence.excluded and not relation.effective_on
        text = _not_yet(evidence, marker, amendment, day) if later else _amended(evidence, marker, amendment)
        if not issued_later:
            yield Note(text, _by(index, amendment), relation.passage_id)


def _amended(evidence: Evidence, marker: int, amendment: Amendment) -> str:
    language, relation = evidence.language, amendment.relation
    return say(
        "note_amended",
        language,
        marker=str(marker),
        place=_place(amendment, language),
        verb=_VERBS[relation.verb][0 if language == "vi" else 2],
        by=_by(evidence.index, amendment),
        since=_since(relation.effective_on, language),
    )


def _not_yet(evidence: Evidence, marker: int, amendment: Amendment, day: str) -> str:
    language, relation = evidence.language, amendment.relation
    return say(
        "note_not_yet",
        language,
        marker=str(marker),
        place=_place(amendment, language),
        day=shown_day(day),
        since=shown_day(relation.effective_on or day),
        verb=_VERBS[relation.verb][1 if language == "vi" else 2],
        by=_by(evidence.index, amendment),
    )


def _place(amendment: Amendment, language: str) -> str:
    """ "khoản này (khoản 2 Điều 75)", "văn bản này"."""
    relation = amendment.relation
    if not relation.place:
        if language == "en":
            return "parts of this document" if relation.partly else "this document"
        return "một số nội dung của văn bản này" if relation.partly else "văn bản này"
    this = _PLACES.get(relation.place[-1][0])
    place = written(relation.place)
    return place if language == "en" or this is None else f"{this} ({place})"


def _by(index: Index, amendment: Amendment) -> str:
    """ "Điều 1, khoản 23 Luật số 146/2025/QH15"."""
    document = index.documents[amendment.document_id]
    steps = [s for s in amendment.relation.location.split(", ") if not s.startswith(("đoạn", "lời dẫn"))]
    return f"{', '.join(steps)} {short_name(document.kind, document.number, document.name)}"


def _since(day: str | None, language: str) -> str:
    if day is None:
        return " (không rõ ngày có hiệu lực)" if language == "vi" else " (date of effect unknown)"
    return f" (có hiệu lực từ {shown_day(day)})" if language == "vi" else f" (in force from {shown_day(day)})"
