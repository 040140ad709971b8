"""Asks the questions of a conversation, new ones and an earlier one again in another way, and records them.

Knows nothing about markup or Gradio.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.question import QuestionError
from chat.backing import Asking, Records
from chat.exchange import Conversation, Exchange, history
from chat.texts import VI, VIETNAMESE, Texts
from chat.visitor import NOBODY, Visitor
from corpus.errors import ProductError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, of what queue, kept where, and in what language problems are told."""

    asking: Asking
    records: Records
    visitor: Visitor = NOBODY
    texts: Texts = VI


async def ask(asker: Asker, text: str, conversation: Conversation) -> AsyncGenerator[Conversation, None]:
    """The conversation with a new question, at once, then with its answer. A blank one is not asked.

    While a language model writes, a step for each sentence of it comes between.
    """
    if text.strip() and not conversation.full:
        async with aclosing(_added(asker, Exchange(text), conversation, conversation.exchanges)) as steps:
            async for step in steps:
                yield step


async def ask_again(
    asker: Asker, turn: object, conversation: Conversation, *, quoting: bool = False
) -> AsyncGenerator[Conversation, None]:
    """The same for the question of an earlier `turn`: in just its words, or `quoting`, by quotations alone.

    `turn`, counted from 1, comes from a browser: whatever is no turn that offers this is not asked.
    """
    exchanges = conversation.exchanges
    if not isinstance(turn, int) or not 1 <= turn <= len(exchanges) or conversation.full:
        return
    repeated = exchanges[turn - 1]
    if repeated.offers_quoting if quoting else repeated.offers_as_typed:
        # What it was asked after, not what came of it: else it would lean on its own first answer.
        asking = Exchange(
            repeated.question,
            as_typed=repeated.as_typed or not quoting,
            quoting=repeated.quoting or quoting,
        )
        async with aclosing(_added(asker, asking, conversation, exchanges[: turn - 1])) as steps:
            async for step in steps:
                yield step


async def _added(
    asker: Asker, asking: Exchange, conversation: Conversation, earlier: tuple[Exchange, ...]
) -> AsyncGenerator[Conversation, None]:
    yield conversation.with_last(asking)
    asked = asking
    async with aclosing(_asked(asker, asking, earlier)) as steps:
        async for asked in steps:
            if asked.pending:
                yield conversation.with_last(asked)
    if asked.answer is not None and asker.records.kept and asker.visitor.key:
        # SQLite waits for its disk; the other people's answers must not.
        asked = await asyncio.to_thread(_recorded, asker, asked, (conversation.id, earlier))
    yield conversation.with_last(asked)


async def _asked(
    asker: Asker, asking: Exchange, earlier: tuple[Exchange, ...]
) -> AsyncGenerator[Exchange, None]:
    """The exchange whenever there is something new to show of it; the last has the answer or a problem."""
    try:
        steps = asker.asking.steps(
            asking.question, history(earlier), as_typed=asking.as_typed, quoting=asking.quoting
        )
        async with aclosing(steps):
            async for step in steps:
                known, asking = asking, asking.after(step)
                if asking is not known:
                    yield asking
    except (
        Exception
    ) as error:  # whatever it is, the person in front of the page needs a sentence, not silence
        yield replace(asking, problem=_told(error, asker.texts), writing=None)


def _told(error: Exception, texts: Texts) -> str:
    """One plain sentence for a problem."""
    if isinstance(error, TimeoutError):
        return texts.timeout
    if hasattr(error, "retry_after"):  # of a queue that is full
        return texts.busy
    if isinstance(error, QuestionError) and texts.not_taken:
        return texts.not_taken
    if isinstance(error, ProductError) and texts.language == VIETNAMESE:
        return str(error)
    _log.error("question could not be answered", exc_info=error)
    return texts.unexpected


def _recorded(asker: Asker, asked: Exchange, place: tuple[str, tuple[Exchange, ...]]) -> Exchange:
    conversation_id, earlier = place
    turns = [{"role": turn.role, "content": turn.content} for turn in history(earlier)]
    answer: Answer | None = asked.answer
    if answer is None:
        return asked
    # Beyond the contract: how it was asked is shown again when this is reopened.
    manner = {"as_typed": asked.as_typed, "quoting": asked.quoting}
    row = answer.to_json() | {name: True for name, applies in manner.items() if applies}
    try:
        turn_id = asker.records.add_turn(asker.visitor.key, conversation_id, asked.question, turns, row)
    except Exception:  # the answer is there; that it could not be kept is for the administrator to know
        _log.exception("a turn could not be recorded")
        return asked
    return replace(asked, turn_id=turn_id)
