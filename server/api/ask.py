"""POST /api/ask, at once or as a stream of events, and POST /api/feedback on what it answered."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.question import parse_question
from server.access.person import Person, person_of
from server.api.ask_models import AskRequest, AskResponse, FeedbackRequest, FeedbackResponse, errors
from server.api.errors import ApiRoute, problem_of
from server.api.event_stream import EVENT_SCHEMA, begun, event, heartbeats, streamed
from server.api.links import Permalinks, links_of
from server.api.turns import Asked, Told, answer_json, told, turns_of
from server.services import Services, services_of

router = APIRouter(prefix="/api", route_class=ApiRoute, tags=["Hỏi đáp"])
_STREAM = "text/event-stream"
_EVENTS = """Câu trả lời chỉ gồm các đoạn trích nguyên văn, kèm vị trí và đường dẫn.

Với `Accept: text/event-stream`, kết quả là dòng sự kiện: `start` ngay khi nhận câu hỏi, `citation` cho từng
đoạn trích, `answer` với cả câu trả lời như khi không phát dòng, hoặc `error`."""
_ASKED: dict[int | str, dict[str, Any]] = {
    200: {"content": {_STREAM: {"schema": EVENT_SCHEMA}}, "description": "Câu trả lời."},
    **errors(422, 503, 504),
}


@router.post("/ask", response_model=AskResponse, responses=_ASKED, summary="Đặt câu hỏi", description=_EVENTS)
async def ask(
    body: AskRequest,
    request: Request,
    services: Annotated[Services, Depends(services_of)],
    person: Annotated[Person, Depends(person_of)],
    links: Annotated[Permalinks, Depends(links_of)],
) -> Response | dict[str, Any]:
    """Answer a question of this person."""
    parse_question(body.question)  # a question that cannot be taken is refused before a stream begins
    history = turns_of((one.role, one.content) for one in body.history)
    asked = Asked(body.question, history, body.as_typed, body.conversation_id)
    task = await begun(told(services, person, asked))
    if _STREAM in request.headers.get("accept", ""):
        return streamed(_events(task, links, body))
    return _body(await task, links)


async def _events(task: Any, links: Permalinks, body: AskRequest) -> AsyncIterator[str]:
    yield event("start", {"question": body.question, "conversation_id": body.conversation_id})
    async for beat in heartbeats(task):
        yield beat
    try:
        answer = _body(task.result(), links)
    except Exception as error:  # the status is sent already; the reader is told inside the stream
        yield event("error", problem_of(error).body())
        return
    for citation in answer["citations"]:
        yield event("citation", citation)
    yield event("answer", answer)


def _body(result: Told, links: Permalinks) -> dict[str, Any]:
    return answer_json(result.answer, links) | {
        "turn_id": result.turn_id,
        "conversation_id": result.conversation_id,
    }


@router.post(
    "/feedback", response_model=FeedbackResponse, responses=errors(404, 422), summary="Góp ý về câu trả lời"
)
async def feedback(
    body: FeedbackRequest,
    services: Annotated[Services, Depends(services_of)],
    person: Annotated[Person, Depends(person_of)],
) -> FeedbackResponse:
    """Chỉ góp ý được cho câu trả lời của chính mình; ý kiến sau thay ý kiến trước."""
    kept = await run_in_threadpool(
        services.records.set_feedback, body.turn_id, person.key, body.verdict, body.comment
    )
    if not kept:
        raise HTTPException(404, "Bạn không có lượt hỏi nào mang mã này")
    return FeedbackResponse(turn_id=body.turn_id, verdict=body.verdict, comment=body.comment)
