"""Answers from documents that bear a number the question names.

"Chỉ thị 17-CT/TU nói về việc gì?" is answered by their titles; a matter is looked for inside them. Two
documents of one number are told apart by their titles; where these do not decide, both are shown.
"""

from collections.abc import Sequence

from assistant import about
from assistant.cited import MOST, SAME, topic_of
from assistant.composition import cite, cite_whole
from assistant.cues import Nature
from assistant.evidence import Evidence, Refusal
from assistant.expectation import expectation_of
from assistant.question_words import QuestionWords
from assistant.references import Reference
from assistant.selection import ScoredSentence
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.sentences import sentences
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
    documents = _documents_on(topic, held)
    if attribute := about.attribute_asked(rest):
        found = [
            passage for one in documents for passage in about.stating(evidence.index, one, attribute)[:1]
        ]
        asked = attribute.named(evidence.language)
        reason = say("reason_not_printed", evidence.language, document=documents[0].name, asked=asked)
        return cite_whole(found, evidence.index) if found else Refusal(reason)
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
    ids = {document.id for document in documents}
    expected = expectation_of(evidence.asked.text)
    best = 0.0
    scored = []
    for passage in evidence.index.passages:
        if passage.document_id in ids and passage.zone is Zone.BODY:
            for span in sentences(passage.text):
                share = topic.coverage(topic.search_terms(span.of(passage.text)))
                best = max(best, share)
                scored.append((share, passage, span))
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
    return cite(sorted(found, key=lambda item: -item.score)[:MOST], evidence.index, expected)


def _documents_on(topic: QuestionWords | None, held: Sequence[Document]) -> list[Document]:
    """Of several documents of one number those whose title has the matter; all when none is named."""
    if topic is None or len(held) == 1:
        return list(held)
    shares = [topic.coverage(topic.search_terms(document.name)) for document in held]
    best = max(shares)
    return [one for one, share in zip(held, shares, strict=True) if share >= SAME * best]


def _is_titled(topic: QuestionWords, documents: Sequence[Document]) -> bool:
    """Whether the matter is what a document is about as a whole."""
    return all(topic.coverage(topic.search_terms(document.name)) >= SAME for document in documents)


def _items(index: Index, document: Document) -> list[Passage]:
    """The numbered paragraphs of a document: what it demands."""
    own = (passage for passage in index.passages if passage.document_id == document.id)
    return [passage for passage in own if passage.headings and passage.zone is Zone.BODY]


def _title_of(index: Index, document: Document) -> Passage:
    """The paragraph that says what a document is about, or its first one."""
    own = [passage for passage in index.passages if passage.document_id == document.id]
    return next((passage for passage in own if passage.zone is Zone.TITLE), own[0])
