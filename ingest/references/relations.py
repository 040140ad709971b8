"""What a text does to others: it amends, replaces, repeals them, or says that they are no longer in force.

Read from the acting clauses only, not from replacement text in quotation marks and not from what a plan asks
others to amend. The target may be named in the clause, above it ("Điều 1. Sửa đổi, bổ sung một số điều của
Luật X") or by the title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.cited_places import Place, places_in
from corpus.document import Document
from corpus.passage import Level, Passage, Zone
from corpus.sentences import sentences
from ingest.quotations import quoted
from ingest.references.cross_reference import CrossReference
from ingest.references.effect import effective_date, since
from ingest.references.endings import endings

_ACTING_KINDS = frozenset(
    {None, "luật", "bộ luật", "pháp lệnh", "nghị quyết", "nghị định", "thông tư", "quyết định", "quy định",
     "nghị quyết liên tịch", "thông tư liên tịch", "lệnh", "quy chế"}
)  # fmt: skip
_MARKER = re.compile(r"(?:Điều\s+\d+[a-zđ]?\s*[.:]|\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?\)|[-–+])\s*")
_ACT = re.compile(
    r"(?P<verb>sửa đổi,? bổ sung|bổ sung|sửa đổi|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\b"
    r"(?:(?:,| và) (?:sửa đổi|bổ sung|thay thế|bãi bỏ)\b)*",
    re.IGNORECASE,
)
_MAY_ACT = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ|h[ủu][ỷy] bỏ|huỷ bỏ|hết hiệu lực", re.IGNORECASE)
_NEXT_ACT = re.compile(r";\s*(?=sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)|$", re.IGNORECASE)
_QUOTE = re.compile(r"[“\"][^“”\"]*[”\"]")
_PASSIVE = re.compile(r"(?:đã\s+)?được\s+(?:sửa đổi|bổ sung|thay thế)")
_ADDED_AT = re.compile(r"\bvào (?:sau|trước)\b")
_WHERE_ENDS = re.compile(r"\bnhư sau\b|:")
_IN_PART = frozenset({"sửa đổi, bổ sung", "bổ sung", "thay đổi từ ngữ"})
_NEAR = 120  # characters from the verb of a title to the document that it acts on
_SOME = re.compile(r"\bmột số (?:điều|khoản|điểm|nội dung|quy định)\b")


@dataclass(frozen=True, slots=True)
class Relation:
    """`passage_id` at `location` does `verb` to `target`, at `place` inside it; () is the whole text.

    `partly`: only some unnamed parts of the target. `effective_on` is ISO 8601, None where unknown.
    """

    verb: str
    target: CrossReference
    place: Place
    partly: bool
    effective_on: str | None
    passage_id: str
    location: str


def relations(
    document: Document, passages: Sequence[Passage], cited: Sequence[CrossReference]
) -> list[Relation]:
    """What the document does to those that it cites, in order; deeper places win over what leads in."""
    if document.kind not in _ACTING_KINDS or not cited:
        return []
    reader = _Reader(document, effective_date(document, passages))
    for reference in cited:
        reader.cited.setdefault(reference.passage_id, []).append(reference)
    for passage, is_quoted in zip(passages, quoted([p.text for p in passages]), strict=True):
        if is_quoted:
            continue
        if passage.zone is Zone.TITLE:
            reader.read_title(passage)
        elif passage.zone in (Zone.BODY, Zone.HEADING, Zone.CLOSING):
            reader.read(passage)
    return reader.result()


@dataclass(slots=True)
class _Reader:
    document: Document
    effective_on: str | None
    cited: dict[str, list[CrossReference]] = field(default_factory=dict)
    found: dict[tuple[object, ...], Relation] = field(default_factory=dict)
    _titled: CrossReference | None = None
    _targets: dict[tuple[object, ...], CrossReference] = field(default_factory=dict)  # by outline address
    _above: dict[tuple[object, ...], Place] = field(default_factory=dict)

    def read_title(self, passage: Passage) -> None:
        """ "sửa đổi, bổ sung một số điều của Nghị định số 5": the target of clauses that name none."""
        act = _ACT.search(passage.text)
        named = [r for r in self.cited.get(passage.id, []) if act and r.start - passage.start >= act.end()]
        if act and named and named[0].start - passage.start - act.end() <= _NEAR:
            self._titled = named[0]
            verb = _verb(act, passage.text)
            self._add(passage, verb, named[0], (), verb in _IN_PART)

    def read(self, passage: Passage) -> None:
        """Every act of one paragraph."""
        if not _MAY_ACT.search(passage.text):
            return
        named = self.cited.get(passage.id, [])
        for sentence in sentences(passage.text):
            inside = [r for r in named if sentence.start <= r.start - passage.start < sentence.end]
            acts = False
            position = sentence.start
            if marker := _MARKER.match(passage.text, sentence.start):
                position = marker.end()
            for clause_start, clause in _clauses(passage.text[position : sentence.end], position):
                if act := _ACT.match(clause):
                    acts = True
                    start, end = passage.start + clause_start, passage.start + clause_start + len(clause)
                    self._act(passage, act, clause, [r for r in inside if start <= r.start < end])
            if not acts and inside:
                for verb, reference, words in endings(passage.text, sentence, passage.start, inside):
                    self._ending(passage, verb, reference, words)

    def result(self) -> list[Relation]:
        """All that was found; "một số điều của X" only where no part of X is named."""
        placed = {relation.target.identity for relation in self.found.values() if not relation.partly}
        return [r for r in self.found.values() if not r.partly or r.target.identity not in placed]

    def _act(
        self, passage: Passage, act: re.Match[str], clause: str, named: Sequence[CrossReference]
    ) -> None:
        path = passage.heading_path
        bare = _QUOTE.sub(" ", clause[act.end() :])
        passive = _PASSIVE.search(clause, act.end())
        limit = passive.start() if passive else len(clause)
        first = named[0] if named and clause.find(named[0].name[:8]) < limit else None
        target = first or self._target_above(path)
        if target is None:
            return
        if first is not None:
            self._targets[path] = first
            places = first.places
        else:
            words = bare.split(" tại ", 1)[-1] if "từ" in bare[:12] else bare
            places = tuple(self._below(path, place) for place in _acted_on(words))
        if places:
            self._above[path] = _shared(places)
        some = _SOME.search(bare) is not None
        verb = _verb(act, clause)
        if some and places:
            return  # "một số khoản của Điều 23 như sau:" leads in to what follows
        if not places and first is None:
            return
        for place in places or ((),):
            self._add(passage, verb, target, place, some or (not places and verb in _IN_PART))

    def _ending(self, passage: Passage, verb: str, reference: CrossReference, words: str) -> None:
        for place in reference.places or ((),):
            self._add(passage, verb, reference, place, False, since(words, self.document))

    def _add(
        self,
        passage: Passage,
        verb: str,
        target: CrossReference,
        place: Place,
        partly: bool,
        effective_on: str | None = None,
    ) -> None:
        # A lead-in names the same places as the points below it; the later, deeper one says where to look.
        self.found[target.identity, place, verb] = Relation(
            verb, target, place, partly, effective_on or self.effective_on, passage.id, passage.location
        )

    def _target_above(self, path: tuple[tuple[str, str], ...]) -> CrossReference | None:
        for length in range(len(path), 0, -1):
            if target := self._targets.get(path[:length]):
                return target
        return self._titled

    def _below(self, path: tuple[tuple[str, str], ...], place: Place) -> Place:
        """ "khoản 3" below "một số khoản của Điều 23" is that of Điều 23."""
        if place[0][0] in (Level.ARTICLE.value, Level.ANNEX.value):
            return place
        for length in range(len(path) - 1, 0, -1):
            if above := self._above.get(path[:length]):
                return (*(part for part in above if part[0] != place[0][0]), *place)
        return place


def _acted_on(words: str) -> tuple[Place, ...]:
    """The places of an act; "khoản 1a vào sau khoản 1 Điều 7" is a place of Điều 7."""
    end = _WHERE_ENDS.search(words)
    words = words[: end.start()] if end else words
    added = _ADDED_AT.search(words)
    if not added:
        return places_in(words)
    beside = places_in(words[added.end() :])
    found = places_in(words[: added.start()])
    above = next((place[: len(place) - 1] for place in beside), ())
    return tuple(place if place[0][0] == "Điều" else (*above, *place) for place in found)


def _clauses(text: str, offset: int) -> Iterator[tuple[int, str]]:
    """The acts of a sentence: its parts before a semicolon and a verb, with where each begins.

    After other semicolons the list of places goes on.
    """
    start = 0
    hidden = _QUOTE.sub(lambda quote: "“" * len(quote[0]), text)
    for match in _NEXT_ACT.finditer(hidden):
        yield offset + start, text[start : match.start()]
        start = match.end()


def _shared(places: Sequence[Place]) -> Place:
    first = places[0]
    length = len(first)
    while length and not all(place[:length] == first[:length] for place in places):
        length -= 1
    return first[:length]


def _verb(act: re.Match[str], clause: str) -> str:
    verb = " ".join(act["verb"].lower().split()).replace("huỷ", "hủy")
    if re.match(r"\s+(?:các |một số )?(?:cụm )?từ\b", clause[act.end() :]):
        return "thay đổi từ ngữ"
    return "sửa đổi, bổ sung" if verb in ("sửa đổi", "sửa đổi bổ sung") else verb
