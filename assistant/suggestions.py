"""Questions to ask next: what stands beside an answer, and only what the assistant can answer.

Proposes by templates over a list of matters (`data/matters.tsv`) found in and around the cited paragraph,
asks each proposal once, three at most, and keeps those that are answered with a citation of that very matter.
Words no question of its own beyond the templates.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answer import Answer
from assistant.cues import Nature, cues_of, nature_key, natures
from assistant.data_rows import data_rows
from assistant.question import language_of
from corpus.passage import Passage, Zone
from corpus.text import search_terms
from vectorstore.index import Index

MOST = 3  # asked for one answer: about as long as three answers take, after the answer is on the screen
_REACH = 12  # paragraphs on either side that count as beside the cited one

_FORMS = {
    ("vi", Nature.TASK): "Nhiệm vụ về {} là gì?",
    ("vi", Nature.ASSESSMENT): "{} được đánh giá thế nào?",
    ("vi", Nature.NEITHER): "Văn bản nêu gì về {}?",
    ("en", Nature.TASK): "What are the tasks on {}?",
    ("en", Nature.ASSESSMENT): "What is the assessment of {}?",
    ("en", Nature.NEITHER): "What do the documents say about {}?",
}
_PLACE = {"vi": "Những khoản nào nói về {}?", "en": "Which clauses mention {}?"}
_NEXT = {"vi": "{} nêu gì?", "en": "What does {} say?"}

Ask = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class _Matter:
    """`key` is how texts are searched for it, syllables of one spelling between spaces."""

    vietnamese: str
    english: str
    key: str


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A question, and what a citation has to have so that it counts as answered."""

    question: str
    key: str
    nature: Nature = Nature.NEITHER
    passage_id: str | None = None


class _Around:
    """The cited paragraph of an answer and those beside it, with the matters in each."""

    def __init__(self, index: Index, passage: Passage) -> None:
        row = first = last = index.rows[passage.id]
        while first and index.passages[first - 1].document_id == passage.document_id:
            first -= 1
        while last + 1 < len(index.passages) and index.passages[last + 1].document_id == passage.document_id:
            last += 1
        document = index.passages[first : last + 1]
        self.at = row - first
        self.natures = natures(document)
        self.passages = document
        near = sorted(range(len(document)), key=lambda other: abs(other - self.at))[: 2 * _REACH + 1]
        self.near = [document[other] for other in near if document[other].zone is Zone.BODY]
        self.texts = {one.id: _key(one.text) for one in self.near}

    def nature(self, passage: Passage) -> Nature:
        """Whether a paragraph sets tasks or assesses."""
        return self.natures.get(nature_key(passage), Nature.NEITHER)

    def with_matter(self, matter: _Matter) -> list[Passage]:
        """The paragraphs beside the cited one that speak of a matter, nearest first."""
        return [one for one in self.near if matter.key in self.texts[one.id]]


async def suggested(answer: Answer, asked: Sequence[str], index: Index, ask: Ask) -> list[str]:
    """Up to three questions to ask after `answer`, none like those `asked` already.

    `ask` answers a question with the history that a click on it will have; what it raises is raised.
    """
    found: list[str] = []
    for proposal in proposals(answer, asked, index)[:MOST]:
        if _met(await ask(proposal.question), proposal, answer, index):
            found.append(proposal.question)
    return found


def proposals(answer: Answer, asked: Sequence[str], index: Index) -> list[_Proposal]:
    """What may be asked next, most useful first: the other side of the matter, its neighbours, its places."""
    cited = [one.passage for one in answer.citations or answer.passages[:1]]
    if not cited or cited[0].id not in index.rows:
        return []
    around = _Around(index, cited[0])
    language = language_of(asked[-1]) if asked else "vi"
    quoted = " ".join(_key(citation.quote) for citation in answer.citations)
    last = _key(answer.understood_as or answer.question)
    first = list(_other_side(around, cited[0], (last, quoted), language))
    beside = list(_beside(around, last + quoted, language))
    places = list(_places(around, last + quoted, language))
    # One of each kind, then whatever is left: three neighbours of one paragraph are not a choice.
    mixed = [*first[:1], *beside[:1], *places[:1], *beside[1:], *first[1:], *_next_place(around, language)]
    return _new(mixed, asked)


