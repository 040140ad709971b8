"""Security headers on every response, whoever makes it: pages, files, errors, streams, Gradio's own.

Pure ASGI, so nothing is held back. A page may bring a Content-Security-Policy of its own, as the chat does;
who may frame it is decided here alone. Outermost middleware: it sees the scope as `Arrival` has left it.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.arrival import is_this_machine
from server.refusing import below, path_of
from server.settings import ServerSettings

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
_EMBEDDABLE = ("/", "/widget")
_FOR_OTHERS = ("/widget.js", "/static")  # loaded by pages of other origins
_YEAR = 31_536_000
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeaders:
    """ASGI middleware; knows which pages other sites may frame, and which sites may."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._origins = settings.embed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on at once, the head of the response with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._secure(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, secured)

    def _secure(self, scope: Scope, headers: MutableHeaders) -> None:
        path = path_of(scope)
        framed_by = self._origins if path in _EMBEDDABLE else ()
        headers.update(_ALWAYS)
        ancestors = " ".join(("frame-ancestors 'self'", *framed_by))
        own = headers.get("content-security-policy", POLICY)
        kept = [part.strip() for part in own.split(";") if not part.strip().startswith("frame-ancestors")]
        headers["content-security-policy"] = "; ".join([part for part in kept if part] + [ancestors])
        if framed_by:
            del headers["x-frame-options"]  # cannot name origins, and would forbid them
        else:
            headers["x-frame-options"] = "SAMEORIGIN"
        if not self._origins and not below(path, *_FOR_OTHERS):
            headers["cross-origin-resource-policy"] = "same-origin"
        if scope["scheme"] == "https":
            headers["strict-transport-security"] = f"max-age={_YEAR}"
        if scope["scheme"] == "https" or is_this_machine(scope.get("state", {}).get("address", "")):
            # Elsewhere browsers ignore it, with a complaint on the console.
            headers["cross-origin-opener-policy"] = "same-origin"
        if headers.get("content-type", "").startswith(("text/html", "application/json")):
            headers.setdefault("cache-control", "private, no-cache")
