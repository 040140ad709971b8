"""The log: one line for a request, an answer or a failure, on stderr, as JSON or plain.

Never the text of questions unless ASSISTANT_LOG_QUESTIONS says so, and never bodies, cookies, addresses'
queries, passwords or keys. Does not know what the requests are about.
"""

import json
import logging
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer
from server.access.person import Person
from server.metrics import route_of
from server.refusing import below, path_of, refused

_log = logging.getLogger("server.requests")
_answers = logging.getLogger("server.answers")
_FAILED = "Máy chủ gặp lỗi. Thử lại; nếu vẫn lỗi, báo bộ phận công nghệ thông tin"
_QUIET = ("/static", "/assets", "/svelte", "/theme.css", "/health", "/metrics", "/gradio_api/heartbeat")


class RequestLog:
    """ASGI middleware: a line for every request but those for files, and 500 for what nobody has caught."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; log what came of it and how long it took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            _log.exception("request failed", extra={"fields": {"route": route_of(scope)}})
            if not status:
                await refused(scope, 500, _FAILED)(scope, receive, noted)
        finally:
            if status >= 400 or not below(path_of(scope), *_QUIET):
                _log.info("request", extra={"fields": _fields(scope, status, time.perf_counter() - started)})


def _fields(scope: Scope, status: int, seconds: float) -> dict[str, object]:
    person: Person | None = scope.get("state", {}).get("person")
    return {
        "method": scope["method"],
        "route": route_of(scope),
        "status": status,
        "ms": round(seconds * 1000),
        "person": person.key.partition(":")[0] if person else None,
    }


class AnswerLog:
    """Told of every answer by the queue."""

    def __init__(self, with_questions: bool) -> None:
        self._with_questions = with_questions

    def __call__(self, answer: Answer, seconds: float) -> None:
        """A line for an answer."""
        fields: dict[str, object] = {
            "mode": answer.mode,
            "refused": answer.refused,
            "ms": round(seconds * 1000),
        }
        if answer.model is not None:
            fields["model"] = answer.model
            for verdict, count in Counter(one.verdict for one in answer.sentences).items():
                fields[verdict.value] = count
        if self._with_questions:
            fields["question"] = answer.question
        _answers.info("answer", extra={"fields": fields})


class JsonLines(logging.Formatter):
    """A record as one line of JSON: `time` (ISO 8601, UTC), `level`, `logger`, `message`, its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        } | getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """The same for eyes: time, level, message, fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a traceback below it."""
        at = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        fields = " ".join(f"{key}={value}" for key, value in getattr(record, "fields", {}).items())
        line = f"{at} {record.levelname.lower()} {record.getMessage()} {fields}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def log_to_stderr(form: Literal["json", "plain", "off"]) -> None:
    """Set up the log of this process; "off" still tells warnings and failures, plainly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    logging.getLogger("server").setLevel(logging.WARNING if form == "off" else logging.INFO)
