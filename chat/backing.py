"""What the page needs of the rest: a queue that answers, records that keep, an index that is looked up in.

Protocols only; who fulfils them is not known here.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol, Unpack

from assistant.answer import Answer, Turn
from assistant.evidence import Manner
from assistant.progress import Step
from corpus.document import Document
from corpus.passage import Passage
from records.turns import ConversationSummary, StoredTurn


class Steps(Protocol):
    """The steps of one question as they happen, then its answer, which is the last."""

    def __aiter__(self) -> AsyncIterator[Step | Answer]:
        """Themselves."""
        ...

    async def aclose(self) -> None:
        """Read no more: the question leaves the queue."""
        ...


class Asking(Protocol):
    """The queue in front of the assistant."""

    def steps(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Steps:
        """The steps to an answer. ProductError (busy: with `retry_after`) at once; reading them raises as
        `ask_async`.
        """
        ...

    async def ask_async(
        self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]
    ) -> Answer:
        """An answer. ProductError (busy: with `retry_after`) when it cannot be taken, TimeoutError."""
        ...


class Records(Protocol):
    """What is kept of each person."""

    @property
    def kept(self) -> bool:
        """Whether anything is."""
        ...

    def add_turn(
        self,
        person: str,
        conversation_id: str,
        question: str,
        history: Sequence[dict[str, str]],
        answer: dict[str, Any],
    ) -> str:
        """Keep a turn; its id."""
        ...

    def set_feedback(self, turn_id: str, person: str, verdict: str | None, comment: str | None) -> bool:
        """Keep an opinion; False for a turn of somebody else."""
        ...

    def conversations(self, person: str, search: str = "", limit: int = 50) -> list[ConversationSummary]:
        """Newest first."""
        ...

    def turns(self, person: str, conversation_id: str) -> list[StoredTurn]:
        """Oldest first; none of somebody else's."""
        ...

    def delete_conversation(self, person: str, conversation_id: str) -> bool:
        """Whether there was one."""
        ...

    def delete_all(self, person: str) -> int:
        """How many turns there were."""
        ...


class HeldTexts(Protocol):
    """The index in use."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By id."""
        ...

    @property
    def rows(self) -> Mapping[str, int]:
        """Passage ids to their places in `passages`."""
        ...

    @property
    def passages(self) -> Sequence[Passage]:
        """All of them."""
        ...


class Assistant(Protocol):
    """What is asked of the assistant besides answers."""

    def examples(self) -> list[str]:
        """Questions that the documents can answer."""
        ...

    @property
    def index(self) -> Any:
        """The index in use: HeldTexts, and whatever suggestions need of it."""
        ...


class Backing(Protocol):
    """All of it together."""

    @property
    def asking(self) -> Asking:
        """The queue."""
        ...

    @property
    def records(self) -> Records:
        """What is kept."""
        ...

    @property
    def assistant(self) -> Assistant:
        """Examples and index."""
        ...

    @property
    def model(self) -> str | None:
        """The name of the language model that writes answers; None where all are quoted."""
        ...
