"""Answers that the outline settles: a place of a document as a whole, or what a document prints of itself.

A question about a matter within a place only narrows what is searched; that is returned as evidence.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import about, places
from assistant.composition import cite_whole
from assistant.evidence import Evidence, Refusal
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.references import without_references
from prompts import say

_WHOLE_PARAGRAPHS = 6  # of a place that is asked for as a whole
_DOCUMENTS = 3  # shown side by side when several have the place and the question names none


def from_place(
    evidence: Evidence,
    place: dict[str, str],
    paragraph: int | None,
    among: Collection[str] | None = None,
) -> tuple[Citation, ...] | Refusal | Evidence:
    """The place as a whole, or the evidence inside it where a matter is named. `among`: ids of documents."""
    held = [
        passage
        for passage in evidence.index.passages
        if (among is None or passage.document_id in among) and passage.document_id not in evidence.excluded
    ]
    inside = [passage for passage in held if places.lies_in(passage, place)]
    if not inside:
        items = places.as_items(place)
        inside = [passage for passage in held if places.lies_in(passage, items)]
        place = items if inside else place
    if not inside:
        return Refusal(say("reason_no_place", evidence.language, place=places.place_name(place)))
    meant = documents_meant(evidence, list(dict.fromkeys(passage.document_id for passage in inside)))
    if paragraph is not None:
        return _paragraphs(evidence, [_content(inside, one) for one in meant], place, paragraph)
    ranked = tuple(
        item
        for item in evidence.ranked
        if item.passage.document_id in meant and places.lies_in(item.passage, place)
    )
    if not ranked or places.asks_for_all(without_references(evidence.asked.text), _names(evidence, meant)):
        each = _WHOLE_PARAGRAPHS // len(meant)
        whole = [passage for one in meant for passage in _content(inside, one)[:each]]
        return cite_whole(whole, evidence.index)
    return replace(evidence, ranked=ranked)


def about_document(evidence: Evidence, attribute: about.Attribute) -> tuple[Citation, ...] | Refusal:
    """What the document that is meant prints of itself: its number, date, signer."""
    meant = documents_meant(evidence, [found.passage.document_id for found in evidence.retrieval.found])
    return printed(evidence, [evidence.index.documents[meant[0]]], attribute)


def printed(
    evidence: Evidence, documents: Sequence[Document], attribute: about.Attribute
) -> tuple[Citation, ...] | Refusal:
    """Where each of the documents prints the attribute of itself; a refusal when none does."""
    index = evidence.index
    found = [passage for one in documents for passage in about.stating(index, one, attribute)[:1]]
    if found:
        return cite_whole(found, index)
    asked = attribute.named(evidence.language)
    return Refusal(say("reason_not_printed", evidence.language, document=documents[0].name, asked=asked))


def documents_meant(evidence: Evidence, documents: list[str]) -> list[str]:
    """Of several documents, those whose name the question has most of; a few when it names none."""
    named = {
        one: evidence.words.share_in(name)
        for one, name in zip(documents, _names(evidence, documents), strict=True)
    }
    best = max(named.values(), default=0.0)
    return [one for one in documents if named[one] == best][:_DOCUMENTS]


def _paragraphs(
    evidence: Evidence, inside: list[list[Passage]], place: dict[str, str], paragraph: int
) -> tuple[Citation, ...] | Refusal:
    """One paragraph of a place in each document that has so many."""
    at = paragraph if paragraph < 0 else paragraph - 1
    found = [passages[at] for passages in inside if -len(passages) <= at < len(passages)]
    if found:
        return cite_whole(found, evidence.index)
    name = f"đoạn {paragraph} {places.place_name(place)}"
    return Refusal(say("reason_no_place", evidence.language, place=name))


def _names(evidence: Evidence, documents: list[str]) -> list[str]:
    return [evidence.index.documents[one].name for one in documents]


def _content(passages: list[Passage], document_id: str) -> list[Passage]:
    """The paragraphs of a document's place; bare headings only if there is nothing else."""
    held = [passage for passage in passages if passage.document_id == document_id]
    return [passage for passage in held if passage.zone is not Zone.HEADING] or held
