"""What the records hold, as it is handed out."""

from dataclasses import dataclass
from typing import Any

VERDICTS = ("up", "down", "wrong_source")


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


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """One conversation of a person; `title` is its first question."""

    id: str
    title: str
    started_at: str
    updated_at: str
    turns: int
