"""Follow-up questions: "Còn về khoáng sản?", "Chỉ thị đó về nội dung gì?".

Looks at the history given with the call and at nothing else. A complete question is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.words import asking_words, word_statistics
from corpus.text import words

_OPENS = re.compile(r"^(thế còn|vậy còn|thế thì|còn|thế|vậy|và|and|what about|how about)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(đó|ấy|trên|nó|họ|(việc|vấn đề|nội dung|cái) này|như vậy|vậy|it|they|that|those)\b",
    re.IGNORECASE,
)
_SHORT = 8  # syllables; a longer question that merely contains "đó" is usually complete
_TOPIC = 4.3  # weight of a word that names a matter: "giáo dục" has 4.9, "làm gì" 3.9, "thế nào" 2.0


@dataclass(frozen=True, slots=True)
class Context:
    """The earlier question that a follow-up leans on.

    `changes_topic`: the follow-up names a matter of its own ("Còn về khoáng sản?"), so the earlier question
    only colours it; otherwise ("Chỉ thị đó về nội dung gì?") both are one question.
    """

    question: str
    changes_topic: bool


def context_of(question: str, history: Sequence[Turn]) -> Context | None:
    """What the question leans on, or None when it stands alone."""
    previous = last_question(history)
    if previous is None:
        return None
    opening = _OPENS.match(question)
    if opening:
        only_asks = _only_asks(question)
        return Context(previous, not only_asks and _names_a_matter(question[opening.end() :]))
    if len(question.split()) <= _SHORT and (_REFERS.search(question) or _only_asks(question)):
        return Context(previous, changes_topic=False)
    return None


def _only_asks(question: str) -> bool:
    """Whether a question has words that ask and sides of a matter ("tiến độ thế nào?"), and no matter."""
    known = asking_words("asking") | asking_words("aspect")
    return all(word in known for word in words(question))


def last_question(history: Sequence[Turn]) -> str | None:
    """What was asked last in words, or None at the beginning of a conversation."""
    asked = (turn.content for turn in reversed(history) if turn.role == "user")
    return next((question for question in asked if words(question)), None)


def _names_a_matter(text: str) -> bool:
    return any(word.weight >= _TOPIC for word in word_statistics().words(text))
