"""What a document cites, what cites it, and what others did to it, with links to the very places.

Read from the web of references of the index; what is cited but not held is said to be missing, with what is
known of it and from where. Does not know markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.addresses import document_address
from corpus.anchors import anchors
from corpus.cited_places import Place, written
from corpus.document import Document
from corpus.passage import Level, Passage
from corpus.references import reference_of, shown_day
from ingest.references import CrossReference
from ingest.references.known import Known
from ingest.references.related import RelatedDocument
from ingest.references.resolution import State
from vectorstore.index import Index
from vectorstore.reference_web import Amendment
from vectorstore.references_report import Cited, cited_documents

_MOST_PLACES = 12  # places listed for one document
_BY = {
    "sửa đổi, bổ sung": "được sửa đổi, bổ sung bởi",
    "bổ sung": "được bổ sung bởi",
    "thay đổi từ ngữ": "được thay đổi từ ngữ bởi",
    "thay thế": "được thay thế bởi",
    "bãi bỏ": "bị bãi bỏ bởi",
    "hủy bỏ": "bị hủy bỏ bởi",
    "hết hiệu lực": "hết hiệu lực theo",
}
_CITED_LEVELS = frozenset({Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.ANNEX})


@dataclass(frozen=True, slots=True)
class Link:
    """`address` below the root path; None when there is nothing to open."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """One other document. `state` is "held", "missing" or "ambiguous"; `known`: facts with their source.

    `places`: where, in the citing document; `more`: how many further ones there are.
    """

    name: Link
    state: str
    known: str = ""
    others: tuple[Link, ...] = ()
    places: tuple[Link, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """`place` of this document `verb` by another: "khoản 2 Điều 75", "được sửa đổi, bổ sung bởi"."""

    place: Link
    verb: str
    by: Link
    since: str | None


class Links:
    """The links of one document of an index."""

    def __init__(self, index: Index, document: Document) -> None:
        self._index, self._document = index, document
        self._anchors: dict[str, dict[str, tuple[str, str]]] = {}

    def cites(self) -> list[Related]:
        """The documents that it cites, in order of first mention."""
        citing = self._index.web.records.of(self._document.id)
        return [self._related(cited) for cited in cited_documents(self._index.web, citing)]

    def cited_by(self) -> list[Related]:
        """The held documents that cite it."""
        wanted = reference_of(self._document)
        if wanted is None:
            return []
        web = self._index.web
        found: dict[str, list[CrossReference]] = {}
        for citing, reference in web.citing(wanted):
            if web.resolve(citing, reference).document_id == self._document.id:
                found.setdefault(citing.citer.id, []).append(reference)
        return [self._citer(document_id, references) for document_id, references in found.items()]

    def acts(self) -> list[Act]:
        """What other held documents did to it, in the order of its places as they are named."""
        return [self._act(amendment) for amendment in self._index.web.amendments_of(self._document.id)]

    def acts_by_passage(self, acts: Sequence[Act], passages: Sequence[Passage]) -> Mapping[str, list[Act]]:
        """The acts on each passage that is the first of an amended place, by the passage's id."""
        amendments = self._index.web.amendments_of(self._document.id)
        first = _first_of_places(passages)
        found: dict[str, list[Act]] = {}
        for act, amendment in zip(acts, amendments, strict=True):
            passage = first.get(_key(amendment.relation.place))
            if passage is not None and amendment.relation.place:
                found.setdefault(passage.id, []).append(act)
        return found

    def _act(self, amendment: Amendment) -> Act:
        relation = amendment.relation
        return Act(
            Link(written(relation.place) if relation.place else "toàn văn bản"),
            _BY.get(relation.verb, relation.verb),
            self._to(amendment.document_id, relation.passage_id),
            shown_day(relation.effective_on) if relation.effective_on else None,
        )

    def _related(self, cited: Cited) -> Related:
        resolution = cited.resolution
        held = [one for one in resolution.known if one.id is not None]
        name = Link(cited.name)
        if resolution.state is State.HELD and resolution.document_id:
            name = Link(cited.name, document_address(resolution.document_id))
        facts = [one.facts for one in resolution.known if one.facts is not None]
        several = resolution.state is State.AMBIGUOUS
        return Related(
            name=name,
            state=resolution.state.value,
            known="; ".join(map(_told, facts)),
            others=tuple(self._known(one) for one in held) if several else (),
            places=self._places(self._document.id, cited.citations),
            more=max(0, len(cited.citations) - _MOST_PLACES),
        )

    def _citer(self, document_id: str, references: Sequence[CrossReference]) -> Related:
        name = Link(self._index.documents[document_id].name, document_address(document_id))
        places = self._places(document_id, references)
        return Related(name, State.HELD.value, places=places, more=max(0, len(references) - _MOST_PLACES))

    def _places(self, document_id: str, references: Sequence[CrossReference]) -> tuple[Link, ...]:
        return tuple(
            self._to(document_id, one.passage_id, (one.start, one.end), name=False)
            for one in references[:_MOST_PLACES]
        )

    def _to(
        self, document_id: str, passage_id: str, span: tuple[int, int] | None = None, *, name: bool = True
    ) -> Link:
        """The place of a passage, after the name of its document where that is another."""
        if document_id not in self._anchors:
            passages = self._index.passages_of(document_id)
            self._anchors[document_id] = {
                one.id: (one.location, anchor)
                for one, anchor in zip(passages, anchors(passages), strict=True)
            }
        location, anchor = self._anchors[document_id].get(passage_id, ("", ""))
        text = f"{location} – {self._index.documents[document_id].name}" if name else location
        return Link(text, document_address(document_id, anchor, span))

    def _known(self, known: Known) -> Link:
        assert known.id is not None
        return Link(self._index.documents[known.id].name, document_address(known.id))


def _told(facts: RelatedDocument) -> str:
    about: Iterator[str | None] = iter(
        (
            facts.name if facts.title else None,
            f"ngày {shown_day(facts.issued_on)}" if facts.issued_on else None,
            facts.issuer,
            facts.title if facts.title and facts.title not in facts.name else None,
        )
    )
    return f"{', '.join(part for part in about if part)} (nguồn: {facts.source})"


def _first_of_places(passages: Sequence[Passage]) -> dict[Place, Passage]:
    first: dict[Place, Passage] = {}
    for passage in passages:
        steps = [one for one in passage.headings if one.level in _CITED_LEVELS]
        first.setdefault(tuple((one.level.value, one.number.lower()) for one in steps), passage)
    return first


def _key(place: Place) -> Place:
    return tuple((level, number.lower()) for level, number in place)
