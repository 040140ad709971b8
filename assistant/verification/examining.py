"""The check of one written sentence against the paragraphs it cites.

What is checked, in this order: its markers; markup and quotation marks; then, clause by clause, that one run
of sentences of a cited paragraph has its figures, names and words, and that no small word turns it round. A
sentence passes only when every clause does. Strict rather than clever: a right sentence that is refused costs
a quotation in its place, a wrong one that passes may be acted on.
"""

from collections.abc import Callable, Sequence

from assistant.verification.covering import COVERED, HELD, SAYS, addition, covers, missing_figures
from assistant.verification.findings import Fault, Finding, Rest, Source
from assistant.verification.names import Name
from assistant.verification.reading import (
    Clause,
    Paragraph,
    Stretch,
    clause_of,
    clauses_of,
    missing_names,
    missing_organs,
    paragraph_of,
    parted,
    whole_of,
)
from assistant.verification.turning import turned
from assistant.verification.verbatim import alien, said_or_quoted, verbatim
from assistant.verification.words import coverage
from corpus.text import nfc, syllable_key, words

_ALL_WORDS = 0.97
_FAULTS = {"number": Fault.NUMBER, "date": Fault.DATE, "code": Fault.CODE}
_Match = tuple[int, Paragraph, Stretch]


def examine(written: str, sources: Sequence[Source], language: str = "vi") -> Finding:
    """Whether `written`, with its markers [n] counting `sources` from 1, is borne out.

    `language`: of the sentence, "vi" or "en"; the paragraphs are Vietnamese.
    """
    text, numbers = parted(nfc(written))
    if not numbers:
        return Finding(Fault.NO_SOURCE)
    if unknown := [number for number in numbers if not 1 <= number <= len(sources)]:
        return Finding(Fault.UNKNOWN_SOURCE, f"[{unknown[0]}]")
    cited = [(number, paragraph_of(sources[number - 1])) for number in numbers]
    whole = clause_of(text, language)
    if not any(unit.weight for unit in whole.units) and not whole.figures:
        return Finding(Fault.NOTHING_SAID)
    if fault := alien(text, [paragraph for _, paragraph in cited]):
        return fault
    if stands := [rest for number, one in cited if (rest := verbatim(said_or_quoted(text), number, one))]:
        return Finding(None, "", (stands[0],))
    matches = _matched(whole, cited)
    if isinstance(matches, Finding):
        return matches
    return Finding(None, "", _rests(matches))


def likely_sources(written: str, sources: Sequence[Source], language: str = "vi") -> list[int]:
    """Numbers of the paragraphs that may bear a sentence out, whatever it cites: a quick look at words."""
    text, _ = parted(nfc(written))
    clause = clause_of(text, language)
    return [
        number
        for number, source in enumerate(sources, 1)
        if coverage(clause.units, whole_of(source).terms) >= COVERED[language]
    ]


def _matched(whole: Clause, cited: Sequence[tuple[int, Paragraph]]) -> list[_Match] | Finding:
    """For the sentence, or for each of its clauses, a stretch that bears it out."""
    match = _match(whole, cited)
    if not isinstance(match, Finding):
        return [match]
    parts = clauses_of(whole)
    if len(parts) < 2:
        return match
    matches = [_match(part, cited, _alone) for part in parts]
    failed = [one for one in matches if isinstance(one, Finding)]
    return failed[0] if failed else [one for one in matches if not isinstance(one, Finding)]


def _whole(stretch: Stretch) -> frozenset[str]:
    return stretch.whole.terms


def _alone(stretch: Stretch) -> frozenset[str]:
    return stretch.terms


def _match(
    clause: Clause,
    cited: Sequence[tuple[int, Paragraph]],
    context: Callable[[Stretch], frozenset[str]] = _whole,
) -> _Match | Finding:
    """The shortest stretch that bears a clause out, or what is wrong with the nearest one.

    `context`: the words that may be left out of a stretch because they stand around it.
    """
    found = [
        (number, paragraph, stretch)
        for number, paragraph in cited
        for stretch in paragraph.stretches
        if covers(stretch, paragraph, clause, context(stretch))
    ]
    if not found:
        return _lacking(clause, cited)
    if moved := _moved(clause, cited):
        return moved
    findings: list[Finding] = []
    for match in sorted(found, key=lambda one: _size(one[2])):
        fault = turned(clause, match[1], match[2])
        if fault is None:
            return match
        findings.append(fault)
    return findings[0]


def _moved(clause: Clause, cited: Sequence[tuple[int, Paragraph]]) -> Finding | None:
    """A figure put in place of another: a single statement has all the words, and another figure."""
    for _, paragraph in cited:
        for stretch in paragraph.stretches:
            missing = missing_figures(clause, stretch, paragraph)
            has_words = missing and coverage(clause.units, stretch.terms) >= _ALL_WORDS
            if has_words and any(one.is_like(figure) for figure in missing for one in stretch.figures):
                return Finding(Fault.EXCHANGED, missing[0].text)
    return None


def _size(stretch: Stretch) -> int:
    return stretch.span.end - stretch.span.start


def _lacking(clause: Clause, cited: Sequence[tuple[int, Paragraph]]) -> Finding:
    """What no stretch has, or that nothing has it all together."""
    paragraphs = [paragraph for _, paragraph in cited]
    stretches = [(stretch, paragraph) for paragraph in paragraphs for stretch in paragraph.stretches]
    if not stretches:
        return Finding(Fault.NOT_COVERED, clause.text)
    for figure in clause.figures:
        if all(figure in missing_figures(clause, *pair) for pair in stretches):
            return Finding(_FAULTS[figure.kind], figure.text)
    nowhere: list[Name] = [
        name
        for name in clause.names
        if all(name in missing_names(stretch, paragraph, clause) for stretch, paragraph in stretches)
    ]
    if nowhere:
        return Finding(Fault.NAME, nowhere[0].text)
    unnamed = [missing_organs(stretch, paragraph, clause) for stretch, paragraph in stretches]
    if organs := frozenset.intersection(*unnamed):
        return Finding(Fault.NAME, _spelled(clause.text, min(organs)))
    nearest, paragraph = max(
        stretches,
        key=lambda pair: coverage(clause.units, pair[0].terms | pair[1].about.terms, pair[0].whole.terms),
    )
    held = nearest.terms | paragraph.about.terms
    if elsewhere := missing_figures(clause, nearest, paragraph):
        return Finding(Fault.EXCHANGED, elsewhere[0].text)
    missing = [unit.text for unit in clause.units if unit.weight >= SAYS and unit.held_by(held) < HELD]
    return Finding(Fault.NOT_COVERED, addition(clause, held) or ", ".join(missing) or clause.text)


def _spelled(text: str, organ: str) -> str:
    """A body as a text writes it."""
    said, size = words(text), len(organ.split())
    each = (said[at : at + size] for at in range(len(said)))
    return next(" ".join(part) for part in each if " ".join(map(syllable_key, part)) == organ)


def _rests(matches: Sequence[_Match]) -> tuple[Rest, ...]:
    rests = [Rest(number, stretch.span) for number, _, stretch in matches]
    return tuple(dict.fromkeys(rests))
