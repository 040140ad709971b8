"""One question of one person, from whichever part of the API: asked through the queue, then recorded.

Knows nothing of HTTP bodies; the parts of the API write the answer in their own shapes.
"""

import logging
import sqlite3
import uuid
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer, CheckedSentence, Turn, citation_json
from assistant.progress import Step
from corpus.citation import Citation
from server.access.person import Person
from server.api.links import Permalinks
from server.api.sendable import sendable
from server.asking import Steps
from server.services import Services

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it may lean on, and how it is to be answered: see Manner."""

    question: str
    history: tuple[Turn, ...] = ()
    as_typed: bool = False
    quoting: bool = False
    conversation_id: str = field(default_factory=lambda: uuid.uuid4().hex)


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
    answer = await services.asking.ask_async(
        asked.question, asked.history, as_typed=asked.as_typed, quoting=asked.quoting
    )
    return await _kept(services, person, asked, answer)


def begun(services: Services, asked: Asked) -> Steps:
    """A question that has taken its place in the queue. Raises BusyError: known before a stream begins."""
    return services.asking.steps(
        asked.question, asked.history, as_typed=asked.as_typed, quoting=asked.quoting
    )


async def telling(
    services: Services, person: Person, asked: Asked, steps: Steps
) -> AsyncGenerator[Step | Told, None]:
    """The steps of a question that has `begun`, then its answer, recorded. Raises as `told`."""
    async with aclosing(steps):
        async for step in steps:
            yield await _kept(services, person, asked, step) if isinstance(step, Answer) else step


async def _kept(services: Services, person: Person, asked: Asked, answer: Answer) -> Told:
    turn_id = await run_in_threadpool(_recorded, services, person, (asked, answer))
    return Told(answer, turn_id, asked.conversation_id)


def _recorded(services: Services, person: Person, turn: tuple[Asked, Answer]) -> str | None:
    asked, answer = turn
    if not services.records.kept:
        return None
    history = [{"role": one.role, "content": one.content} for one in asked.history]
    try:
        return services.records.add_turn(
            person.key, asked.conversation_id, asked.question, history, sendable(answer.to_json())
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


def sentence_json(
    sentence: CheckedSentence, citations: Sequence[Citation], known: int, links: Permalinks
) -> dict[str, Any]:
    """A sentence with the citations that it added: those of `citations` after the first `known`."""
    added = [
        citation_json(number, citation)
        | {"url": links.passage(citation.passage, (citation.start, citation.end))}
        for number, citation in enumerate(citations[known:], known + 1)
    ]
    return cast(dict[str, Any], sendable(sentence.to_json() | {"citations": added}))
