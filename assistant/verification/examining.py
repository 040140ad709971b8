"""The check of one written sentence against the paragraphs it cites.

What is checked, in this order: its markers; markup and quotation marks; then, clause by clause, that one run
of sentences of a cited paragraph has its figures, names and words, and that no small word turns it round. A
sentence passes only when every clause does. Strict rather than clever: a right sentence that is refused costs
a quotation in its place, a wrong one that passes may be acted on.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.verification import cues
from assistant.verification.cues import is_imperative
from assistant.verification.exchanging import Place, Said, is_exchanged
from assistant.verification.figures import Figure
from assistant.verification.findings import Fault, Finding, Rest, Source
from assistant.verification.names import Name, has_name, keys_of, names_in
from assistant.verification.reading import (
    Clause,
    Paragraph,
    Stretch,
    clause_of,
    clauses_of,
    keys_in,
    missing_names,
    missing_organs,
    paragraph_of,
    parted,
    whole_of,
)
from assistant.verification.words import Unit, coverage
from corpus.sentences import Span
from corpus.text import nfc, search_terms, syllable_key, words

_COVERED = {"vi": 0.78, "en": 0.8}  # of a clause's words, by weight
_ALL_WORDS = 0.97
_OWN = 0.4  # of them the stretch itself, not only the sentence around it, has to have
_HELD = 0.5  # of a word from which on it counts as held
_RARE = 7.0  # weight of a word that is an addition by itself
_ITEM_SAYS = 5.0  # weight of a word by which an item of a list says something
_ADDED = 2  # words in a row that say something and are not held: an addition
_SAYS = 3.5  # weight from which on a word says something
_LEAST_VERBATIM = 20  # characters
_OWN_NUMBER = re.compile(r"(?:Điều\s+)?\d{1,3}[.)]|[a-zđ]\)|-")
_MARKUP = re.compile(r"<\s*[a-z/!]|https?:|www\.|javascript:|\]\(|data:[a-z]", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
_ONLY_QUOTES = re.compile(
    r"(?:Theo )?(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Báo cáo|Văn bản|Đoạn này|The \w+)?"
    r"(?: (?:nêu rõ|nêu|ghi|quy định|yêu cầu|states|says))?[:,\s.]*",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Công văn|Công điện|Báo cáo|Kết luận|Thông báo|Tờ trình|"
    r"Chương trình|"
    r"Resolution|Directive|Plan|Decision|Report|Conclusion)\b[^,;.]{0,60}$"
)
_OPENING = 20  # characters in which a sentence names its subject
_PLACES = frozenset(["huyện", "phố", "xã", "phường", "trấn", "tỉnh", "thôn"])
_DOCUMENT = re.compile(
    r"(?:Theo |Riêng )?(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Báo cáo|Văn bản|Công văn|Đề án)"
)
_REPORTS = re.compile(
    r"\b(?:yêu cầu|nêu|giao|đề nghị|quy định|đặt|chỉ đạo|xác định|cho biết|chỉ ra|đánh giá|nhận định|"
    r"ghi|phê duyệt|là|"
    r"states?|says?|requires?|assigns?|calls?|asks?|sets?|is|was|reports?)\b"
)
_TO = re.compile(r"\s*(?:[-–]|đến|tới|và)\s*(?:hết\s+)?(?:năm|tháng|ngày)?\s*")
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
    if fault := _alien(text, [paragraph for _, paragraph in cited]):
        return fault
    if verbatim := [rest for number, one in cited if (rest := _verbatim(_said_or_quoted(text), number, one))]:
        return Finding(None, "", (verbatim[0],))
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
        if coverage(clause.units, whole_of(source).terms) >= _COVERED[language]
    ]


def _alien(text: str, cited: Sequence[Paragraph]) -> Finding | None:
    """Markup and quotations that the paragraphs do not have."""
    held = [" ".join(f"{one.source.text} {one.source.about}".split()) for one in cited]
    if (markup := _MARKUP.search(text)) and not any(markup.group() in one for one in held):
        return Finding(Fault.FOREIGN_MARKUP, markup.group())
    spelled = [f" {' '.join(search_terms(one))} " for one in held]
    for quoted in _QUOTED.findall(text):
        # Where the tone is written ("xoá", "xóa") is no other word.
        if not any(f" {' '.join(search_terms(quoted))} " in one for one in spelled):
            return Finding(Fault.QUOTATION, quoted)
    return None


def _said_or_quoted(text: str) -> str:
    """The words of a sentence that only quotes ("Kế hoạch nêu: “…”"); else the sentence."""
    quoted = _QUOTED.search(text)
    return (
        quoted[1]
        if quoted and _ONLY_QUOTES.fullmatch(text[: quoted.start()] + text[quoted.end() :])
        else text
    )


def _verbatim(text: str, number: int, paragraph: Paragraph) -> Rest | None:
    """Where a paragraph has just these words, from the beginning of a statement to its end."""
    words = text.strip(' .;,“”"')
    held = paragraph.source.text
    start = held.find(words) if len(words) >= _LEAST_VERBATIM else -1
    if start < 0:
        return None
    before, after = held[:start].rstrip(), held[start + len(words) :].lstrip()
    opens = not before or before[-1] in ".;:!?" or (_OWN_NUMBER.fullmatch(before) is not None)
    closes = not after or after[0] in ".;!?"
    if not (opens and closes):
        return None
    end = start + len(words)
    return Rest(number, Span(start, end + (after[:1] == "." and held[end : end + 1] == ".")))


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
        if _covers(stretch, paragraph, clause, context(stretch))
    ]
    if not found:
        return _lacking(clause, cited)
    if moved := _moved(clause, cited):
        return moved
    findings: list[Finding] = []
    for match in sorted(found, key=lambda one: _size(one[2])):
        fault = _turned(clause, match[1], match[2])
        if fault is None:
            return match
        findings.append(fault)
    return findings[0]


def _moved(clause: Clause, cited: Sequence[tuple[int, Paragraph]]) -> Finding | None:
    """A figure put in place of another: a single statement has all the words, and another figure."""
    for _, paragraph in cited:
        for stretch in paragraph.stretches:
            missing = _missing(clause, stretch, paragraph)
            has_words = missing and coverage(clause.units, stretch.terms) >= _ALL_WORDS
            if has_words and any(one.is_like(figure) for figure in missing for one in stretch.figures):
                return Finding(Fault.EXCHANGED, missing[0].text)
    return None


def _size(stretch: Stretch) -> int:
    return stretch.span.end - stretch.span.start


def _covers(stretch: Stretch, paragraph: Paragraph, clause: Clause, around: frozenset[str]) -> bool:
    """Whether a stretch has the figures, names and words of a clause."""
    held = stretch.terms | paragraph.about.terms
    return (
        coverage(clause.units, held) >= _OWN
        and coverage(clause.units, held, around) >= _COVERED[clause.language]
        and not _missing(clause, stretch, paragraph)
        and not missing_names(stretch, paragraph, clause)
        and not _addition(clause, held | around)
        and _has_subject(clause, stretch, paragraph)
        and not missing_organs(stretch, paragraph, clause)
    )


def _has_subject(clause: Clause, stretch: Stretch, paragraph: Paragraph) -> bool:
    """Whether what a clause begins with is not taken from another statement of the paragraph.

    A document may be the subject where something is said of what it says: "Kế hoạch … đặt mục tiêu".
    """
    text = clause.text[clause.lead :]
    opening = [
        name
        for name in clause.names
        if 0 <= name.start - clause.lead <= _OPENING and not _DOCUMENT.match(name.text)
    ]
    if opening and not has_name(keys_in(stretch.text, clause.language), opening[0]):
        return bool(_REPORTS.search(clause.text[opening[0].end :][:_OPENING]))
    said = [unit for unit in clause.units if unit.weight >= _SAYS]
    if not said:
        return True
    # What an elliptic statement leaves out is what it is about; what is said last is its own.
    if _is_elsewhere(said[-1], stretch, paragraph):
        return False
    if is_imperative(text) or _REPORTS.search(text[: 2 * _OPENING]):
        return True
    return not _is_elsewhere(said[0], stretch, paragraph)


def _is_elsewhere(unit: Unit, stretch: Stretch, paragraph: Paragraph) -> bool:
    """Whether a word stands in the paragraph, but not in the stretch."""
    return unit.held_by(stretch.terms) < _HELD <= unit.held_by(paragraph.whole.terms)


def _missing(clause: Clause, stretch: Stretch, paragraph: Paragraph) -> list[Figure]:
    """Figures of a clause that a stretch has not.

    Those it leads in with may stand anywhere, and those behind the name of a document in that name.
    """
    held = (*stretch.figures, *stretch.leading_dates)
    about = paragraph.about.figures
    anywhere = (*held, *paragraph.whole.figures, *about)

    def has(figure: Figure) -> bool:
        if figure.end <= clause.lead:
            return any(one.stands_for(figure) for one in anywhere)
        named = _is_year(figure) or _OF_DOCUMENT.search(clause.text[: figure.start])
        return any(one.stands_for(figure) for one in ((*held, *about) if named else held))

    return [figure for figure in clause.figures if not has(figure)]


def _is_year(figure: Figure) -> bool:
    return figure.kind == "date" and all(value[:2] == (0, 0) for value in figure.values)  # type: ignore[index]


def _addition(clause: Clause, held: frozenset[str]) -> str:
    """A rare word, words in a row, or an item of a list, that say something and are not held."""
    run: list[Unit] = []
    for unit in clause.units:
        if unit.weight >= _RARE and unit.held_by(held) < _HELD:
            return unit.text
        if unit.weight < _SAYS:
            continue
        run = [*run, unit] if unit.held_by(held) < _HELD else []
        if len(run) >= _ADDED:
            return " ".join(one.text for one in run)
    for item in clause.items:
        said = [unit for unit in item if unit.weight >= _ITEM_SAYS]
        if said and all(unit.held_by(held) < _HELD for unit in item if unit.weight >= _SAYS):
            return " ".join(unit.text for unit in item)
    return ""


def _lacking(clause: Clause, cited: Sequence[tuple[int, Paragraph]]) -> Finding:
    """What no stretch has, or that nothing has it all together."""
    paragraphs = [paragraph for _, paragraph in cited]
    stretches = [(stretch, paragraph) for paragraph in paragraphs for stretch in paragraph.stretches]
    if not stretches:
        return Finding(Fault.NOT_COVERED, clause.text)
    for figure in clause.figures:
        if all(figure in _missing(clause, *pair) for pair in stretches):
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
    if elsewhere := _missing(clause, nearest, paragraph):
        return Finding(Fault.EXCHANGED, elsewhere[0].text)
    missing = [unit.text for unit in clause.units if unit.weight >= _SAYS and unit.held_by(held) < _HELD]
    return Finding(Fault.NOT_COVERED, _addition(clause, held) or ", ".join(missing) or clause.text)


def _spelled(text: str, organ: str) -> str:
    """A body as a text writes it."""
    said, size = words(text), len(organ.split())
    each = (said[at : at + size] for at in range(len(said)))
    return next(" ".join(part) for part in each if " ".join(map(syllable_key, part)) == organ)


def _turned(clause: Clause, paragraph: Paragraph, stretch: Stretch) -> Finding | None:
    """What turns the meaning round, though figures, names and words are there."""
    said, held = clause.text, stretch.text
    about = paragraph.source.about
    checks = (
        (Fault.DIRECTION, cues.direction_at_fault(said, held)),
        (Fault.NEGATION, cues.negation_at_fault(said, held)),
        (Fault.EXCHANGED, cues.role_at_fault(said, held, clause.language)),
        (Fault.SCOPE, cues.scope_at_fault(said, held)),
        (Fault.CAUSE, cues.cause_at_fault(said, held)),
        (Fault.TASK_AS_FACT, cues.done_though_a_task(said, held, about)),
        (Fault.FACT_AS_TASK, cues.a_task_though_told(said, held, about)),
    )
    for fault, word in checks:
        if word:
            return Finding(fault, word)
    if clause.language == "en" and (word := cues.left_out_denial(clause.units, said, held)):
        return Finding(Fault.NEGATION, word)
    if cues.denies_without_ground(said, held):
        return Finding(Fault.NEGATION, said)
    for figure in clause.figures:
        if word := cues.bound_at_fault(figure, said, held, stretch.figures):
            return Finding(Fault.BOUND, word)
    return next(_exchanged(clause, stretch), None)


def _exchanged(clause: Clause, stretch: Stretch) -> Iterator[Finding]:
    """What stands there for something else, as far as the sentences around tell."""
    whole = stretch.whole
    for figure in clause.figures:
        same = [one for one in whole.figures if one.stands_for(figure)]
        others = [
            one
            for one in whole.figures
            if one.is_like(figure) and one not in same and not _is_range(whole.text, one, same)
        ]
        beside = [_place(one) for one in clause.figures if one.is_like(figure)]
        said = Said(clause.text, _place(figure), beside, clause.language)
        if is_exchanged(said, whole.text, [_place(one) for one in same], [_place(one) for one in others]):
            yield Finding(Fault.EXCHANGED, figure.text)
    held = {one: keys_of(one.text, clause.language) for one in names_in(whole.text)}
    for name in clause.names:
        own = [one for one, keys in held.items() if has_name(keys, name)]
        kinds = {_kind_of(whole.text, one) for one in own}
        rivals = [one for one in held if one not in own and _kind_of(whole.text, one) in kinds]
        said = Said(clause.text, _place(name), [_place(one) for one in clause.names], clause.language)
        if is_exchanged(said, whole.text, [_place(one) for one in own], [_place(one) for one in rivals]):
            yield Finding(Fault.EXCHANGED, name.text)
    for word, alike, opposed in cues.directions(clause.text, whole.text):
        said = Said(clause.text, word, [word], clause.language)
        if is_exchanged(said, whole.text, alike, opposed):
            yield Finding(Fault.DIRECTION, clause.text[slice(*word)])


def _place(found: Figure | Name) -> Place:
    return found.start, found.end


def _is_range(text: str, figure: Figure, same: Sequence[Figure]) -> bool:
    """Whether a figure is the other end of a range: "2021-2025"."""
    between = (text[min(one.end, figure.end) : max(one.start, figure.start)] for one in same)
    return any(_TO.fullmatch(part) for part in between)


def _kind_of(text: str, name: Name) -> str:
    """What a name names: the word before it ("huyện"), else its own first one ("Sở")."""
    before = text[: name.start].split()[-1:]
    word = before[0].lower() if before and before[0].islower() and len(name.keys) > 1 else name.keys[0]
    return "place" if word in _PLACES else word


def _rests(matches: Sequence[_Match]) -> tuple[Rest, ...]:
    rests = [Rest(number, stretch.span) for number, _, stretch in matches]
    return tuple(dict.fromkeys(rests))
