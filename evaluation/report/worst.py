"""The questions that went most wrong, with what should have been cited beside what was.

Knows which mistake weighs more; does not know how a page shows it.
"""

from dataclasses import dataclass
from enum import IntEnum

from evaluation.measures import Measure
from evaluation.report.text import amount, number
from evaluation.result import Row, Source, SystemResult

_CONTEXT = 500  # characters shown on either side of a stretch; paragraphs of official texts rarely have more
_WORD = 20  # characters looked through for the end of a word
_SOURCES = 4


class Severity(IntEnum):
    """How bad a mistake is for somebody who acts on the answer; the lowest is the worst."""

    ALTERED_QUOTE = 0
    ANSWERED_UNANSWERABLE = 1
    WRONG_PLACE = 2
    WRONGLY_REFUSED = 3
    MISSING_FACTS = 4
    LOW_RANK = 5


LABELS = {
    Severity.ALTERED_QUOTE: "Trích sai nguyên văn",
    Severity.ANSWERED_UNANSWERABLE: "Trả lời điều văn bản không nêu",
    Severity.WRONG_PLACE: "Trích sai chỗ",
    Severity.WRONGLY_REFUSED: "Từ chối oan",
    Severity.MISSING_FACTS: "Thiếu dữ kiện",
    Severity.LOW_RANK: "Xếp hạng thấp",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in its paragraph, cut to what surrounds it. `cut_before`, `cut_after`: characters left out.

    `misplaced`: the stretch does not stand where it is said to, so nothing could be marked.
    """

    document: str
    location: str
    before: str
    marked: str
    after: str
    cut_before: int = 0
    cut_after: int = 0
    misplaced: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """An id at its rank, and whether it is one of those expected."""

    rank: int
    id: str
    expected: bool


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A question that went wrong: why, in words, and the sources side by side."""

    row: Row
    severity: Severity
    label: str
    problem: str
    gold: tuple[Stretch, ...]
    cited: tuple[Stretch, ...]
    more_gold: int
    more_cited: int
    ranking: tuple[Ranked, ...]


def worst_cases(system: SystemResult, main: Measure, limit: int = 30) -> list[WorstCase]:
    """At most `limit` questions, the worst first: by severity, then by how much is missing, then as asked."""
    wrong = []
    for at, row in enumerate(system.rows):
        severity = severity_of(row, main)
        if severity is not None:
            wrong.append((severity, _goodness(row, main), at, row))
    wrong.sort(key=lambda item: item[:3])
    return [_case(row, severity, main) for severity, _, _, row in wrong[:limit]]


def severity_of(row: Row, main: Measure) -> Severity | None:
    """What is wrong with a row; None when nothing is."""
    if row.score("quotes_exact") not in (None, 1.0):
        return Severity.ALTERED_QUOTE
    if not row.answerable:
        return None if row.refused else Severity.ANSWERED_UNANSWERABLE
    if row.refused:
        return Severity.WRONGLY_REFUSED
    if "first_citation" in row.parts:
        if not row.score("first_citation"):
            return Severity.WRONG_PLACE
        return Severity.MISSING_FACTS if row.score("facts") == 0 else None
    score = row.score(main.name)
    return Severity.LOW_RANK if score is not None and main.better > 0 and score < 1 else None


def expected_ids(row: Row) -> frozenset[str]:
    """The ids a ranking should hold: a dataset's ids stand as documents, places within one as locations."""
    return frozenset(name for source in row.gold for name in (source.document, source.location) if name)


def first_rank(row: Row) -> int | None:
    """The rank of the first relevant id, from 1; None when it was not found.

    Its reciprocal is a measure, over the whole ranking; a result keeps only the ranking's head.
    """
    if (reciprocal := row.score("RR")) is not None:
        return round(1 / reciprocal) if reciprocal else None
    wanted = expected_ids(row)
    return next((rank for rank, name in enumerate(row.ranking, 1) if name in wanted), None)


def _goodness(row: Row, main: Measure) -> float:
    scores = [row.score(name) for name in (main.name, "fact_recall", "citation_recall")]
    return sum(score for score in scores if score is not None)


def _case(row: Row, severity: Severity, main: Measure) -> WorstCase:
    wanted = expected_ids(row)
    ranking = tuple(Ranked(rank, name, name in wanted) for rank, name in enumerate(row.ranking[:10], 1))
    return WorstCase(
        row,
        severity,
        LABELS[severity],
        _problem(row, severity, main),
        tuple(stretch_of(source) for source in row.gold[:_SOURCES]),
        tuple(stretch_of(source) for source in row.cited[:_SOURCES]),
        max(0, len(row.gold) - _SOURCES),
        max(0, len(row.cited) - _SOURCES),
        ranking,
    )


def _problem(row: Row, severity: Severity, main: Measure) -> str:
    if severity is Severity.ALTERED_QUOTE:
        return "Ít nhất một trích dẫn không đúng từng ký tự với văn bản, hoặc không nằm ở vị trí được ghi."
    if severity is Severity.ANSWERED_UNANSWERABLE:
        return "Văn bản không nêu điều được hỏi, lẽ ra phải từ chối, nhưng hệ thống vẫn trả lời."
    if severity is Severity.WRONG_PLACE:
        return (
            "Trích dẫn thứ nhất không nằm trong chỗ nào được chấp nhận."
            if row.cited
            else "Không dẫn chỗ nào."
        )
    if severity is Severity.WRONGLY_REFUSED:
        return "Văn bản có trả lời câu hỏi này, nhưng hệ thống từ chối."
    if severity is Severity.MISSING_FACTS:
        recall = row.score("fact_recall")
        shown = "" if recall is None else f" (nêu được {number(100 * recall)} % dữ kiện)"
        return f"Trích đúng chỗ nhưng lời trích thiếu dữ kiện phải nêu{shown}."
    score, rank = row.score(main.name), first_rank(row)
    place = f"đứng hạng {number(rank)}" if rank else "không có trong danh sách"
    return f"Văn bản cần tìm đầu tiên {place}; {main.label} = {amount(main, score or 0.0)}."


def stretch_of(source: Source) -> Stretch:
    """The stretch in its paragraph; a long paragraph is cut around it, a wrong place is said to be one."""
    text, start, end = source.passage, source.start, source.end
    if not 0 <= start <= end <= len(text) or text[start:end] != source.text:
        # Nothing can be marked truthfully: show what was claimed, and the paragraph it is not in.
        rest = text[: 2 * _CONTEXT]
        return Stretch(
            source.document,
            source.location,
            "",
            source.text,
            rest,
            cut_after=len(text) - len(rest),
            misplaced=bool(text),
        )
    before = text[_word_start(text, start - _CONTEXT) : start]
    after = text[end : _word_end(text, end + _CONTEXT)]
    return Stretch(
        source.document,
        source.location,
        before,
        text[start:end],
        after,
        cut_before=start - len(before),
        cut_after=len(text) - end - len(after),
    )


def _word_start(text: str, at: int) -> int:
    """The start of the first whole word from `at` on, so that no word is cut in two; 0 before the text."""
    if at <= 0:
        return 0
    blank = text.find(" ", at)
    return at if blank < 0 or blank > at + _WORD else blank + 1


def _word_end(text: str, at: int) -> int:
    """The end of the last whole word before `at`."""
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - _WORD, at)
    return at if blank < 0 else blank
