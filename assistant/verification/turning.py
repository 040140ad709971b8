"""What turns a clause round although a stretch has its figures, names and words.

Small words (`cues`), and what stands in the stretch for something else (`exchanging`).
"""

import re
from collections.abc import Iterator, Sequence

from assistant.verification import cues
from assistant.verification.exchanging import Place, Said, is_exchanged
from assistant.verification.figures import Figure
from assistant.verification.findings import Fault, Finding
from assistant.verification.names import Name, has_name, keys_of, names_in
from assistant.verification.reading import Clause, Paragraph, Stretch
from assistant.verification.restrictions import left_out
from corpus.text import syllable_key

_PLACES = frozenset(map(syllable_key, ["huyện", "phố", "xã", "phường", "trấn", "tỉnh", "thôn"]))
_TO = re.compile(r"\s*(?:[-–]|đến|tới|và)\s*(?:hết\s+)?(?:năm|tháng|ngày)?\s*")


def turned(clause: Clause, paragraph: Paragraph, stretch: Stretch) -> Finding | None:
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
    if word := left_out(said, clause.figures, held, stretch.figures):
        return Finding(Fault.SCOPE, word)
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
    follows = before and before[0].islower() and len(name.keys) > 1
    word = syllable_key(before[0]) if follows else name.keys[0]
    return "place" if word in _PLACES else word
