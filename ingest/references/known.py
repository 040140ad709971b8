"""The documents that a citation may mean, held or only known of, and how to find them by number or title.

Looks things up by key; which of several is meant is decided in `ingest.references.resolution`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.law_names import LAW_KINDS, law_key
from corpus.references import Reference, folded, named_by, reference_of
from ingest.references.issuers import place_named
from ingest.references.related import RelatedDocument, RelatedFacts

_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b|\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """One document. `id` of a held document, else None and `facts` what is known of it.

    `place` is the province or other place of its issuer, folded, "" where unknown. Dates are ISO 8601.
    """

    id: str | None
    kind: str
    reference: Reference | None
    title: str
    issuer: str
    issued_on: str
    effective_on: str
    place: str
    facts: RelatedDocument | None = None

    @property
    def in_force_from(self) -> str:
        """The day from which it counts: of effect, else of issue; "" where neither is known."""
        return self.effective_on or self.issued_on


@dataclass(slots=True)
class KnownDocuments:
    """All of them, by number and by the title of laws."""

    by_number: dict[tuple[int, str], list[Known]] = field(default_factory=dict)
    by_title: dict[tuple[str, str], list[Known]] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document], facts: RelatedFacts) -> "KnownDocuments":
        """What is held and what is known of the rest; of a document in both the text itself counts."""
        known = cls()
        for document in documents:
            known._add(known_of(document))
        for related in facts.documents:
            one = _known_of_facts(related)
            if not any(_is_same(one, held) for held in known.like(one)):
                known._add(one)
        return known

    def like(self, one: Known) -> list[Known]:
        """Those that bear the number or the title of another."""
        if one.reference is not None:
            return self.by_number.get((one.reference.number, one.reference.letter), [])
        return self.by_title.get((one.kind, law_key(one.title)), [])

    def _add(self, one: Known) -> None:
        if one.reference is not None:
            self.by_number.setdefault((one.reference.number, one.reference.letter), []).append(one)
        if one.kind in LAW_KINDS and one.title:
            self.by_title.setdefault((one.kind, law_key(one.title)), []).append(one)


def known_of(document: Document) -> Known:
    """A held document as others may cite it."""
    return Known(
        id=document.id,
        kind=document.kind or "",
        reference=reference_of(document),
        title=document.title or "",
        issuer=document.issuer or "",
        issued_on=document.issued_on or "",
        effective_on=document.effective_on or "",
        place=place_of(document),
    )


def place_of(document: Document) -> str:
    """The place of a document, as its issuer, its title or its date line say; "" where none does."""
    return place_named(document.issuer) or place_named(document.title) or folded(document.place or "").strip()


def time_of(document: Document) -> str:
    """When a document was issued: its date, else the last year of its title, else ""."""
    if document.issued_on:
        return document.issued_on
    years = [one or other for one, other in _YEAR.findall(document.title or "")]
    return max(years, default="")


def _known_of_facts(related: RelatedDocument) -> Known:
    return Known(
        id=None,
        kind=related.kind,
        reference=named_by(related.kind, related.number, related.issued_on),
        title=related.title or "",
        issuer=related.issuer or "",
        issued_on=related.issued_on or "",
        effective_on=related.effective_on or "",
        place=place_named(related.issuer),
        facts=related,
    )


def _is_same(one: Known, held: Known) -> bool:
    """Whether facts are about a held document: nothing differs, and more than the number says so."""
    if one.reference is None or held.reference is None:
        return one.issued_on == held.issued_on
    if one.place and held.place and one.place != held.place:
        return False
    says_year = one.reference.suffix[:4].isdigit()
    dated = bool(one.issued_on and held.issued_on)
    return one.reference.may_be(held.reference) and (dated or says_year)
