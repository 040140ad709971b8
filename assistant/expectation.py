"""What kind of thing a question asks for, and whether a sentence holds one.

A sentence on the right topic that lacks the asked number, date or name does not answer; quoting it would
mislead. Works on wording and surface patterns; does not check that the number found is the one meant, save
that "mấy nhóm" wants a number of nhóm.
"""

import re
from dataclasses import dataclass

from assistant.asked_things import AMOUNT, ASKED_THINGS, ENGLISH_NAMES, SIGNS_ONLY
from corpus.sentences import Span
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


# What stands for anything that is counted: "tốp bao nhiêu địa phương" finds "10 tỉnh, thành phố".
_IN_WORDS = r"\b(?:mot|hai|bon|bay|tam|chin|muoi)"  # without those that mean something else, too
_ANY_UNIT = frozenset(["địa", "đơn", "nơi", "chỗ", "cái", "thứ", "loại", "việc", "nội", "điều", "dia", "don"])


@dataclass(frozen=True, slots=True)
class Expectation:
    """`asked` is how a refusal names it ("số liệu"); `held` matches it in a sentence.

    `ignoring_marks`: `held` is written without diacritics, in small letters.
    """

    asked: str
    held: re.Pattern[str]
    ignoring_marks: bool = False

    @property
    def is_value(self) -> bool:
        """Whether `held` matches the asked thing itself rather than a sign of it."""
        return self.asked not in SIGNS_ONLY

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence, its own clause number aside, holds what is asked for."""
        return bool(self.spans(sentence))

    def spans(self, sentence: str) -> list[Span]:
        """Where the sentence holds it, its own clause number aside."""
        text = strip_diacritics(sentence).lower() if self.ignoring_marks else sentence
        if len(text) != len(sentence):
            return []
        number = _CLAUSE_NUMBER.match(sentence)
        start = number.end() if number else 0
        return [Span(*match.span()) for match in self.held.finditer(text) if match.start() >= start]

    def named(self, language: str) -> str:
        """How a refusal in this language names it."""
        return self.asked if language == "vi" else ENGLISH_NAMES[self.asked]


def expectation_of(question: str) -> Expectation | None:
    """What the question asks for, or None when any statement may answer it."""
    text = nfc(question).lower()
    cues = _ACCENTED if has_diacritics(text) else _FOLDED
    found = next((row for row, cue in enumerate(cues) if cue.search(text)), None)
    if found is None:
        return None
    _, asked, held = ASKED_THINGS[found]
    counted = _COUNTED.search(text) if held == AMOUNT else None
    if counted and counted.group(1) not in _NOT_COUNTED | _ANY_UNIT:
        unit = re.escape(strip_diacritics(counted.group(1)))
        return Expectation(
            asked, re.compile(rf"(?:\d[\d.,]*|{_IN_WORDS})\s+(?:\w+\s+)?{unit}\b"), ignoring_marks=True
        )
    return Expectation(asked, re.compile(held))


_ACCENTED = tuple(re.compile(cue) for cue, _, _ in ASKED_THINGS)
_FOLDED = tuple(re.compile(strip_diacritics(cue)) for cue, _, _ in ASKED_THINGS)
