"""What tests of the API share: questions, an assistant that keeps people waiting, the events of a stream."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Unpack

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answer import Answer, Turn, unanswered
from assistant.evidence import Manner
from server.access.person import Person
from server.api import add_api
from server.asking import Asking
from server.mcp import McpEndpoint
from server.openapi import describe
from server.openapi import router as docs_router
from server.services import Services

QUESTION = "Hai nhà máy xử lý rác nào cần khẩn trương khởi công?"
REFUSED = "Mức thu phí bảo vệ môi trường là bao nhiêu?"
HOSTILE = [
    "<script>alert(1)</script> rác thải là gì",
    "<img src=x onerror=alert(1)> rác thải",
    "[bấm vào đây](javascript:alert(1)) rác thải",
    "rác thải \u202egnort\u202c \u200fabc",
    "rác\x00 thải\x1b[31m \x07",
    "' OR 1=1; DROP TABLE turns; -- rác thải",
    "../../etc/passwd rác thải",
    "{{7*7}} ${7*7} rác thải",
    "r\u0301\u0301\u0301\u0301ác thải 🗑️ " + "đ" * 500,
    "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1 rác thải",
]


class Waiting:
    """An assistant that answers nothing until `released` is set."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.released = threading.Event()

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        self.asked.set()
        self.released.wait(30)
        return unanswered(question, "Chưa có")


@contextmanager
def full(services: Services) -> Iterator[Services]:
    """Services whose only place is taken while inside."""
    waiting = Waiting()
    asking = Asking(waiting, 1, 0, 30)
    taken = threading.Thread(target=asking.ask, args=("chiếm chỗ",))
    taken.start()
    assert waiting.asked.wait(10)
    try:
        yield replace(services, asking=asking)
    finally:
        waiting.released.set()
        taken.join(10)


def events_of(text: str) -> list[tuple[str, Any]]:
    """The events of a stream in order, comments left out."""
    events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            events.append((fields.get("event", "message"), json.loads(fields["data"])))
    return events


class Failing:
    """An assistant that raises."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        raise self._error


class Signed:
    """In place of the access middleware: everybody is one person."""

    def __init__(self, app: ASGIApp, person: Person) -> None:
        self._app, self._person = app, person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["person"] = self._person
        await self._app(scope, receive, send)


def programs_only(services: Services, person: str = "key:may-1") -> FastAPI:
    """What programs call, without chat and pages, which take seconds to build."""
    app = FastAPI(title="Trợ lý Nghị quyết", docs_url=None, redoc_url=None)
    app.state.services = services
    app.add_middleware(Signed, person=Person(person))
    add_api(app)
    app.include_router(docs_router)
    McpEndpoint(services).add_to(app)
    describe(app)
    return app
