"""POST /api/ask, at once or as a stream of events, and POST /api/feedback on what it answered."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.progress import Checked, Draft, Step
from assistant.question import parse_question
from server.access.person import Person, person_of
from server.api.ask_models import AskRequest, AskResponse, FeedbackRequest, FeedbackResponse, errors
from server.api.errors import ApiRoute, problem_of
from server.api.event_stream import EVENT_SCHEMA, HEARTBEAT, event, streamed, with_pauses
from server.api.links import Permalinks, links_of
from server.api.sendable import sendable
from server.api.turns import Asked, Told, answer_json, begun, sentence_json, telling, told, turns_of
from server.services import Services, services_of

router = APIRouter(prefix="/api", route_class=ApiRoute, tags=["Hỏi đáp"])
_STREAM = "text/event-stream"
_EVENTS = """Câu trả lời trích nguyên văn, hoặc do mô hình ngôn ngữ viết với từng câu đã đối chiếu với văn bản
(xem `mode`, `sentences`); câu nào cũng kèm vị trí và đường dẫn.

Với `Accept: text/event-stream`, kết quả là dòng sự kiện: `start` ngay khi nhận câu hỏi, `citation` cho từng
đoạn trích, `answer` với cả câu trả lời như khi không phát dòng, hoặc `error`. Khi mô hình ngôn ngữ viết,
trước các sự kiện `citation` còn có: `draft` (`{"text"}`: chữ mô hình vừa gửi, chưa đối chiếu, không được hiện
như câu trả lời), `sentence` (một câu đã đối chiếu như trong `sentences`, kèm `citations` mới của câu đó) và
`withdrawn` (`{}`: mô hình hỏng giữa chừng, bỏ mọi `draft` và `sentence` trước đó; câu trích nguyên văn theo
sau)."""
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
    asked = _asked(body)
    if _STREAM not in request.headers.get("accept", ""):
        return _body(await told(services, person, asked), links)
    steps = telling(services, person, asked, begun(services, asked))
    return streamed(_events(steps, links, asked))


def _asked(body: AskRequest) -> Asked:
    history = turns_of((one.role, one.content) for one in body.history)
    named = {"conversation_id": body.conversation_id} if body.conversation_id else {}
    return Asked(body.question, history, body.as_typed, body.quoting, **named)


async def _events(
    steps: AsyncGenerator[Step | Told, None], links: Permalinks, asked: Asked
) -> AsyncIterator[str]:
    yield event("start", {"question": asked.question, "conversation_id": asked.conversation_id})
    written = _Written(links)
    try:
        async with aclosing(with_pauses(steps)) as heard:
            async for step in heard:
                for line in written.events(step):
                    yield line
    except Exception as error:  # the status is sent already; the reader is told inside the stream
        yield event("error", problem_of(error).body())


class _Written:
    """The events of one stream."""

    def __init__(self, links: Permalinks) -> None:
        self._links = links
        self._cited = 0  # citations told with sentences so far

    def events(self, step: Step | Told | None) -> list[str]:
        """What is sent for a step; for None, a line that keeps the connection open."""
        if step is None:
            return [HEARTBEAT]
        if isinstance(step, Draft):
            return [event("draft", sendable({"text": step.text}))]
        if isinstance(step, Checked):
            known, self._cited = self._cited, len(step.citations)
            return [event("sentence", sentence_json(step.sentence, step.citations, known, self._links))]
        if isinstance(step, Told):
            answer = _body(step, self._links)
            cited = [event("citation", citation) for citation in answer["citations"]]
            return [*cited, event("answer", answer)]
        self._cited = 0
        return [event("withdrawn", {})]


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
