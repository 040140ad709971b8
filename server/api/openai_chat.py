"""POST /v1/chat/completions: the assistant for programs that were made for OpenAI's API.

The last message of the user is the question, earlier ones are the conversation; messages of the system are
taken and not followed, because an answer says what the documents say. It is the same as that of /api/ask.
How it is streamed is told in `openai_stream`.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.concurrency import run_in_threadpool

from assistant.question import parse_question
from server.access.person import Person, person_of
from server.api.errors import OpenAIRoute, Problem
from server.api.event_stream import EVENT_SCHEMA, streamed
from server.api.links import Permalinks, links_of
from server.api.openai_bodies import MODEL, ChatCompletion, ChatRequest, openai_errors
from server.api.openai_models import no_such_model
from server.api.openai_stream import Writer, chunks
from server.api.turns import Asked, begun, telling, told, turns_of
from server.services import Services, services_of

router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["Kiểu OpenAI"])
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
    writer = Writer(body, services, links, asked.conversation_id)
    if body.stream:
        return streamed(chunks(telling(services, person, asked, begun(services, asked)), writer))
    return await run_in_threadpool(writer.whole, await told(services, person, asked))


def _unusable(body: ChatRequest) -> Problem | None:
    if body.n not in (None, 1):
        mend = "Bỏ n hoặc đặt n=1: mỗi câu hỏi có một câu trả lời"
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
    named = body.metadata.conversation_id if body.metadata else None
    question = body.messages[last].text
    return Asked(question, history, conversation_id=named) if named else Asked(question, history)
