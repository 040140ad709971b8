"""A page in plain Vietnamese for a person who comes to an address that does not exist.

What no route of ours takes goes to Gradio at the root, which answers everybody with a line of JSON. Programs
keep that line; pages, files and errors of our own pass through.
"""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.error_pages import error_page, wants_page

_FOR_PROGRAMS = ("/api/", "/v1/", "/mcp", "/gradio_api/")  # their errors have a shape of their own


class UnknownAddresses:
    """ASGI middleware: a 404 in JSON becomes a page where a browser asked for one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and replace what comes back, if it is such an answer."""
        if scope["type"] != "http" or _is_for_programs(scope) or not wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        replaced = False

        async def amended(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_bare(message):
                replaced = True
                await error_page(Request(scope), 404)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, amended)


def _is_for_programs(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")).startswith(_FOR_PROGRAMS)


def _is_bare(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return bool(start["status"] == 404 and kind.startswith("application/json"))
