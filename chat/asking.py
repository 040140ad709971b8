"""Asks the assistant the questions of a conversation: new ones, and an earlier one again just as typed.

Knows nothing about markup or Gradio.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from assistant.answer import Answer, Turn
from chat import texts
from chat.exchange import Exchange, history
from corpus.errors import ProductError

_log = logging.getLogger(__name__)

Conversation = tuple[Exchange, ...]


class Assistant(Protocol):
    """What the page needs of the assistant."""

    def ask(self, question: str, history: list[Turn], *, as_typed: bool = False) -> Answer:
        """An answer, `as_typed` without respelling the question; ProductError when it cannot be taken."""
        ...

    def examples(self) -> list[str]:
        """Questions that the documents can answer."""
        ...


def ask(assistant: Assistant, text: str, conversation: Conversation) -> Iterator[Conversation]:
    """The conversation with a new question, at once, then with its answer. A blank one is not asked."""
    if text.strip():
        yield from _added(assistant, Exchange(text), conversation, conversation)


def ask_as_typed(assistant: Assistant, turn: object, conversation: Conversation) -> Iterator[Conversation]:
    """The same for the question of an earlier `turn`, asked again in just its words.

    `turn`, counted from 1, comes from a browser: whatever is no turn that offers this is not asked.
    """
    if not isinstance(turn, int) or not 1 <= turn <= len(conversation):
        return
    repeated = conversation[turn - 1]
    if repeated.offers_as_typed:
        # What it was asked after, not what came of it: else it would lean on its own first answer.
        earlier = conversation[: turn - 1]
        yield from _added(assistant, Exchange(repeated.question, as_typed=True), conversation, earlier)


def _added(
    assistant: Assistant, asking: Exchange, conversation: Conversation, earlier: Conversation
) -> Iterator[Conversation]:
    yield (*conversation, asking)
    yield (*conversation, _asked(assistant, asking, earlier))


def _asked(assistant: Assistant, asking: Exchange, earlier: Conversation) -> Exchange:
    try:
        answer = assistant.ask(asking.question, history(earlier), as_typed=asking.as_typed)
    except ProductError as error:
        return replace(asking, problem=str(error))
    except Exception:  # whatever it is, the person in front of the page needs a sentence, not silence
        _log.exception("question could not be answered")
        return replace(asking, problem=texts.UNEXPECTED)
    return replace(asking, answer=answer)
