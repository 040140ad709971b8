"""POST /v1/chat/completions: the assistant for programs that were made for OpenAI's API.

The last message of the user is the question, earlier ones are the conversation; messages of the system are
taken and not followed, because every answer is a quotation. The answer is the same as that of /api/ask.
"""

import re
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from assistant.question import parse_question
from server.access.person import Person, person_of
from server.api.errors import OpenAIRoute, Problem, problem_of
from server.api.event_stream import EVENT_SCHEMA, begun, data_line, heartbeats, streamed
from server.api.links import Permalinks, links_of
from server.api.openai_bodies import MODEL, ChatCompletion, ChatRequest, openai_errors
from server.api.openai_models import no_such_model
from server.api.openai_text import content_of
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
    task = await begun(told(services, person, asked))
    writer = _Writer(body, services, links)
    if body.stream:
        return streamed(_chunks(task, writer))
    return await run_in_threadpool(writer.whole, await task)


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

    def chunk(self, result: Told, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        """One piece of a stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        usage = {"usage": None} if self.with_usage else {}
        return self._about(result, "chat.completion.chunk") | {"choices": [choice]} | usage

    def closing(self, result: Told, content: str) -> dict[str, Any]:
        """The chunk that counts tokens."""
        about = self._about(result, "chat.completion.chunk")
        return about | {"choices": [], "usage": self.usage(content)}

    def _about(self, result: Told, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{result.turn_id or result.conversation_id}",
            "object": kind,
            "created": self._created,
            "model": MODEL,
            "turn_id": result.turn_id,
            "conversation_id": result.conversation_id,
        }


async def _chunks(task: Any, writer: _Writer) -> AsyncIterator[str]:
    async for beat in heartbeats(task):
        yield beat
    try:
        result: Told = task.result()
        content, annotations = writer.content(result)
    except Exception as error:  # the status is sent already; OpenAI's clients raise what stands in the stream
        yield data_line(problem_of(error).openai_body())
        return
    yield data_line(writer.chunk(result, {"role": "assistant", "content": ""}))
    for piece in _PIECE.findall(content):
        yield data_line(writer.chunk(result, {"content": piece}))
    yield data_line(writer.chunk(result, {"annotations": annotations}, "stop"))
    if writer.with_usage:
        yield data_line(await run_in_threadpool(writer.closing, result, content))
    yield "data: [DONE]\n\n"
