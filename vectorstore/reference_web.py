"""The web of references of an index: what a citation means, where its place is, what was done to a document.

Joins what the texts say with what is held and with the facts of `related.yaml`. The facts are read again
when their file changes: nothing needs to be indexed anew. A file that was spoilt meanwhile leaves the facts
as they were, and says so in the log.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cited_places import Place
from corpus.document import Document
from corpus.law_names import LawName, law_key
from corpus.passage import Level, Passage
from corpus.references import Reference
from ingest.references import CrossReference, RelatedFacts, Relation, load_related
from ingest.references.known import Known, KnownDocuments
from ingest.references.related import RelatedFileError
from ingest.references.resolution import Resolution, resolve
from vectorstore.reference_records import CitingDocument, ReferenceRecords

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What `document_id` did to a held document, as `relation` says."""

    document_id: str
    relation: Relation


class ReferenceWeb:
    """Open with the documents of an index and its reference records; `related` is the file of facts or None.

    Raises RelatedFileError, with the line, when the file cannot be used.
    """

    def __init__(
        self, records: ReferenceRecords, documents: Sequence[Document], related: Path | None = None
    ) -> None:
        self.records = records
        self._documents = [
            replace(one, effective_on=one.effective_on or records.effective_on.get(one.id))
            for one in documents
        ]
        self._related = related
        self._seen = _state(related)
        self._amendments: dict[str, list[Amendment]] | None = None
        self._use(load_related(related) if related else RelatedFacts())

    def refresh(self) -> None:
        """Read the facts again when their file has changed."""
        if self._related is None or (seen := _state(self._related)) == self._seen:
            return
        self._seen = seen
        try:
            self._use(load_related(self._related))
        except RelatedFileError as problem:
            _LOG.warning("%s; vẫn dùng dữ liệu đọc trước đó", problem)

    def resolve(self, citing: CitingDocument, reference: CrossReference) -> Resolution:
        """The document that a citation means."""
        return resolve(reference, citing.citer, self._known)

    def citing(self, wanted: Reference) -> Iterator[tuple[CitingDocument, CrossReference]]:
        """Every citation that may mean a document named by its number, in order.

        A law is often cited by its title alone; where the title of a number is known, these count, too.
        """
        for citing in self.records.citing(wanted.number):
            for reference in citing.references:
                said = reference.reference
                if said is not None and said.may_be(wanted):
                    yield citing, reference
        for known in self._known.by_number.get((wanted.number, wanted.letter), []):
            if known.reference and known.reference.may_be(wanted):
                yield from self._naming(known)

    def _naming(self, known: Known) -> Iterator[tuple[CitingDocument, CrossReference]]:
        for citing in self.records.naming(known.kind, known.title):
            for reference in citing.references:
                if self.resolve(citing, reference).known == (known,):
                    yield citing, reference

    def law_named(self, law: LawName) -> Known | None:
        """The newest law of this title among those held and known, of its date where one is given."""
        known = self._known.by_title.get((law.kind, law_key(law.title)), [])
        dated = [one for one in known if one.issued_on.startswith(law.issued)]
        return max(dated, key=lambda one: one.in_force_from, default=None)

    def held(self, wanted: Reference) -> list[str]:
        """The ids of the held documents that bear a number."""
        known = self._known.by_number.get((wanted.number, wanted.letter), [])
        return [one.id for one in known if one.id and one.reference and one.reference.may_be(wanted)]

    def amendments_of(self, document_id: str) -> list[Amendment]:
        """What other held documents did to a held one, in the order of the documents."""
        if self._amendments is None:
            self._amendments = self._found_amendments()
        return self._amendments.get(document_id, [])

    def _use(self, facts: RelatedFacts) -> None:
        self.facts = facts
        self._known = KnownDocuments.of(self._documents, facts)
        self._amendments = None

    def _found_amendments(self) -> dict[str, list[Amendment]]:
        found: dict[str, list[Amendment]] = {}
        for document_id in self.records.acting:
            citing = self.records.acts_of(document_id)
            targets: dict[int, str | None] = {}
            for relation in citing.relations:
                target = relation.target
                if id(target) not in targets:
                    targets[id(target)] = self.resolve(citing, target).document_id
                if held := targets[id(target)]:
                    found.setdefault(held, []).append(Amendment(document_id, relation))
        return found


def passage_at(passages: Sequence[Passage], place: Place) -> Passage | None:
    """The first paragraph at a place of a document; None when it has no such place.

    "Điều 5" is that of the text itself before that of one attached to it.
    """
    inside = [passage for passage in passages if lies_in(passage, place)]
    return min(inside, key=lambda passage: (_is_attached(passage), passage.start), default=None)


def lies_in(passage: Passage, place: Place) -> bool:
    """Whether a paragraph is at or below a place."""
    path = {(level, number.lower()) for level, number in passage.heading_path}
    return all((level, number.lower()) in path for level, number in place)


def _is_attached(passage: Passage) -> bool:
    return any(heading.level in (Level.ATTACHED, Level.ANNEX) for heading in passage.headings)


def _state(path: Path | None) -> tuple[int, int] | None:
    """What changes when a file does."""
    try:
        status = path.stat() if path else None
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status else None
