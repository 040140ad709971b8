"""A server that speaks OpenAI's /v1/chat/completions from a script, on a free port of this machine.

    with scripted("Câu trả lời.") as server:                    # the same for every request
    with scripted(lambda request: Reply([...])) as server:      # made from the request's JSON
        LanguageModel(ModelSettings(server.base_url, "m")).write(…)
        server.requests[0].body["messages"]

A reply is a text (sent word by word) or a `Reply` of pieces: texts, `Thought`, `Raw`, gates, `CUT`,
`UNTIL_HUNG_UP`. No piece sleeps: a `Gate` holds the reply until the test opens it, or the server is closed.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Gate = threading.Event
"""Holds a reply where it stands until it is set."""


class Mark(Enum):
    CUT = "closes the TCP connection in the middle"
    UNTIL_HUNG_UP = "waits until the client closes the connection, then `server.hung_up` is set"
    ROLE = "the first chunk of most servers: a role, no text"
    HEARTBEAT = "a comment of SSE"
    BLANK = "a delta without text"


CUT, UNTIL_HUNG_UP, ROLE, HEARTBEAT, BLANK = Mark


@dataclass(frozen=True)
class Thought:
    """Reasoning beside the text; llama.cpp calls it reasoning_content, Ollama and vLLM reasoning."""

    text: str
    name: str = "reasoning_content"


@dataclass(frozen=True)
class Raw:
    """Bytes into the stream as they are."""

    data: bytes


Piece = str | Thought | Raw | Gate | Mark


@dataclass(frozen=True)
class Reply:
    """`body` (bytes or JSON) takes the place of a stream; `finish` None leaves finish_reason out."""

    pieces: Sequence[Piece] = ()
    finish: str | None = "stop"
    done: bool = True
    prompt_tokens: int | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Mapping[str, Any] | None = None


def words(text: str) -> list[str]:
    """A text in the pieces in which models send it."""
    return re.findall(r"\s*\S+|\s+$", text)


def prompt_of(body: Mapping[str, Any]) -> str:
    """The texts of all messages of a request, for scripts that read what they are asked."""
    return "\n".join(message["content"] for message in body["messages"])


def error(status: int, message: str, **fields: object) -> Reply:
    """An error as OpenAI and most servers send it."""
    headers = {"Retry-After": str(fields.pop("retry_after"))} if "retry_after" in fields else {}
    return Reply(status=status, headers=headers, body={"error": {"message": message, **fields}})


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """The texts of all messages."""
        return prompt_of(self.body)


Script = str | Reply | Callable[[dict[str, Any]], "str | Reply"]


class ScriptedServer:
    """What the handlers share with the test; `begun` is set when a request has come in."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.hung_up = threading.Event()
        self.begun = threading.Event()
        self.sent_at: list[float] = []  # time.perf_counter of each piece of text, before it is sent
        self._held: list[Gate] = []
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.scripted = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.root}/v1"

    def was_left(self) -> bool:
        """Whether the client has closed its connection; also when it gave up before it had asked anything."""
        return not self.requests or self.hung_up.wait(5)

    def reply_to(self, request: Request) -> Reply:
        self.requests.append(request)
        self.begun.set()
        if request.path != "/v1/chat/completions":
            return error(404, f"no such address: {request.path}")
        made = self.script(request.body) if callable(self.script) else self.script
        return Reply(words(made)) if isinstance(made, str) else made

    def hold(self, gate: Gate) -> None:
        self._held.append(gate)
        gate.wait()

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        for gate in self._held:
            gate.set()
        self._http.server_close()  # waits for the handlers
        self._thread.join()


@contextmanager
def scripted(script: Script) -> Iterator[ScriptedServer]:
    """Serve until the block ends; clients have to be gone by then, as the handlers are waited for."""
    server = ScriptedServer(script)
    server.start()
    try:
        yield server
    finally:
        server.close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    scripted: ScriptedServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: dict[str, Any]) -> None:
        self.close_connection = True
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.scripted.reply_to(Request(self.path, headers, body))
        try:
            if reply.body is not None:
                self._whole(reply, reply.body)
            elif not body.get("stream"):
                self._whole(reply, _completion(reply))
            else:
                self._stream(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.server.scripted.hung_up.set()

    def _whole(self, reply: Reply, body: bytes | Mapping[str, Any]) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self._head(reply, {"Content-Type": "application/json", "Content-Length": str(len(data))})
        self.wfile.write(data)

    def _stream(self, reply: Reply) -> None:
        self._head(reply, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        for piece in reply.pieces:
            if isinstance(piece, Gate):
                self.server.scripted.hold(piece)
            elif piece is CUT:
                return
            elif piece is UNTIL_HUNG_UP:
                if self.connection.recv(1) == b"":
                    self.server.scripted.hung_up.set()
                return
            else:
                data = _encoded(piece)
                if isinstance(piece, str):
                    self.server.scripted.sent_at.append(time.perf_counter())
                self._send(data)
        if reply.finish:
            self._send(_chunk({}, reply.finish))
        if reply.prompt_tokens is not None:
            usage = {"prompt_tokens": reply.prompt_tokens, "completion_tokens": 1, "total_tokens": 1}
            self._send(_event({"object": "chat.completion.chunk", "choices": [], "usage": usage}))
        if reply.done:
            self._send(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _head(self, reply: Reply, headers: Mapping[str, str]) -> None:
        self.send_response(reply.status)
        for name, value in {**headers, "Connection": "close", **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


def _encoded(piece: Piece) -> bytes:
    if isinstance(piece, Raw):
        return piece.data
    if isinstance(piece, Thought):
        return _chunk({piece.name: piece.text})
    if isinstance(piece, str):
        return _chunk({"content": piece})
    deltas = {ROLE: {"role": "assistant", "content": None}, BLANK: {"content": ""}}
    return b": keep-alive\n\n" if piece is HEARTBEAT else _chunk(deltas[piece])


def _chunk(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    head = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    return _event({**head, "choices": [choice]})


def _event(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _completion(reply: Reply) -> dict[str, Any]:
    text = "".join(piece for piece in reply.pieces if isinstance(piece, str))
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
