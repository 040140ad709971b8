"""What the records hold, as it is handed out."""

from dataclasses import dataclass
from typing import Any

VERDICTS = ("up", "down", "wrong_source")
_TITLE = 80  # characters


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question with its answer (the contract's JSON). `asked_at`: ISO 8601, UTC.

    `person` is "user:NAME", "key:NAME" of a program, or "browser:ID" where nobody signs in.
    """

    id: str
    conversation_id: str
    person: str
    asked_at: str
    question: str
    history: tuple[dict[str, str], ...]
    answer: dict[str, Any]
    verdict: str | None = None
    comment: str | None = None

    def to_record(self) -> dict[str, Any]:
        """The turn record that `python -m evaluation feedback` reads: without who asked, and when."""
        return {
            **self.answer,
            "id": self.id,
            "question": self.question,
            "history": [dict(said) for said in self.history],
            "verdict": self.verdict,
            "comment": self.comment,
        }


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One conversation of a person; `title` is its first question, shortened."""

    id: str
    title: str
    started_at: str
    updated_at: str
    turns: int


def title_of(question: str) -> str:
    """A question on one line, cut after a word where it is long."""
    line = " ".join(question.split())
    if len(line) <= _TITLE:
        return line
    head = line[: _TITLE - 1]
    return (head.rpartition(" ")[0] or head) + "…"
