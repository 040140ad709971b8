"""What one answer adds to every measure, compared with its gold.

Every measure is a ratio of sums (see `statistics`): here are the two numbers a question adds. Citation
precision and recall follow ALCE (Gao et al. 2023, arXiv:2305.14627) with overlap of characters in place of
entailment, since quotations are verbatim. Judges what a reader gets, not style.
"""

import re
from collections import Counter

from corpus.text import search_terms
from evaluation.given import GivenAnswer, Quoted
from evaluation.held import Gold, Held, Span
from evaluation.questions import LabelledQuestion
from evaluation.statistics import Part
from evaluation.support import supported_sentences

_MARKER = re.compile(r"\[(\d+)\]")
_SAME = 0.5  # of the shorter of two stretches has to be shared for them to be called the same place


def judge(question: LabelledQuestion, gold: Gold, given: GivenAnswer, held: Held) -> dict[str, Part]:
    """By measure, what the answer adds to its two sums; a measure that does not apply is absent."""
    parts: dict[str, Part] = _refusals(question, given)
    if given.citations and not given.refused:
        parts["quotes_exact"] = (_exact(given, held), 1)
        parts["characters"] = (len(given.text), 1)
    if question.answerable:
        parts |= _citations(question, gold, given) | _contents(question, given)
    if given.mode != "extractive" and not given.refused:
        parts["supported_sentences"] = supported_sentences(given)
    return parts


def _refusals(question: LabelledQuestion, given: GivenAnswer) -> dict[str, Part]:
    refused, unanswerable = float(given.refused), float(not question.answerable)
    parts = {
        "refusal_precision": (refused * unanswerable, refused),
        "refusal_recall": (refused * unanswerable, unanswerable),
        "refusal_f1": (2 * refused * unanswerable, refused + unanswerable),
        "wrongly_refused": (refused * (1 - unanswerable), 1 - unanswerable),
    }
    return {name: part for name, part in parts.items() if part[1]}


def _citations(question: LabelledQuestion, gold: Gold, given: GivenAnswer) -> dict[str, Part]:
    if not gold.places:
        return {}
    cited = [] if given.refused else [_span(quoted) for quoted in given.citations]
    parts = {"first_citation": (float(bool(cited) and _is_one_of(cited[0], gold.places)), 1.0)}
    wanted = gold.quotes or gold.places
    if cited:
        parts["citation_precision"] = (sum(_mostly_in(one, gold.places) for one in cited) / len(cited), 1)
        shown = sum(one.end - one.start for one in cited)
        parts["over_quotation"] = (shown - _covered(cited, wanted), shown)
    parts["citation_recall"] = (_recall(question, gold, cited), 1)
    if question.all_gold:
        parts["all_places"] = (float(all(_is_one_of(place, cited) for place in gold.places)), 1)
    return parts


def _recall(question: LabelledQuestion, gold: Gold, cited: list[Span]) -> float:
    """By characters where the answering words are known; else by paragraphs, one of which is enough or
    all.
    """
    if gold.quotes:
        return _covered(list(gold.quotes), tuple(cited)) / _covered(list(gold.quotes), gold.quotes)
    touched = [_is_one_of(place, cited) for place in gold.places]
    return sum(touched) / len(touched) if question.all_gold else float(any(touched))


def _contents(question: LabelledQuestion, given: GivenAnswer) -> dict[str, Part]:
    """Facts and syllables of what is shown: the quotations, or the model's own sentences."""
    shown = "" if given.refused else shown_text(given)
    parts: dict[str, Part] = {}
    if question.answer_contains:
        groups = [any(text in shown for text in group) for group in question.answer_contains]
        parts["facts"] = (float(all(groups)), 1)
        parts["fact_recall"] = (sum(groups) / len(groups), 1)
    if question.reference:
        mine, theirs = search_terms(shown), search_terms(question.reference)
        parts["token_f1"] = (token_f1(mine, theirs), 1)
        if not given.refused:
            parts["length_ratio"] = (len(mine), len(theirs))
    return parts


def shown_text(given: GivenAnswer) -> str:
    """The words of an answer that count: quotations one after the other, or text without its markers."""
    if given.mode == "extractive":
        return " ".join(quoted.quote for quoted in given.citations)
    return _MARKER.sub("", given.text)


def token_f1(mine: list[str], theirs: list[str]) -> float:
    """F1 of the bags of syllables, as SQuAD counts it (Rajpurkar et al. 2016, arXiv:1606.05250)."""
    shared = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * shared / (len(mine) + len(theirs)) if shared else 0.0


def _exact(given: GivenAnswer, held: Held) -> float:
    markers = {int(number) for number in _MARKER.findall(given.text)}
    complete = not markers or markers == set(range(1, len(given.citations) + 1))
    return float(complete and all(_is_exact(quoted, held) for quoted in given.citations))


def _is_exact(quoted: Quoted, held: Held) -> bool:
    """Whether the words stand where they are said to stand, in the paragraph that is named."""
    document = held.documents.get(quoted.document_id)
    if document is None or document.text[quoted.start : quoted.end] != quoted.quote or not quoted.quote:
        return False
    if quoted.passage_id is None:
        return True
    around = held.passage_at(_span(quoted))
    return (
        around is not None
        and (around.id, around.location) == (quoted.passage_id, quoted.location)
        and quoted.end <= around.end
    )


def _span(quoted: Quoted) -> Span:
    return Span(quoted.document_id, quoted.start, quoted.end)


def _is_one_of(span: Span, others: tuple[Span, ...] | list[Span]) -> bool:
    """Whether a stretch is the same place as one of the others: half of the shorter one is shared."""
    return any(
        span.overlap(other) >= _SAME * min(span.end - span.start, other.end - other.start) for other in others
    )


def _mostly_in(span: Span, places: tuple[Span, ...]) -> bool:
    return _covered([span], places) >= _SAME * (span.end - span.start)


def _covered(spans: list[Span], others: tuple[Span, ...]) -> int:
    """Characters of `spans` that lie in `others`, each counted once."""
    inside = {
        (span.document_id, position)
        for span in spans
        for other in others
        if span.overlap(other)
        for position in range(max(span.start, other.start), min(span.end, other.end))
    }
    return len(inside)
