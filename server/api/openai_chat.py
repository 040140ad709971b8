"""POST /v1/chat/completions: the assistant for programs that were made for OpenAI's API.

The last message of the user is the question, earlier ones are the conversation; messages of the system are
taken and not followed, because every answer is quoted or checked. The answer is the same as that of /api/ask.
A stream has only sentences whose fate is known: what has been sent cannot be taken back.
"""

import re
import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from assistant.answer import Verdict
from assistant.progress import Checked, Relay
from assistant.question import parse_question
from prompts import say
from server.access.person import Person, person_of
from server.api.errors import OpenAIRoute, Problem, problem_of
from server.api.event_stream import EVENT_SCHEMA, HEARTBEAT, HEARTBEAT_SECONDS, begun, data_line, streamed
from server.api.links import Permalinks, links_of
from server.api.openai_bodies import MODEL, ChatCompletion, ChatRequest, openai_errors
from server.api.openai_models import no_such_model
from server.api.openai_text import content_of
from server.api.sendable import sendable
from server.api.turns import Asked, Told, told, turns_of
from server.services import Services, services_of

router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["Kiểu OpenAI"])
_PIECE = re.compile(r"\s*\S+\s*")  # what one chunk of a stream holds
_SPOKEN = ("user", "assistant")
_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": EVENT_SCHEMA}}, "description": "Câu trả lời."},
    **openai_errors(400, 404, 503, 504),
}


@router.post(
    "/chat/completions", response_model=ChatCompletion, responses=_STREAMED, summary="Đặt câu hỏi kiểu OpenAI"
)
async def chat_completions(
    body: ChatRequest,
    services: Annotated[Services, Depends(services_of)],
    person: Annotated[Person, Depends(person_of)],
    links: Annotated[Permalinks, Depends(links_of)],
) -> Response | dict[str, Any]:
    """Tin nhắn "user" cuối cùng là câu hỏi. Nguồn nằm trong annotations và ở cuối câu trả lời."""
    if problem := _unusable(body):
        return problem.openai_response()
    asked = _asked(body)
    parse_question(asked.question)
    writer = _Writer(body, services, links)
    if body.stream:
        relay = Relay()
        task = await begun(told(services, person, asked, relay.listener))
        return streamed(_chunks(task, relay, writer))
    return await run_in_threadpool(writer.whole, await told(services, person, asked))


def _unusable(body: ChatRequest) -> Problem | None:
    if body.n not in (None, 1):
        mend = "Bỏ n hoặc đặt n=1: cùng câu hỏi luôn có cùng câu trả lời"
        return Problem(400, "unsupported_value", "n: chỉ nhận 1", mend, param="n")
    if body.model != MODEL:
        return no_such_model()
    if not any(one.role == "user" for one in body.messages):
        mend = 'Gửi ít nhất một tin nhắn có role="user"'
        return Problem(400, "invalid_question", "messages: không có câu hỏi", mend, param="messages")
    return None


def _asked(body: ChatRequest) -> Asked:
    last = max(number for number, one in enumerate(body.messages) if one.role == "user")
    history = turns_of((one.role, one.text) for one in body.messages[:last] if one.role in _SPOKEN)
    conversation = body.metadata.conversation_id if body.metadata else None
    return Asked(body.messages[last].text, history, conversation_id=conversation)


class _Writer:
    """Writes answers to one request."""

    def __init__(self, body: ChatRequest, services: Services, links: Permalinks) -> None:
        self._asked = "\n".join(one.text for one in body.messages)
        self._count, self._links = services.encoder.count_token, links
        self.with_usage = bool(body.stream_options and body.stream_options.include_usage)
        self._created = int(time.time())
        self._stream_id = f"chatcmpl-{uuid.uuid4().hex}"

    def content(self, result: Told) -> tuple[str, list[dict[str, Any]]]:
        """Text and annotations."""
        return content_of(result.answer, self._links)

    def usage(self, content: str) -> dict[str, int]:
        """Tokens of the built-in encoder."""
        asked, answered = self._count(self._asked), self._count(content)
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}

    def whole(self, result: Told) -> dict[str, Any]:
        """As ChatCompletion has it."""
        content, annotations = self.content(result)
        message = {"role": "assistant", "content": content, "refusal": None, "annotations": annotations}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._about(result, "chat.completion") | {
            "choices": [choice],
            "usage": self.usage(content),
            "refused": result.answer.refused,
        }

    def chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        """One piece of a stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        usage = {"usage": None} if self.with_usage else {}
        return self._head(self._stream_id, "chat.completion.chunk") | {"choices": [choice]} | usage

    def last(self, result: Told, annotations: list[dict[str, Any]]) -> dict[str, Any]:
        """The chunk that ends the message, with its annotations and the ids under which it is kept."""
        ids = {"turn_id": result.turn_id, "conversation_id": result.conversation_id}
        return self.chunk({"annotations": annotations}, "stop") | ids

    def closing(self, content: str) -> dict[str, Any]:
        """The chunk that counts tokens."""
        about = self._head(self._stream_id, "chat.completion.chunk")
        return about | {"choices": [], "usage": self.usage(content)}

    def _about(self, result: Told, kind: str) -> dict[str, Any]:
        ids = {"turn_id": result.turn_id, "conversation_id": result.conversation_id}
        return self._head(f"chatcmpl-{result.turn_id or result.conversation_id}", kind) | ids

    def _head(self, identifier: str, kind: str) -> dict[str, Any]:
        return {"id": identifier, "object": kind, "created": self._created, "model": MODEL}


async def _chunks(task: Any, relay: Relay, writer: _Writer) -> AsyncIterator[str]:
    sent = ""
    try:
        async for step in relay.until(task, HEARTBEAT_SECONDS):
            if step is None:
                yield HEARTBEAT
            elif isinstance(step, Checked) and step.sentence.verdict is not Verdict.REMOVED:
                piece = sendable(step.sentence.line if not sent else f"\n{step.sentence.line}")
                if not sent:
                    yield data_line(writer.chunk({"role": "assistant", "content": ""}))
                yield data_line(writer.chunk({"content": piece}))
                sent += piece
    finally:
        task.cancel()  # a reader who hangs up ends the question
    try:
        result: Told = task.result()
        content, annotations = writer.content(result)
    except Exception as error:  # the status is sent already; OpenAI's clients raise what stands in the stream
        yield data_line(problem_of(error).openai_body())
        return
    if not sent:
        yield data_line(writer.chunk({"role": "assistant", "content": ""}))
    before = ""
    if not content.startswith(sent):  # what was sent was withdrawn: say so, then the whole answer
        before = f"\n\n{say('failures/withdrawn', result.answer.language)}\n\n"
        annotations = _moved(annotations, len(sent + before))
    rest = before + content if before else content[len(sent) :]
    for piece in _PIECE.findall(rest):
        yield data_line(writer.chunk({"content": piece}))
    yield data_line(writer.last(result, annotations))
    if writer.with_usage:
        yield data_line(await run_in_threadpool(writer.closing, sent + rest))
    yield "data: [DONE]\n\n"


def _moved(annotations: list[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    """Annotations of a content that stands behind other text."""
    return [
        one
        | {
            "url_citation": one["url_citation"]
            | {name: one["url_citation"][name] + by for name in ("start_index", "end_index")}
        }
        for one in annotations
    ]
