"""From what was found to the Answer: its text, its citations, its notes.

An answer of quotations and one that a language model wrote are put together alike. Does not search, and does
not decide whether there is an answer.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import GENERATED, QUOTED, Answer, CheckedSentence, Note, RankedPassage, Verdict
from assistant.composition import quoted_text
from assistant.evidence import Evidence, Refusal, Understood
from assistant.generation.writing import Composed
from assistant.notes import notes_on
from assistant.selection import HIGHEST_SCORE, ScoredSentence
from corpus.citation import Citation
from corpus.passage import Passage
from prompts import say

_SHOWN = 5  # passages listed with an answer


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside a quoted answer of a language model that did not answer.

    `why`: the wording in `prompts/*/failures`, e.g. "slow"; `composed`: what it wrote all the same.
    """

    model: str
    why: str
    composed: Composed | None = None


def quoted_answer(
    evidence: Evidence, outcome: tuple[Citation, ...] | Refusal, beside: Beside | None = None
) -> Answer:
    """The answer in the documents' own sentences, or the refusal."""
    citations = () if isinstance(outcome, Refusal) else outcome
    refusal = outcome if isinstance(outcome, Refusal) else None
    answer = Answer(
        question=evidence.understood.asked or evidence.understood.typed.text,
        understood_as=None if refusal and refusal.is_reply else _understood_as(evidence.understood),
        language=evidence.language,
        text=_text(citations, refusal, evidence.language),
        citations=citations,
        passages=() if refusal and refusal.is_reply else _ranked_passages(evidence),
        refused=refusal is not None,
        reason=refusal.reason if refusal else None,
        mode=QUOTED,
        took_ms=_elapsed_ms(evidence),
        notes=notes_on(evidence, citations) if citations else (),
    )
    if beside is None:
        return answer
    told = Note(say(f"failures/{beside.why}", evidence.language))
    composed = beside.composed
    return replace(
        answer,
        notes=(told, *answer.notes),
        model=beside.model,
        sentences=_discarded(composed, evidence.language) if composed else (),
        prompt_version=composed.prompt_version if composed else None,
    )


def written_answer(evidence: Evidence, composed: Composed, model: str) -> Answer:
    """The answer in a model's sentences, as they were checked."""
    shown = [sentence for sentence in composed.sentences if sentence.verdict is not Verdict.REMOVED]
    return Answer(
        question=evidence.understood.asked or evidence.understood.typed.text,
        understood_as=_understood_as(evidence.understood),
        language=evidence.language,
        text="\n".join(sentence.line for sentence in shown),
        citations=composed.citations,
        passages=_ranked_passages(evidence),
        refused=False,
        reason=None,
        mode=GENERATED,
        took_ms=_elapsed_ms(evidence),
        notes=notes_on(evidence, composed.citations),
        sentences=composed.sentences,
        model=model,
        prompt_version=composed.prompt_version,
    )


def in_time(outcome: tuple[Citation, ...] | Refusal, evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """The outcome without quotations from documents that are not to be quoted."""
    if isinstance(outcome, Refusal) or not evidence.excluded or evidence.understood.as_of is None:
        return outcome
    kept = tuple(one for one in outcome if one.document.id not in evidence.excluded)
    day = evidence.understood.as_of.shown
    return kept or Refusal(say("reason_issued_later", evidence.language, day=day))


def _discarded(composed: Composed, language: str) -> tuple[CheckedSentence, ...]:
    """The sentences of an answer that is not shown after all."""
    off_question = say("faults/off_question", language)
    return tuple(
        replace(one, text="", verdict=Verdict.REMOVED, markers=(), reason=one.reason or off_question)
        for one in composed.sentences
    )


def _elapsed_ms(evidence: Evidence) -> int:
    return round((time.perf_counter() - evidence.understood.started) * 1000)


def _understood_as(understood: Understood) -> str | None:
    """The question in the words that were looked for; None when they are the typed ones."""
    typed, read = understood.typed, understood.read
    changed = read.differs_from(typed)
    if understood.context is not None:
        language = understood.typed.language
        return say(
            "follow_up", language, question=read.question.text, earlier=understood.context.question.text
        )
    if understood.typed.language == "en":
        return say("understood", "en", words=read.question.text)
    return read.question.text if changed else None


def _text(citations: Sequence[Citation], refusal: Refusal | None, language: str) -> str:
    if refusal is not None:
        return refusal.reason if refusal.is_reply else f"{say('refusal', language)} {refusal.reason}"
    quoted = quoted_text(citations)
    return quoted if language == "vi" else f"{say('quotes_frame', language)}\n{quoted}"


def _ranked_passages(evidence: Evidence) -> tuple[RankedPassage, ...]:
    """The passages nearest to the question, each with the score of its best sentence."""
    best: dict[Passage, ScoredSentence] = {}
    for sentence in evidence.ranked:
        best.setdefault(sentence.passage, sentence)
    return tuple(
        RankedPassage(
            evidence.index.document_of(passage),
            passage,
            max(0.0, min(1.0, sentence.score / HIGHEST_SCORE)),
            sentence.span.start,
        )
        for passage, sentence in list(best.items())[:_SHOWN]
    )
