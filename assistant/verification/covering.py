"""Whether a stretch of a paragraph has the figures, names and words of a clause, and nothing is added.

Words only: that a small one turns the meaning round is seen by `turning`.
"""

import re

from assistant.verification.cues import is_imperative
from assistant.verification.figures import Figure
from assistant.verification.names import has_name
from assistant.verification.reading import Clause, Paragraph, Stretch, keys_in, missing_names, missing_organs
from assistant.verification.words import Unit, coverage

COVERED = {"vi": 0.78, "en": 0.8}  # of a clause's words, by weight
_OWN = 0.4  # of them the stretch itself, not only the sentence around it, has to have
HELD = 0.5  # of a word from which on it counts as held
_RARE = 7.0  # weight of a word that is an addition by itself
_ITEM_SAYS = 5.0  # weight of a word by which an item of a list says something
_ADDED = 2  # words in a row that say something and are not held: an addition
SAYS = 3.5  # weight from which on a word says something
_OF_DOCUMENT = re.compile(
    r"(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Công văn|Công điện|Báo cáo|Kết luận|Thông báo|Tờ trình|"
    r"Chương trình|"
    r"Resolution|Directive|Plan|Decision|Report|Conclusion)\b[^,;.]{0,60}$"
)
_OPENING = 20  # characters in which a sentence names its subject
_DOCUMENT = re.compile(
    r"(?:Theo |Riêng )?(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Báo cáo|Văn bản|Công văn|Đề án)"
)
_HELPS = re.compile(r"phối hợp[^,;.]*$", re.IGNORECASE)
_REPORTS = re.compile(
    r"\b(?:yêu cầu|nêu|giao|đề nghị|quy định|đặt|chỉ đạo|xác định|cho biết|chỉ ra|đánh giá|nhận định|"
    r"ghi|phê duyệt|là|"
    r"states?|says?|requires?|assigns?|calls?|asks?|sets?|is|was|reports?)\b"
)


def covers(stretch: Stretch, paragraph: Paragraph, clause: Clause, around: frozenset[str]) -> bool:
    """Whether a stretch has the figures, names and words of a clause."""
    held = stretch.terms | paragraph.about.terms
    return (
        coverage(clause.units, held) >= _OWN
        and coverage(clause.units, held, around) >= COVERED[clause.language]
        and not missing_figures(clause, stretch, paragraph)
        and not missing_names(stretch, paragraph, clause)
        and not addition(clause, held | around)
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
    if opening and _only_helps(stretch.text, opening[0].text) and "phối hợp" not in text:
        return False
    said = [unit for unit in clause.units if unit.weight >= SAYS]
    if not said:
        return True
    # What an elliptic statement leaves out is what it is about; what is said last is its own.
    if _is_elsewhere(said[-1], stretch, paragraph):
        return False
    if is_imperative(text) or _REPORTS.search(text[: 2 * _OPENING]):
        return True
    return not _is_elsewhere(said[0], stretch, paragraph)


def _only_helps(text: str, name: str) -> bool:
    """Whether a text names a body only as one that others work with."""
    places = [match.start() for match in re.finditer(re.escape(name), text)]
    return bool(places) and all(_HELPS.search(text[max(0, place - 60) : place]) for place in places)


def _is_elsewhere(unit: Unit, stretch: Stretch, paragraph: Paragraph) -> bool:
    """Whether a word stands in the paragraph, but not in the stretch."""
    return unit.held_by(stretch.terms) < HELD <= unit.held_by(paragraph.whole.terms)


def missing_figures(clause: Clause, stretch: Stretch, paragraph: Paragraph) -> list[Figure]:
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


def addition(clause: Clause, held: frozenset[str]) -> str:
    """A rare word, words in a row, or an item of a list, that say something and are not held."""
    run: list[Unit] = []
    for unit in clause.units:
        if unit.weight >= _RARE and unit.held_by(held) < HELD:
            return unit.text
        if unit.weight < SAYS:
            continue
        run = [*run, unit] if unit.held_by(held) < HELD else []
        if len(run) >= _ADDED:
            return " ".join(one.text for one in run)
    for item in clause.items:
        said = [unit for unit in item if unit.weight >= _ITEM_SAYS]
        if said and all(unit.held_by(held) < HELD for unit in item if unit.weight >= SAYS):
            return " ".join(unit.text for unit in item)
    return ""
