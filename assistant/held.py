"""Answers from documents that bear a number the question names.

"Chỉ thị 17-CT/TU nói về việc gì?" is answered by their titles; a matter is looked for inside them. Two
documents of one number are told apart by their titles; where these do not decide, both are shown.
"""

from collections.abc import Sequence

from assistant import about
from assistant.bare_headings import paragraphs_below
from assistant.cited import MOST, SAME, topic_of
from assistant.composition import cite, cite_whole
from assistant.cues import Nature
from assistant.evidence import Evidence, Refusal
from assistant.expectation import expectation_of
from assistant.outline_answers import printed
from assistant.question_words import QuestionWords
from assistant.selection import ScoredSentence
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.references import Reference
from corpus.sentences import sentences
from corpus.text import search_terms, with_bigrams
from prompts import say
from vectorstore.index import Index

_MATTER_INSIDE = 0.5  # share of the matter that a sentence must have
_LEAST = 2.5  # weight from which on words name a matter; lower than for a document that is only cited


def from_held(
    evidence: Evidence, wanted: Reference, held: Sequence[Document]
) -> tuple[Citation, ...] | Refusal:
    """What documents that bear the number say, of themselves or of the matter asked about."""
    text = evidence.searched.text
    rest = " ".join(f"{text[: wanted.span.start]} văn bản này {text[wanted.span.end :]}".split())
    topic = topic_of(evidence, wanted, _LEAST)
    documents = _documents_on(topic, _issued_as_named(rest, held))
    if topic is not None and all(topic.share_in(one.issuer or "") >= SAME for one in documents):
        topic = None  # whose document it is, not a matter inside it
    if attribute := about.attribute_asked(rest):
        return printed(evidence, documents, attribute)
    if topic is not None and evidence.cues.nature is Nature.TASK and _is_titled(topic, documents):
        return cite_whole(
            [p for one in documents for p in _items(evidence.index, one)][:MOST], evidence.index
        )
    if topic is None:
        return cite_whole([_title_of(evidence.index, one) for one in documents], evidence.index)
    return _inside(evidence, topic, documents)


def _inside(
    evidence: Evidence, topic: QuestionWords, documents: Sequence[Document]
) -> tuple[Citation, ...] | Refusal:
    """The sentences of the documents that have most of the matter, and what is asked of it."""
    expected = expectation_of(evidence.asked.text)
    scored = [
        (topic.share_in(span.of(passage.text)), passage, span)
        for document in documents
        for passage in evidence.index.passages_of(document.id)
        if passage.zone is Zone.BODY
        for span in sentences(passage.text)
    ]
    best = max((share for share, _, _ in scored), default=0.0)
    if best < _MATTER_INSIDE:
        name = documents[0].name
        return Refusal(say("reason_not_inside", evidence.language, document=name))
    found = [
        ScoredSentence(passage, span, frozenset(), share, 0.0)
        for share, passage, span in scored
        if share >= SAME * best and (expected is None or expected.met_by(span.of(passage.text)))
    ]
    if not found and expected is not None:
        return Refusal(say("reason_lacks", evidence.language, asked=expected.named(evidence.language)))
    found.sort(key=lambda item: -item.score)
    if found and (below := paragraphs_below(evidence.index, found[0].passage)):
        return cite_whole(below[:MOST], evidence.index)
    return cite(found[:MOST], evidence.index, expected)


def _documents_on(topic: QuestionWords | None, held: Sequence[Document]) -> list[Document]:
    """Of several documents of one number those whose title has the matter; all when none is named."""
    if topic is None or len(held) == 1:
        return list(held)
    shares = [topic.share_in(document.name) for document in held]
    best = max(shares)
    return [one for one, share in zip(held, shares, strict=True) if share >= SAME * best]


def _issued_as_named(text: str, held: Sequence[Document]) -> list[Document]:
    """Of several documents of one number those whose issuer the text names; all when it names none."""
    issuers = [frozenset(with_bigrams(search_terms(document.issuer or ""))) for document in held]
    told_apart = [issuer - frozenset.intersection(*issuers) for issuer in issuers]
    named = frozenset(with_bigrams(search_terms(text)))
    hits = [len(own & named) for own in told_apart]
    best = max(hits)
    return [one for one, count in zip(held, hits, strict=True) if count == best]


def _is_titled(topic: QuestionWords, documents: Sequence[Document]) -> bool:
    """Whether the matter is what a document is about as a whole."""
    return all(topic.share_in(document.name) >= SAME for document in documents)


def _items(index: Index, document: Document) -> list[Passage]:
    """The numbered paragraphs of a document: what it demands."""
    own = index.passages_of(document.id)
    return [passage for passage in own if passage.headings and passage.zone is Zone.BODY]


def _title_of(index: Index, document: Document) -> Passage:
    """The paragraph that says what a document is about, or its first one."""
    own = index.passages_of(document.id)
    return next((passage for passage in own if passage.zone is Zone.TITLE), own[0])
