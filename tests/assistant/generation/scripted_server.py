"""A server that speaks OpenAI's /v1/chat/completions from a script, on a free port of this machine.

`scripted(reply)` answers every request by `reply(body) -> Reply`. Pieces come one by one; a `Gate` between
them holds the stream until a test opens it, so that nothing sleeps.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import SecretStr

from assistant.generation.model import LanguageModel, ModelSettings

_PATIENCE_S = 10.0


class Gate:
    """Holds a stream until it is opened; `reached` tells that the stream has come so far."""

    def __init__(self) -> None:
        self._open, self._reached = threading.Event(), threading.Event()

    def open(self) -> None:
        self._open.set()

    def wait_until_reached(self) -> None:
        assert self._reached.wait(_PATIENCE_S), "the stream never came to the gate"

    def pass_through(self, closing: threading.Event) -> None:
        self._reached.set()
        while not self._open.wait(0.02) and not closing.is_set():
            pass


@dataclass(frozen=True, slots=True)
class Reply:
    """`pieces`: text, gates, or whole chunks as the server would send them. `raw`: sent as it is, instead.

    `finish`: None ends the stream without a reason; `cut` closes the connection without the closing chunk.
    """

    pieces: Sequence[str | Gate | dict[str, Any]] = ()
    finish: str | None = "stop"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    content_type: str = "text/event-stream"
    cut: bool = False
    prompt_tokens: int | None = None


Script = Callable[[dict[str, Any]], Reply]


class ScriptedServer:
    """What came in, and where the server is."""

    def __init__(self, port: int) -> None:
        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []

    def settings(self, **changes: Any) -> ModelSettings:
        """Settings that lead here, with limits of time that no test waits out."""
        given = {"base_url": self.base_url, "model": "kich-ban", "first_token_s": 5.0, "timeout_s": 8.0}
        return ModelSettings(**(given | changes))

    def model(self, **changes: Any) -> LanguageModel:
        return LanguageModel(self.settings(**changes))


def say(*pieces: str | Gate) -> Script:
    """The same text to everybody."""
    return lambda _: Reply(pieces)


def error(status: int, message: str, **headers: str) -> Script:
    """The same error to everybody."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": status}}).encode()
    return lambda _: Reply(status=status, raw=body, content_type="application/json", headers=headers)


@contextmanager
def scripted(script: Script) -> Iterator[ScriptedServer]:
    """The server, in threads of its own."""
    closing = threading.Event()
    told: ScriptedServer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length))
            told.requests.append(body)
            told.keys.append(self.headers.get("authorization"))
            told.paths.append(self.path)
            reply = script(body)
            with suppress(OSError):  # the client went away, which is what some tests are about
                self._send(reply)

        def do_GET(self) -> None:
            told.paths.append(self.path)
            self.send_error(404)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("content-type", reply.content_type)
            self.send_header("connection", "close")
            for name, value in reply.headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                return
            for piece in reply.pieces:
                if isinstance(piece, Gate):
                    piece.pass_through(closing)
                elif isinstance(piece, dict):
                    self._event(piece)
                else:
                    self._event(_chunk({"content": piece}))
            if reply.cut:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if reply.finish is not None:
                self._event(_chunk({}, reply.finish))
            if reply.prompt_tokens is not None:
                self._event(_usage(reply.prompt_tokens))
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, body: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = ScriptedServer(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def prompt_of(body: dict[str, Any]) -> str:
    """All that a request tells the model."""
    return "\n".join(str(message["content"]) for message in body["messages"])


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "kich-ban",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def _usage(prompt_tokens: int) -> dict[str, Any]:
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": 9, "total_tokens": prompt_tokens + 9}
    return _chunk({}) | {"choices": [], "usage": usage}


KEY = SecretStr("khoa-bi-mat")
