"""What kind of thing a question asks for, and whether a sentence holds one.

A sentence on the right topic that lacks the asked number, date or name does not answer; quoting it would
mislead. Works on wording and surface patterns; does not check that the number found is the one meant, save
that "mấy nhóm" wants a number of nhóm.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.asked_things import AMOUNT, ASKED_THINGS
from corpus.text import has_diacritics, nfc, strip_diacritics

_CLAUSE_NUMBER = re.compile(r"^\s*(?:Điều\s+)?\d{1,3}[.)]\s")
_COUNTED = re.compile(r"\b(?:bao nhiêu|mấy|bao nhieu|may)\s+(\w+)")
# What may follow "bao nhiêu" without being counted.
_NOT_COUNTED = frozenset(
    [
        "là",
        "thì",
        "so",
        "trong",
        "vào",
        "tại",
        "ở",
        "để",
        "nữa",
        "rồi",
        "và",
        "của",
        "cho",
        "với",
        "từ",
        "đến",
        "đã",
        "được",
        "mới",
        "cả",
        "la",
        "thi",
        "vao",
        "tai",
        "o",
        "de",
        "roi",
        "va",
        "cua",
        "tu",
        "den",
        "da",
        "duoc",
        "moi",
        "ca",
    ]
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`asked` is how a refusal names it ("số liệu"); `holds` tells whether a sentence has one."""

    asked: str
    holds: Callable[[str], bool]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence, its own clause number aside, holds what is asked for."""
        return self.holds(_CLAUSE_NUMBER.sub("", sentence))


def expectation_of(question: str) -> Expectation | None:
    """What the question asks for, or None when any statement may answer it."""
    text = nfc(question).lower()
    cues = _ACCENTED if has_diacritics(text) else _FOLDED
    found = next((row for row, cue in enumerate(cues) if cue.search(text)), None)
    if found is None:
        return None
    _, asked, held = ASKED_THINGS[found]
    counted = _COUNTED.search(text) if held == AMOUNT else None
    if counted and counted.group(1) not in _NOT_COUNTED:
        return Expectation(asked, _numbers_of(counted.group(1)))
    pattern = re.compile(held)
    return Expectation(asked, lambda sentence: pattern.search(sentence) is not None)


def _numbers_of(unit: str) -> Callable[[str], bool]:
    """Whether a sentence has a number of `unit`: "10 tỉnh", "05 năm"."""
    pattern = re.compile(rf"\d[\d.,]*\s+(?:\w+\s+)?{re.escape(strip_diacritics(unit))}\b")
    return lambda sentence: pattern.search(strip_diacritics(sentence).lower()) is not None


_ACCENTED = tuple(re.compile(cue) for cue, _, _ in ASKED_THINGS)
_FOLDED = tuple(re.compile(strip_diacritics(cue)) for cue, _, _ in ASKED_THINGS)
