"""The MCP server at /mcp: tools `ask`, `search` and `get_passage` for agents, over streamable HTTP.

Stateless: every request stands alone, so several processes may serve it. The access middleware has seen a
request before it gets here. Only requests to a host of ours are taken: a page elsewhere whose name was
pointed at this machine (DNS rebinding) comes with the wrong one.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from server.api.errors import UNREADABLE, Problem
from server.mcp_tools import Tools
from server.services import Services

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_INSTRUCTIONS = (
    "Trả lời câu hỏi về các văn bản hành chính Việt Nam đang lưu; câu nào cũng dựa vào trích dẫn nguyên văn "
    "có vị trí. "
    "Dùng ask để hỏi (tiếng Việt, có dấu hoặc không), search để tìm đoạn, get_passage để đọc một đoạn với "
    "các đoạn quanh nó. Khi refused là true, văn bản không nêu: đừng tự trả lời thay."
)
_UNKNOWN_HOST = Problem(
    421,
    "unknown_host",
    "Máy chủ MCP không nhận tên máy này",
    "Thêm tên máy vào ASSISTANT_HOSTS, ví dụ ASSISTANT_HOSTS=tro-ly.example.vn, rồi mở lại chương trình",
)
_NO_JSON = Problem(400, "invalid_body", *UNREADABLE)


class McpEndpoint:
    """The endpoint, and the sessions that the application's lifespan keeps running."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._hosts = _with_ports((*_LOOPBACK, *map(str.lower, services.settings.hosts)))
        self._manager: StreamableHTTPSessionManager | None = None

    def add_to(self, app: FastAPI) -> None:
        """Answer at /mcp. The lifespan of a mounted application would not be run; a router's is merged."""

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            async with self.running():
                yield

        router = APIRouter(lifespan=lifespan)
        router.routes.append(Route(PATH, endpoint=self, include_in_schema=False))
        app.include_router(router)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take requests while inside."""
        from mcp.server.lowlevel import Server
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        server: Server[object, object] = Server("tro-ly-nghi-quyet", instructions=_INSTRUCTIONS)
        Tools(self._services).register(server)
        origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in self._hosts]
        security = TransportSecuritySettings(
            enable_dns_rebinding_protection=True, allowed_hosts=self._hosts, allowed_origins=origins
        )
        # Answers as plain JSON: a question takes less than a second, and proxies need no special care.
        manager = StreamableHTTPSessionManager(
            server, stateless=True, json_response=True, security_settings=security
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if self._manager is None:
            await Problem.of_status(503, headers={"Retry-After": "2"}).response()(scope, receive, send)
            return
        if not self._is_ours(Headers(scope=scope).get("host", "")):
            await _UNKNOWN_HOST.response()(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        if not _is_json(body):
            await _NO_JSON.response()(scope, receive, send)
            return
        await self._manager.handle_request(scope, _again(body, receive), send)

    def _is_ours(self, host: str) -> bool:
        """As the MCP library decides, which only says "Invalid Host header"."""
        host = host.lower()
        return host in self._hosts or f"{host.rpartition(':')[0]}:*" in self._hosts


def _with_ports(hosts: tuple[str, ...]) -> list[str]:
    """As the MCP library wants them: "localhost" at its usual port and "localhost:*" at any."""
    return [form for host in hosts for form in (host, f"{host}:*")]


def _is_json(body: bytes) -> bool:
    """Whether a body can be read. The MCP library answers 500 to one that is nested too deep or not UTF-8."""
    try:
        json.loads(body or b"null")
    except (ValueError, RecursionError):
        return False
    return True


def _again(body: bytes, receive: Receive) -> Receive:
    """The request's messages with its body, which has been read, once more."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return first.pop() if first else await receive()

    return next_message
