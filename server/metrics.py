"""Figures for Prometheus: requests, answers, the queue, the documents. No names, addresses or questions.

Every application has a registry of its own, so several may live in one process.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer, Verdict
from server.access.person import Person, person_of
from server.arrival import is_this_machine
from server.health import index_in_use
from server.services import Services

_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)

router = APIRouter(include_in_schema=False)


class Metrics:
    """The figures of one application."""

    def __init__(self, services: Services) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "tro_ly_requests", "Requests", ("method", "route", "status"), registry=self.registry
        )
        self._answers = Counter("tro_ly_answers", "Answers", ("mode", "refused"), registry=self.registry)
        self._sentences = Counter(
            "tro_ly_sentences",
            "Sentences of the language model by what their check came to",
            ("verdict",),
            registry=self.registry,
        )
        for verdict in Verdict:
            self._sentences.labels(verdict.value)  # 0 from the start, so that a rise can be seen
        self._seconds = Histogram(
            "tro_ly_answer_seconds", "Time of an answer", buckets=_SECONDS, registry=self.registry
        )
        asking = services.asking
        self._gauge("tro_ly_queue_length", "Questions being answered or waiting", lambda: asking.taken)
        self._gauge("tro_ly_queue_places", "Questions taken at most", lambda: asking.places)
        self._gauge("tro_ly_turned_away", "Questions turned away", lambda: asking.turned_away)
        for name in ("documents", "passages"):
            self._gauge(f"tro_ly_{name}", f"Indexed {name}", _counted(services, name))
        asking.listen(self._answered)

    def _gauge(self, name: str, about: str, value: Callable[[], float]) -> None:
        Gauge(name, about, registry=self.registry).set_function(value)

    def _answered(self, answer: Answer, seconds: float) -> None:
        self._answers.labels(answer.mode, str(answer.refused).lower()).inc()
        for sentence in answer.sentences:
            self._sentences.labels(sentence.verdict.value).inc()
        self._seconds.observe(seconds)


def _counted(services: Services, name: str) -> Callable[[], float]:
    def count() -> float:
        index = index_in_use(services)
        return float(getattr(index, name)) if index else 0.0

    return count


class Measured:
    """ASGI middleware that counts requests by route and status."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and count what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                labels = (_method(scope), route_of(scope), str(message["status"]))
                self._metrics.requests.labels(*labels).inc()
            await send(message)

        await self._app(scope, receive, counted)


def route_of(scope: Scope) -> str:
    """The template of the route that took a request: a few dozen values, with no ids in them."""
    route = scope.get("route")
    path = getattr(route, "path", None) or getattr(route, "path_format", None)
    return str(path) if path else "(other)"


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE") else "(other)"


@router.get("/metrics")
def metrics(request: Request, person: Annotated[Person, Depends(person_of)]) -> Response:
    """For administrators, programs with a key, and this machine itself."""
    allowed = person.is_admin or person.key.startswith("key:") or is_this_machine(request.state.address)
    if not allowed:
        raise HTTPException(403, "Số liệu chỉ dành cho quản trị, khoá API hoặc chính máy chủ")
    found: Metrics = request.app.state.metrics
    return Response(generate_latest(found.registry), headers={"content-type": CONTENT_TYPE_LATEST})
