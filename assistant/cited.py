"""Answers about a document that is named by its number, from what the held texts say when they cite it.

"Chỉ thị 17-CT/TU nói về việc gì?" goes to every sentence that cites such a directive. Two directives of one
number are told apart by date and by the other words of the question; where these do not decide, both are
shown. What a document says that is not held is unknown; those that are held are for `assistant.held`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.document_cues import (
    ASKING,
    ASKS_CONTENT,
    ASKS_DATE,
    ASKS_FACT,
    ASKS_ISSUED,
    ASKS_ISSUER,
    ASKS_SIGNER,
)
from assistant.evidence import Evidence, Refusal
from assistant.expectation import Expectation, expectation_of
from assistant.known_facts import facts_of
from assistant.question import Question
from assistant.question_words import QuestionWords, question_words
from assistant.understanding.reading import unread
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.references import Reference, references_in
from corpus.sentences import Span, sentence_at
from corpus.text import words
from prompts import say
from vectorstore.index import Index

MOST = 6  # citing sentences shown
SAME = 0.8  # of the best share of the question's other words: then they do not tell the documents apart
_TOPIC = 5.0  # weight from which on words name a matter: one question in 150 has such a one
_PARAGRAPH = 0.7  # what words elsewhere in the paragraph count
_ABOUT_TOPIC = 0.3  # share of them that a citing sentence must have to be an answer
CITING = frozenset({Zone.PREAMBLE, Zone.BODY, Zone.CLOSING})  # elsewhere a number is the document's own
_ISSUER = re.compile(
    r"\s*(?:ngày [\d/.-]+,?\s*)?của\s+([^,;.]+?)(?=\s+(?:về|theo|trong|tại|để|đã)\b|[,;.]|$)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that cites the document; `reference.span` counts from the beginning of the sentence."""

    passage: Passage
    sentence: Span
    reference: Reference

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.of(self.passage.text)

    def citation(self, index: Index, decisive: Span | None) -> Citation:
        """The sentence as a quotation; `decisive` counts from its beginning."""
        start = self.passage.start + self.sentence.start
        spans = () if decisive is None else ((start + decisive.start, start + decisive.end),)
        end = self.passage.start + self.sentence.end
        return Citation(index.document_of(self.passage), self.passage, start, end, spans)


def held_documents(index: Index, wanted: Reference) -> list[Document]:
    """The indexed documents that bear the number."""
    return [index.documents[name] for name in index.web.held(wanted)]


def from_mentions(evidence: Evidence, wanted: Reference) -> tuple[Citation, ...] | Refusal:
    """What the texts say where they cite a document that is not held itself."""
    name = wanted.span.of(evidence.searched.text)
    mentions = _dated(list(_mentions(evidence, wanted)), wanted)
    if not mentions:
        return Refusal(say("reason_unknown_document", evidence.language, document=name))
    topic = topic_of(evidence, wanted)
    meant = _meant(mentions, topic)
    if not meant:
        return Refusal(say("reason_only_cited", evidence.language, document=name))
    if ASKS_CONTENT.search(evidence.asked.text.lower()):
        return Refusal(say("reason_content_unknown", evidence.language, document=name))
    found = _with_what_is_asked(meant, evidence, wanted)
    if not found:
        asked = _asked(evidence)
        return Refusal(say("reason_cited_lacks", evidence.language, document=name, asked=asked))
    return tuple(mention.citation(evidence.index, span) for mention, span in found[:MOST])


def _mentions(evidence: Evidence, wanted: Reference) -> Iterator[Mention]:
    """The sentences that cite the document, each once, with the name as it stands there."""
    index, seen = evidence.index, set()
    for citing, found in index.web.citing(wanted):
        passage = index.passage(found.passage_id)
        if passage.zone not in CITING or citing.citer.id in evidence.excluded:
            continue
        start, end = found.start - passage.start, found.end - passage.start
        sentence = sentence_at(passage.text, start)
        if (passage.id, sentence.start) not in seen:
            seen.add((passage.id, sentence.start))
            issued = next((one.issued for one in references_in(passage.text[start:end])), "")
            span = Span(start - sentence.start, min(end, sentence.end) - sentence.start)
            said = Reference(wanted.kind, wanted.number, wanted.suffix, issued, span, wanted.letter)
            yield Mention(passage, sentence, said)


