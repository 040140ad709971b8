"""What the indexed documents cite, held or missing, as lines and as JSON: `python -m ingest references`.

Reads the index in use without an encoder. Does not print.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.cited_places import Place, written
from corpus.document import Document
from corpus.references import shown_day
from ingest.references import CrossReference
from ingest.references.known import Known
from ingest.references.related import RelatedDocument
from ingest.references.resolution import Resolution, State
from vectorstore.errors import IndexProblem
from vectorstore.generation import REBUILD, SCHEMA, Generation, IndexLocation, current
from vectorstore.records import iter_records
from vectorstore.reference_records import CitingDocument, ReferenceRecords
from vectorstore.reference_web import ReferenceWeb, passage_at

_STATES = {
    State.HELD: "có toàn văn",
    State.MISSING: "được viện dẫn, chưa có toàn văn",
    State.AMBIGUOUS: "chưa rõ là văn bản nào",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """One document that another cites: every citation of it, what is meant, and the places cited inside."""

    citations: tuple[CrossReference, ...]
    resolution: Resolution

    @property
    def places(self) -> tuple[Place, ...]:
        """The places inside it that are cited."""
        return tuple(dict.fromkeys(place for one in self.citations for place in one.places))

    @property
    def name(self) -> str:
        """The fullest of its names."""
        return max((one.name for one in self.citations), key=len)


@dataclass(frozen=True, slots=True)
class CitedByDocument:
    """A document with what it cites, in the order of first mention."""

    document: Document
    citing: CitingDocument
    cited: tuple[Cited, ...]


class ReferencesReport:
    """Opens the index in use. Raises IndexProblem or RelatedFileError with the mend."""

    def __init__(self, location: IndexLocation) -> None:
        self._generation = _usable(location)
        documents = [item.document for item in iter_records(self._generation.documents)]
        self._documents = {document.id: document for document in documents}
        self._web = ReferenceWeb(ReferenceRecords(self._generation.references), documents, location.related)

    def __iter__(self) -> Iterator[CitedByDocument]:
        for citing in self._web.records:
            yield CitedByDocument(
                self._documents[citing.citer.id], citing, tuple(cited_documents(self._web, citing))
            )

    def lines(self) -> Iterator[str]:
        """For people: a heading for each document, a line for each that it cites, totals at the end."""
        totals: Counter[State] = Counter()
        for one in self:
            yield f"{one.document.name} ({one.document.source})"
            for cited in one.cited:
                totals[cited.resolution.state] += 1
                yield f"  - {cited.name}: {self._state(cited)}"
            if not one.cited:
                yield "  - không viện dẫn văn bản nào"
            for relation in one.citing.relations:
                where = f"{written(relation.place)} " if relation.place else ""
                since = f", từ {relation.effective_on}" if relation.effective_on else ""
                yield f"  > {relation.verb} {where}{relation.target.name} ({relation.location}{since})"
        counted = ", ".join(f"{totals[state]} {words}" for state, words in _STATES.items())
        yield f"{len(self._documents)} văn bản viện dẫn {sum(totals.values())} văn bản: {counted}"

    def as_json(self) -> dict[str, Any]:
        """For programs: the same, with passages, places and reasons."""
        totals: Counter[str] = Counter()
        documents = []
        passages = self._cited_passages()
        for one in self:
            totals.update(cited.resolution.state.value for cited in one.cited)
            documents.append(
                {
                    "document_id": one.document.id,
                    "title": one.document.name,
                    "number": one.document.number,
                    "cited": [_cited_json(cited, passages) for cited in one.cited],
                    "relations": [self._relation_json(one.citing, index) for index in _indexes(one)],
                }
            )
        return {"documents": documents, "totals": {state.value: totals[state.value] for state in State}}

    def _cited_passages(self) -> dict[tuple[str | None, Place], str]:
        """The paragraph at every place that is cited inside a held document."""
        wanted: dict[str | None, set[Place]] = {}
        for one in self:
            for cited in one.cited:
                wanted.setdefault(cited.resolution.document_id, set()).update(cited.places)
        found: dict[tuple[str | None, Place], str] = {}
        for item in iter_records(self._generation.documents):
            for place in wanted.get(item.document.id, ()):
                if passage := passage_at(item.passages, place):
                    found[item.document.id, place] = passage.id
        return found

    def _state(self, cited: Cited) -> str:
        known = cited.resolution.known
        words = _STATES[cited.resolution.state]
        names = [self._name(one) for one in known]
        meant = f" ({' hoặc '.join(names)})" if names and cited.resolution.state is not State.MISSING else ""
        facts = known[0].facts if cited.resolution.state is State.MISSING and known else None
        known_of = f"; {_told(facts)}" if facts else ""
        times = f", {len(cited.citations)} lần" if len(cited.citations) > 1 else ""
        return f"{words}{meant}{known_of}{times}"

    def _name(self, known: Known) -> str:
        if known.id is not None:
            return self._documents[known.id].name
        return known.facts.name if known.facts else known.title

    def _relation_json(self, citing: CitingDocument, index: int) -> dict[str, Any]:
        relation = citing.relations[index]
        return {
            "verb": relation.verb,
            "target": relation.target.name,
            "target_document_id": self._web.resolve(citing, relation.target).document_id,
            "place": [list(step) for step in relation.place],
            "partly": relation.partly,
            "effective_on": relation.effective_on,
            "passage_id": relation.passage_id,
            "location": relation.location,
        }


def cited_documents(web: ReferenceWeb, citing: CitingDocument) -> Iterator[Cited]:
    """The documents that one cites, in the order of first mention."""
    groups: dict[object, list[CrossReference]] = {}
    for reference in citing.references:
        groups.setdefault(reference.identity, []).append(reference)
    for group in groups.values():
        yield Cited(tuple(group), web.resolve(citing, max(group, key=lambda one: len(one.issued))))


def meant_json(cited: Cited) -> dict[str, Any]:
    """Which document is meant, as JSON: name, state, reason, ids held, and what is known of a missing one."""
    resolution = cited.resolution
    facts = resolution.known[0].facts if resolution.state is State.MISSING and resolution.known else None
    return {
        "name": cited.name,
        "state": resolution.state.value,
        "reason": resolution.reason,
        "document_ids": [one.id for one in resolution.known if one.id],
        "known": facts
        and {
            "number": facts.number,
            "title": facts.title,
            "issuer": facts.issuer,
            "issued_on": facts.issued_on,
            "source": facts.source,
        },
    }


def _told(facts: RelatedDocument) -> str:
    date = f" ngày {shown_day(facts.issued_on)}" if facts.issued_on else ""
    return f"biết là {facts.name}{date} ({facts.source})"


def _indexes(one: CitedByDocument) -> range:
    return range(len(one.citing.relations))


def _cited_json(cited: Cited, passages: dict[tuple[str | None, Place], str]) -> dict[str, Any]:
    first, resolution = cited.citations[0], cited.resolution
    return meant_json(cited) | {
        "kind": first.kind or None,
        "issued": first.issued or None,
        "issuer": first.issuer or None,
        "title": first.title or None,
        "inside": [
            {"place": written(place), "passage_id": passages.get((resolution.document_id, place))}
            for place in cited.places
        ],
        "citations": [
            {"passage_id": one.passage_id, "start": one.start, "end": one.end} for one in cited.citations
        ],
    }


def _usable(location: IndexLocation) -> Generation:
    generation = current(location.folder)
    if generation is None:
        raise IndexProblem(f"{location.folder}: chưa có chỉ mục. Chạy: python -m ingest")
    manifest = generation.manifest()
    if manifest is None or manifest.schema != SCHEMA:
        raise IndexProblem(f"{location.folder}: chỉ mục do phiên bản khác của chương trình tạo ra. {REBUILD}")
    return generation
