"""One question of one person, from whichever part of the API: asked through the queue, then recorded.

Knows nothing of HTTP bodies; the parts of the API write the answer in their own shapes.
"""

import logging
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer, Turn
from server.access.person import Person
from server.api.links import Permalinks
from server.api.sendable import sendable
from server.services import Services

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it may lean on."""

    question: str
    history: tuple[Turn, ...] = ()
    as_typed: bool = False
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, and the ids under which it is recorded; `turn_id` None where it is not."""

    answer: Answer
    turn_id: str | None
    conversation_id: str


def turns_of(messages: Iterable[tuple[str, str]]) -> tuple[Turn, ...]:
    """Earlier messages, blank ones left out: nothing can lean on them."""
    return tuple(Turn(role, content) for role, content in messages if content.strip())


async def told(services: Services, person: Person, asked: Asked) -> Told:
    """Ask and record. Raises QuestionError, BusyError, TimeoutError."""
    answer = await services.asking.ask_async(asked.question, asked.history, as_typed=asked.as_typed)
    conversation_id = asked.conversation_id or uuid.uuid4().hex
    turn_id = await run_in_threadpool(_recorded, services, person, (asked, conversation_id, answer))
    return Told(answer, turn_id, conversation_id)


def _recorded(services: Services, person: Person, turn: tuple[Asked, str, Answer]) -> str | None:
    asked, conversation_id, answer = turn
    if not services.records.kept:
        return None
    history = [{"role": one.role, "content": one.content} for one in asked.history]
    try:
        return services.records.add_turn(
            person.key, conversation_id, asked.question, history, sendable(answer.to_json())
        )
    except sqlite3.Error as error:  # a full disk costs the record, not the answer
        _LOG.error("Không ghi được lượt hỏi: %s", error)
        return None


def answer_json(answer: Answer, links: Permalinks) -> dict[str, Any]:
    """The contract's JSON, with the permanent address of every quotation and passage."""
    body = answer.to_json()
    for row, citation in zip(body["citations"], answer.citations, strict=True):
        row["url"] = links.passage(citation.passage, (citation.start, citation.end))
    for row, found in zip(body["passages"], answer.passages, strict=True):
        row["url"] = links.passage(found.passage)
    return cast(dict[str, Any], sendable(body))
