"""Follow-up questions: "Còn về khoáng sản?", "Chỉ thị đó về nội dung gì?".

Looks at the history given with the call and at nothing else. A complete question is left alone.
"""

import re
from collections.abc import Sequence

from assistant.answer import Turn

_OPENS = re.compile(r"^(thế còn|vậy còn|thế thì|còn|thế|vậy|và|and|what about|how about)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(đó|ấy|trên|nó|họ|(việc|vấn đề|nội dung|cái) này|như vậy|vậy|it|they|that|those)\b",
    re.IGNORECASE,
)
_SHORT = 8  # syllables; a longer question that merely contains "đó" is usually complete


def with_context(question: str, history: Sequence[Turn]) -> str:
    """The question joined to the one it leans on, or unchanged when it stands alone."""
    previous = next((turn.content for turn in reversed(history) if turn.role == "user"), "").strip()
    if not previous or not _leans(question):
        return question
    return f"{question.rstrip(' ?')} – {previous}"


def _leans(question: str) -> bool:
    return bool(_OPENS.match(question)) or (
        len(question.split()) <= _SHORT and _REFERS.search(question) is not None
    )
