"""Stored turns back to what was seen: questions, answers, and highlights where the text is still the same.

A paragraph that has changed or gone since is shown in its stored words, never highlighted at old offsets.
Knows nothing about markup.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.answer import Answer, CheckedSentence, Note, RankedPassage, Verdict
from chat.backing import HeldTexts
from chat.exchange import Conversation, Exchange
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from records.turns import StoredTurn


def restored(conversation_id: str, turns: Iterable[StoredTurn], held: HeldTexts) -> Conversation:
    """A recorded conversation."""
    return Conversation(conversation_id, tuple(_exchange(turn, held) for turn in turns))


def _exchange(turn: StoredTurn, held: HeldTexts) -> Exchange:
    row = turn.answer
    pairs = [_citation(stored, held) for stored in row["citations"]]
    answer = Answer(
        question=turn.question,
        understood_as=row["understood_as"],
        language="vi",
        text=row["answer"],
        citations=tuple(citation for citation, _ in pairs),
        passages=_nearest(row["passages"], held) if row["refused"] else (),
        refused=row["refused"],
        reason=row["reason"],
        mode=row["mode"],
        took_ms=row["took_ms"],
        notes=tuple(Note(note["text"], note["source"]) for note in row.get("notes", ())),
        sentences=tuple(_sentence(one) for one in row.get("sentences", ())),
        model=row.get("model"),
        prompt_version=row.get("prompt_version"),
    )
    changed = frozenset(number for number, (_, same) in enumerate(pairs, 1) if not same)
    return Exchange(
        question=turn.question,
        answer=answer,
        as_typed=bool(row.get("as_typed")),
        quoting=bool(row.get("quoting")),
        turn_id=turn.id,
        verdict=turn.verdict,
        comment=turn.comment,
        changed=changed,
    )


def _sentence(stored: dict[str, Any]) -> CheckedSentence:
    return CheckedSentence(
        text=stored["text"],
        verdict=Verdict(stored["verdict"]),
        markers=tuple(stored["markers"]),
        written=stored["written"],
        reason=stored["reason"],
    )


def _citation(stored: dict[str, Any], held: HeldTexts) -> tuple[Citation, bool]:
    """The citation, and whether the held document still says the same at the same place."""
    document = held.documents.get(stored["document_id"])
    passage = _held_passage(stored["passage_id"], stored["passage_text"], held)
    start, end = stored["start"], stored["end"]
    if document is not None and passage is not None and document.text[start:end] == stored["quote"]:
        decisive = tuple((first, last) for first, last in stored.get("decisive", ()))
        return Citation(document, passage, start, end, decisive), True
    return _as_stored(stored), False


def _held_passage(passage_id: str, text: str, held: HeldTexts) -> Passage | None:
    row = held.rows.get(passage_id)
    passage = held.passages[row] if row is not None else None
    return passage if passage is not None and passage.text == text else None


def _as_stored(stored: dict[str, Any]) -> Citation:
    """A citation of the stored words alone: a document of one paragraph, and nothing else known of it."""
    quote, text = stored["quote"], stored["passage_text"]
    at = max(0, text.find(quote))  # shown without a highlight, so only its length matters
    document = Document(
        id=stored["document_id"], kind=None, number=stored["number"], issuer=None, issued_on=None,
        signer=None, title=stored["title"], source=stored["title"], sha256="", text=text,
    )  # fmt: skip
    passage = Passage(
        id=stored["passage_id"], document_id=document.id, start=0, end=len(text),
        zone=_zone(stored["location"]), headings=(), ordinal=1, location=stored["location"], text=text,
        page=stored.get("page"),
    )  # fmt: skip
    return Citation(document, passage, at, min(len(text), at + len(quote)))


def _zone(location: str) -> Zone:
    return next((zone for zone in Zone if location.startswith(zone.value)), Zone.BODY)


def _nearest(rows: Sequence[dict[str, Any]], held: HeldTexts) -> tuple[RankedPassage, ...]:
    """The nearest passages of a refusal that are still held as they were."""
    found = []
    for row in rows:
        passage = _held_passage(row["passage_id"], row["text"], held)
        if passage is not None:
            found.append(RankedPassage(held.documents[passage.document_id], passage, row["score"]))
    return tuple(found)
