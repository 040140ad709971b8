"""A question as it may be used: cleaned, bounded, and known by language and typing habit.

Does not interpret the question and does not change its words.
"""

import re
from dataclasses import dataclass

from corpus.errors import ProductError
from corpus.text import has_diacritics, nfc, words

MAX_LENGTH = 2000  # characters; the longest of 43,000 public questions has 571

_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# Words of English questions that are not Vietnamese syllables. "to", "in", "do", "an" are, and stay out.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "is",
        "are",
        "was",
        "were",
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "does",
        "did",
        "has",
        "have",
        "had",
        "about",
        "and",
        "or",
        "for",
        "with",
        "from",
        "by",
        "this",
        "that",
        "these",
        "those",
        "should",
        "must",
        "will",
        "would",
        "can",
        "could",
        "please",
        "tell",
        "me",
        "my",
        "your",
        "you",
        "list",
        "give",
        "measures",
        "tasks",
        "required",
        "resolution",
        "province",
    ]
)
_ENGLISH_SHARE = 0.25


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
        raise QuestionError(
            f"Câu hỏi dài {len(text):,} ký tự, tối đa {MAX_LENGTH:,}. Hãy hỏi ngắn gọn từng ý.".replace(
                ",", ".", 2
            )
        )
    return Question(text, language_of(text), folded=not has_diacritics(text))


def language_of(text: str) -> str:
    """ "en" when a good part of the words are English function words, else "vi"."""
    found = words(text)
    english = sum(word in _ENGLISH for word in found)
    return "en" if not has_diacritics(text) and english >= max(1, _ENGLISH_SHARE * len(found)) else "vi"