def _other_side(
    around: _Around, cited: Passage, words: tuple[str, str], language: str
) -> Iterator[_Proposal]:
    """Of what was asked or quoted as a task the assessment, and the other way round."""
    other = {Nature.TASK: Nature.ASSESSMENT, Nature.ASSESSMENT: Nature.TASK}.get(around.nature(cited))
    for text in words:
        for matter in _matters_in(text):
            if other and any(around.nature(one) is other for one in around.with_matter(matter)):
                yield _about(matter, other, language)


def _beside(around: _Around, known: str, language: str) -> Iterator[_Proposal]:
    """Matters of the same and the neighbouring paragraphs, the nearest and the rarest first."""
    for passage in around.near:
        found = [one for one in _matters_in(around.texts[passage.id]) if one.key not in known]
        for matter in sorted(found, key=lambda one: len(around.with_matter(one))):
            yield _about(matter, around.nature(passage), language)


def _places(around: _Around, known: str, language: str) -> Iterator[_Proposal]:
    """Where a matter stands that several paragraphs speak of."""
    for matter in _matters_in(known):
        if len(around.with_matter(matter)) > 1:
            yield _Proposal(_PLACE[language].format(_named(matter, language)), matter.key)


def _next_place(around: _Around, language: str) -> Iterator[_Proposal]:
    """What the next khoản or Điều says, where no matter is known."""
    here = around.passages[around.at].headings
    for passage in around.passages[around.at + 1 :]:
        if passage.headings and passage.headings != here and passage.zone is Zone.BODY:
            place = " ".join(heading.label for heading in reversed(passage.headings))
            place = place[0].upper() + place[1:] if language == "vi" else place
            yield _Proposal(_NEXT[language].format(place), "", passage_id=passage.id)
            return


def _about(matter: _Matter, nature: Nature, language: str) -> _Proposal:
    question = _FORMS[language, nature].format(_named(matter, language))
    return _Proposal(question[0].upper() + question[1:], matter.key, nature)


def _named(matter: _Matter, language: str) -> str:
    return matter.english if language == "en" else matter.vietnamese


def _new(found: Sequence[_Proposal], asked: Sequence[str]) -> list[_Proposal]:
    """Without what was asked in these or other words, one question for each matter."""
    before = [(_key(question), cues_of(question).nature) for question in asked]
    kept: list[_Proposal] = []
    for proposal in found:
        words = _key(proposal.question)
        # Who only names a matter has been told the tasks.
        told = {proposal.nature} | ({Nature.NEITHER} if proposal.nature is Nature.TASK else set())
        is_place = proposal.nature is Nature.NEITHER
        repeated = any(
            words == one or (proposal.key and proposal.key in one and nature in told and not is_place)
            for one, nature in before
        )
        alike = any(_overlap(proposal.key, other.key) for other in kept)
        if not repeated and not alike:
            kept.append(proposal)
    return kept


def _overlap(key: str, other: str) -> bool:
    return bool(key and other) and (key in other or other in key)


def _met(reply: Answer, proposal: _Proposal, answer: Answer, index: Index) -> bool:
    """Whether a reply answers what was proposed, in other words than the answer at hand."""
    if reply.refused or not reply.citations:
        return False
    here = {(one.document.id, one.start, one.end) for one in answer.citations}
    if {(one.document.id, one.start, one.end) for one in reply.citations} <= here:
        return False
    if proposal.passage_id is not None:
        return any(one.passage.id == proposal.passage_id for one in reply.citations)
    first = reply.citations[0]
    if proposal.nature is not Nature.NEITHER and first.passage.id in index.rows:
        around = _Around(index, first.passage)
        if around.nature(first.passage) is not proposal.nature:
            return False
    return proposal.key in _key(first.quote)


def _matters_in(text: str) -> list[_Matter]:
    """The matters a text of keys names, in its order, none inside a longer one."""
    found = sorted(
        (text.index(matter.key), -len(matter.key), number)
        for number, matter in enumerate(_matters())
        if matter.key in text
    )
    kept: list[_Matter] = []
    for _, _, number in found:
        matter = _matters()[number]
        if not any(matter.key in other.key for other in kept):
            kept.append(matter)
    return kept


@cache
def _matters() -> tuple[_Matter, ...]:
    rows = (row for row in data_rows("matters.tsv") if len(row) == 2)
    return tuple(_Matter(vietnamese, english, _key(vietnamese)) for vietnamese, english in rows)


def _key(text: str) -> str:
    return f" {' '.join(search_terms(text))} "
