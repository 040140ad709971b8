"""One question of a conversation and what came of it. Knows nothing about markup or the browser."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Turn

MOST_QUESTIONS = 50  # of a conversation: beyond it the page would grow slow, and nobody finds anything in it


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the problem that stopped it; with neither while it is asked.

    `as_typed`: somebody wanted just these words looked for. `turn_id`, `verdict` and `comment`: as the
    records have them; None where nothing is kept. `changed`: numbers of the citations whose document has
    changed since.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    as_typed: bool = False
    turn_id: str | None = None
    verdict: str | None = None
    comment: str | None = None
    changed: frozenset[int] = frozenset()

    @property
    def pending(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and self.problem is None

    @property
    def offers_as_typed(self) -> bool:
        """Whether other words than the typed ones were looked for, so that these can still be."""
        return self.answer is not None and self.answer.understood_as is not None and not self.as_typed


@dataclass(frozen=True, slots=True)
class Conversation:
    """The exchanges of a conversation, oldest first, and the id under which they are recorded."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    exchanges: tuple[Exchange, ...] = ()

    @property
    def full(self) -> bool:
        """Whether nothing more is asked in it."""
        return len(self.exchanges) >= MOST_QUESTIONS

    def with_last(self, exchange: Exchange) -> "Conversation":
        """One exchange more."""
        return Conversation(self.id, (*self.exchanges, exchange))


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The earlier messages as the assistant wants them; questions that met a problem are left out."""
    turns = []
    for exchange in exchanges:
        if exchange.answer is not None:
            turns.append(Turn("user", exchange.question))
            turns.append(Turn("assistant", exchange.answer.text))
    return turns
