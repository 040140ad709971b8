"""One question of a conversation and what came of it. Knows nothing about markup or the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the problem that stopped it; with neither while it is asked.

    `as_typed`: somebody wanted just these words looked for.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    as_typed: bool = False

    @property
    def pending(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and self.problem is None

    @property
    def offers_as_typed(self) -> bool:
        """Whether other words than the typed ones were looked for, so that these can still be."""
        return self.answer is not None and self.answer.understood_as is not None and not self.as_typed


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The earlier messages as the assistant wants them; questions that met a problem are left out."""
    turns = []
    for exchange in exchanges:
        if exchange.answer is not None:
            turns.append(Turn("user", exchange.question))
            turns.append(Turn("assistant", exchange.answer.text))
    return turns
