"""How a request is refused before it reaches its route: a page for people, JSON for programs, one line for
the chat.

Does not know why requests are refused.
"""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from server.api.errors import refusal
from server.error_pages import error_page

_PROGRAMS = ("/api", "/v1", "/mcp", "/metrics", "/health", "/openapi.json")
CHAT = "/gradio_api"


def path_of(scope: Scope) -> str:
    """The path below the root path; starts with "/"."""
    path: str = scope["path"]
    root: str = scope.get("app_root_path", scope.get("root_path", ""))
    return path[len(root) :] or "/" if path.startswith(root) else path


def below(path: str, *starts: str) -> bool:
    """Whether a path is one of these addresses or below one."""
    return any(path == start or path.startswith(f"{start}/") for start in starts)


def wants_page(scope: Scope) -> bool:
    """Whether a person in front of a browser waits for a page."""
    accept = Headers(scope=scope).get("accept", "")
    return "text/html" in accept and not below(path_of(scope), CHAT, *_PROGRAMS)


def refused(scope: Scope, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """The response. `message`: a Vietnamese sentence without its full stop that says what to do."""
    path = path_of(scope)
    if wants_page(scope):
        page = error_page(Request(scope), status, message)
        page.headers.update(headers or {})
        return page
    if below(path, CHAT):
        return JSONResponse({"detail": message}, status, headers)  # what the chat's script shows of it
    return refusal(path, status, message, headers)
