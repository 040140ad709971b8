"""A question as it may be used: cleaned, bounded, and known by language and typing habit.

Does not interpret the question and does not change its words.
"""

import re
from dataclasses import dataclass

from assistant.understanding.keystrokes import typed_out
from corpus.errors import ProductError
from corpus.syllable import may_be_syllable
from corpus.text import has_diacritics, nfc, words

MAX_LENGTH = 2000  # characters; the longest of 43,000 public questions has 571

_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# Frequent English words that could be syllables.
_ENGLISH = frozenset(
    "the of is are was what which who when how that this in on by for to does did can me my".split()  # noqa: SIM905
)
_ENGLISH_SHARE = 0.4
_VOWEL = re.compile("[aeiouy]")


class QuestionError(ProductError):
    """A question that cannot be taken; the text says what to type instead."""


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is NFC without control characters. `folded`: without diacritics. `language`: "vi" or "en"."""

    text: str
    language: str
    folded: bool


def parse_question(raw: str) -> Question:
    """Clean and check what somebody typed. Raises QuestionError."""
    text = " ".join(_UNWANTED.sub(" ", nfc(raw)).split())
    if not words(text):
        raise QuestionError("Câu hỏi trống. Hãy nhập nội dung cần hỏi, ví dụ: “Xử lý rác thải phải làm gì?”")
    if len(text) > MAX_LENGTH:
        typed, allowed = (f"{number:,}".replace(",", ".") for number in (len(text), MAX_LENGTH))
        raise QuestionError(f"Câu hỏi dài {typed} ký tự, tối đa {allowed}. Hãy hỏi ngắn gọn từng ý.")
    return Question(text, language_of(text), folded=not has_diacritics(text))


def language_of(text: str) -> str:
    """ "en" when many of the words cannot be Vietnamese however they were typed, else "vi"."""
    found = [word for word in words(text) if word.isalpha()]
    if has_diacritics(text) or len(found) < 2:
        return "vi"
    foreign = sum(word in _ENGLISH or not _may_be_vietnamese(word) for word in found)
    return "en" if foreign >= _ENGLISH_SHARE * len(found) else "vi"


def _may_be_vietnamese(word: str) -> bool:
    """A syllable without its diacritics, one with Telex keys left in, or an abbreviation ("ubnd")."""
    return may_be_syllable(word) or typed_out(word) is not None or not _VOWEL.search(word)
