"""Measures of answers against gold places: first citation, shown facts, refusals, exact quotes.

Judges what a reader gets (quotations and their places); does not judge style.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from corpus.text import nfc
from evaluation.questions import LabelledQuestion, place


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer fares. `first_right`, `facts_shown`, `all_places`: of answerable questions only."""

    question: LabelledQuestion
    answer: Answer
    first_right: bool
    facts_shown: bool
    all_places: bool
    quotes_exact: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares (0..1) over a set of questions; None where no question of that sort is in it."""

    answerable: int
    unanswerable: int
    first_citation: float | None
    facts_shown: float | None
    all_places: float | None
    wrongly_refused: float | None
    rightly_refused: float | None
    quotes_exact: float | None
    characters: float | None
    median_ms: float | None


def judge(question: LabelledQuestion, answer: Answer) -> Judgement:
    """Compare one answer with the gold."""
    places = [place(citation.passage) for citation in answer.citations]
    shown = nfc(" ".join(citation.quote for citation in answer.citations))
    exact = all(
        citation.quote == citation.document.text[citation.start : citation.end]
        and citation.quote in citation.passage.text
        for citation in answer.citations
    )
    return Judgement(
        question=question,
        answer=answer,
        first_right=bool(places) and places[0] in question.gold,
        facts_shown=all(any(text in shown for text in group) for group in question.answer_contains),
        all_places=question.gold <= set(places),
        quotes_exact=exact,
    )


def measure(judgements: Sequence[Judgement]) -> Measures:
    """Aggregate judgements. A wrongly refused question counts as a wrong first citation."""
    asked = [j for j in judgements if j.question.answerable]
    silent = [j for j in judgements if not j.question.answerable]
    several = [j for j in asked if j.question.all_gold]
    given = [j for j in judgements if not j.answer.refused]
    times = sorted(j.answer.took_ms for j in judgements)
    return Measures(
        answerable=len(asked),
        unanswerable=len(silent),
        first_citation=_share(asked, lambda j: j.first_right),
        facts_shown=_share(asked, lambda j: j.facts_shown and not j.answer.refused),
        all_places=_share(several, lambda j: j.all_places),
        wrongly_refused=_share(asked, lambda j: j.answer.refused),
        rightly_refused=_share(silent, lambda j: j.answer.refused),
        quotes_exact=_share(given, lambda j: j.quotes_exact),
        characters=sum(len(j.answer.text) for j in given) / len(given) if given else None,
        median_ms=float(times[len(times) // 2]) if times else None,
    )


def _share(judgements: Sequence[Judgement], holds: Callable[[Judgement], bool]) -> float | None:
    return sum(map(holds, judgements)) / len(judgements) if judgements else None