def _dated(mentions: list[Mention], wanted: Reference) -> list[Mention]:
    """Where the question gives a date, the citations that give it, too; all when none does."""
    exact = [mention for mention in mentions if wanted.issued and mention.reference.issued]
    return exact or mentions


def topic_of(evidence: Evidence, wanted: Reference, least: float = _TOPIC) -> QuestionWords | None:
    """The words of the question that name a matter, `least` in weight; None when it names none."""
    text = evidence.searched.text
    rest = f"{text[: wanted.span.start]} {text[wanted.span.end :]}"
    content = " ".join(words(ASKING.sub(" ", rest)))
    if not content:
        return None
    found = question_words(
        unread(Question(content, "vi", evidence.asked.folded)), evidence.index, guessed=False
    )
    matters = [term.word.weight for term in found.terms if term.word.is_topical or term.word.weight >= least]
    return found if sum(matters) >= least else None


def _meant(mentions: Sequence[Mention], topic: QuestionWords | None) -> list[Mention]:
    """The citations that are about the matter; all when none is named."""
    if topic is None:
        return list(mentions)
    shares = [
        max(topic.share_in(mention.text), _PARAGRAPH * topic.share_in(mention.passage.text))
        for mention in mentions
    ]
    best = max(shares)
    if best < _ABOUT_TOPIC:
        return []
    return [mention for mention, share in zip(mentions, shares, strict=True) if share >= SAME * best]


def _with_what_is_asked(
    mentions: Sequence[Mention], evidence: Evidence, wanted: Reference
) -> list[tuple[Mention, Span | None]]:
    """Those that state what is asked of the document, each with the words that do.

    Where a fact states it that is known of the document, the sentence is quoted for citing it.
    """

    def known(mention: Mention, key: str) -> bool:
        start = mention.passage.start + mention.sentence.start + mention.reference.span.start
        facts = facts_of(evidence, wanted, mention.passage.id, start)
        return facts is not None and bool(getattr(facts, key))

    asked = evidence.asked.text.lower()
    of_issue = ASKS_ISSUED.search(asked) is not None or topic_of(evidence, wanted) is None
    for cue, key in ASKS_FACT:
        stating = [(m, m.reference.span) for m in mentions if cue.search(asked) and known(m, key)]
        if stating:
            return list(stating)
    if ASKS_SIGNER.search(asked):
        return []  # a citation never says who signed
    if ASKS_ISSUER.search(asked):
        issuers = ((mention, _issuer(mention)) for mention in mentions)
        return [(m, span) for m, span in issuers if span is not None or known(m, "issuer")]
    expected = expectation_of(evidence.asked.text)
    if expected is None:
        return [(mention, mention.reference.span) for mention in mentions]
    if expected.asked in ASKS_DATE:
        return [
            (m, m.reference.span)
            for m in mentions
            if m.reference.issued.count("-") == 2 or (of_issue and known(m, "issued_on"))
        ]
    return [
        (mention, _other_than_reference(mention, expected)) for mention in mentions if _has(mention, expected)
    ]


def _has(mention: Mention, expected: Expectation) -> bool:
    """Whether the rest of the sentence holds what is asked for: the number of the document is not it."""
    span = mention.reference.span
    return expected.met_by(f"{mention.text[: span.start]} {mention.text[span.end :]}")


def _other_than_reference(mention: Mention, expected: Expectation) -> Span | None:
    spans = expected.spans(mention.text)
    own = mention.reference.span
    return next((span for span in spans if span.end <= own.start or own.end <= span.start), None)


def _issuer(mention: Mention) -> Span | None:
    match = _ISSUER.match(mention.text, mention.reference.span.end)
    return Span(*match.span(1)) if match else None


def _asked(evidence: Evidence) -> str:
    if ASKS_SIGNER.search(evidence.asked.text.lower()):
        return say("asked_signer", evidence.language)
    expected = expectation_of(evidence.asked.text)
    if expected is None or ASKS_ISSUER.search(evidence.asked.text.lower()):
        return say("asked_issuer", evidence.language)
    return expected.named(evidence.language)
