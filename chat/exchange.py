"""One question of a conversation and what came of it. Knows nothing about markup or the browser."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import GENERATED, Answer, CheckedSentence, Turn
from assistant.progress import Checked, Draft, Step
from chat.texts import Texts
from corpus.citation import Citation

MOST_QUESTIONS = 50  # of a conversation: beyond it the page would grow slow, and nobody finds anything in it


@dataclass(frozen=True, slots=True)
class Writing:
    """What a language model has written so far of an answer: checked sentences, and what they cite."""

    sentences: tuple[CheckedSentence, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the problem that stopped it; with neither while it is asked.

    `as_typed`: somebody wanted just these words looked for; `quoting`: quotations alone. `writing`: what is
    known while a language model writes, None before and after. `turn_id`, `verdict` and `comment`: as the
    records have them; None where nothing is kept. `changed`: numbers of the citations whose document has
    changed since.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    as_typed: bool = False
    quoting: bool = False
    writing: Writing | None = None
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

    @property
    def offers_quoting(self) -> bool:
        """Whether a language model wrote the answer, so that quotations alone can still be asked for."""
        return self.answer is not None and self.answer.mode == GENERATED

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Those of the answer, or of what is known of it so far."""
        if self.answer is not None:
            return self.answer.citations
        return self.writing.citations if self.writing else ()

    def manner_told(self, texts: Texts) -> str:
        """What to say beside the question about how it was asked; "" when in the usual way."""
        told = (self.as_typed, texts.asked_as_typed), (self.quoting, texts.asked_quoting)
        return " ".join(text for applies, text in told if applies)

    def after(self, step: Step | Answer) -> "Exchange":
        """What it is after one more step. It is the same where a step changes nothing that is shown."""
        if isinstance(step, Answer):
            return replace(self, answer=step, writing=None)
        if isinstance(step, Draft):  # never shown: that there is one tells that the model writes
            return self if self.writing else replace(self, writing=Writing())
        if isinstance(step, Checked):
            sentences = (*(self.writing.sentences if self.writing else ()), step.sentence)
            return replace(self, writing=Writing(sentences, step.citations))
        return replace(self, writing=None)


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
