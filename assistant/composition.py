"""From scored sentences to quotations: how many, in which order, with which characters.

Every quotation is a span of its passage, carried as offsets. Does not decide whether to answer.
"""

import re
from collections.abc import Sequence

from assistant.expectation import Expectation
from assistant.question_words import QuestionWords
from assistant.selection import ScoredSentence
from corpus.citation import Citation
from corpus.passage import Passage
from corpus.sentences import Span, clauses
from vectorstore.index import Index

# A sentence is quoted beside the best one when its score comes this close; a stranger has to come closer.
_CLOSE_IN_PASSAGE = 0.72
_CLOSE_ELSEWHERE = 0.88
_MAX_SENTENCES = 4
_MAX_CHARACTERS = 900  # about what is read in a minute
LONG_SENTENCE = 240  # characters from which on clauses are quoted instead of a sentence
_ENOUGH = 0.95  # of the words that the sentence holds: what the clauses must hold
_NUMBERING = re.compile(r"(?:Điều\s+\d+[a-zđ]?[.:]|\d{1,3}[.)]|[a-zđ]\)|[IVXLC]+[.\-–])\s*")


def choose(ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentence and those close behind, best first."""
    best, chosen = ranked[0], [ranked[0]]
    length = len(best.text)
    for candidate in ranked[1:]:
        if (candidate.opposed and not best.opposed) or candidate.text.endswith(":"):
            continue  # of the other nature, or a lead-in ("… giải pháp sau:"), which says nothing
        near = _CLOSE_IN_PASSAGE if candidate.passage is best.passage else _CLOSE_ELSEWHERE
        length += len(candidate.text)
        if len(chosen) == _MAX_SENTENCES or length > _MAX_CHARACTERS or candidate.score < near * best.score:
            break
        chosen.append(candidate)
    return chosen


def cite(
    chosen: Sequence[ScoredSentence],
    index: Index,
    expected: Expectation | None = None,
    words: QuestionWords | None = None,
) -> tuple[Citation, ...]:
    """Citations of the chosen sentences: the best sentence's passage first, each passage in reading order.

    Neighbouring sentences become one quotation; of a long sentence only the clauses that hold the question's
    `words` are quoted. What is `expected` is marked as decisive.
    """
    passages = list(dict.fromkeys(sentence.passage for sentence in chosen))
    citations = []
    for passage in passages:
        spans = sorted(
            (_narrowed(sentence, expected, words) for sentence in chosen if sentence.passage is passage),
            key=lambda s: s.start,
        )
        citations += [citation_of(passage, span, index, expected) for span in _joined(passage.text, spans)]
    return tuple(citations)


def cite_whole(passages: Sequence[Passage], index: Index) -> tuple[Citation, ...]:
    """Citations of whole paragraphs."""
    return tuple(citation_of(passage, Span(0, len(passage.text)), index) for passage in passages)


def quoted_text(citations: Sequence[Citation]) -> str:
    """The answer's text: each quotation with its marker, a line each."""
    return "\n".join(f"“{citation.quote}” [{number}]" for number, citation in enumerate(citations, 1))


def _narrowed(sentence: ScoredSentence, expected: Expectation | None, words: QuestionWords | None) -> Span:
    """The clauses of a long sentence from the first to the last that is needed; else all of it."""
    text, whole = sentence.passage.text, sentence.span
    parts = clauses(text, whole)
    if words is None or len(parts) < 2 or whole.end - whole.start < LONG_SENTENCE:
        return whole
    needed = _ENOUGH * words.coverage(sentence.terms)
    runs = [Span(first.start, last.end) for i, first in enumerate(parts) for last in parts[i:]]
    for run in sorted(runs, key=lambda run: run.end - run.start):
        held = words.share_in(run.of(text))
        if held >= needed and (expected is None or expected.met_by(run.of(text))):
            end = run.end - 1 if run.of(text).endswith(";") else run.end
            return Span(run.start, end)
    return whole


def citation_of(passage: Passage, span: Span, index: Index, expected: Expectation | None = None) -> Citation:
    """The citation of a span of a passage, without its own number; what is `expected` is decisive."""
    numbering = _NUMBERING.match(passage.text, span.start, span.end)
    # The location says "khoản 4"; the quotation need not begin with "4.".
    start = numbering.end() if numbering and numbering.end() < span.end else span.start
    found = expected.spans(passage.text[start : span.end]) if expected and expected.is_value else []
    first = passage.start + start
    decisive = tuple((first + part.start, first + part.end) for part in found)
    return Citation(index.document_of(passage), passage, first, passage.start + span.end, decisive)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
