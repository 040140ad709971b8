"""ASGI middleware that finds out who is asking before anything else looks at the request."""

import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.access.person import ADMIN, HEADER, Person

_COOKIE = "tro_ly_trinh_duyet"


class Access:
    """Without access control everybody is an anonymous browser on this machine, and an administrator."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the person, then pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        browser = _browser_of(Headers(scope=scope).get("cookie", ""))
        fresh = browser is None
        browser = browser or secrets.token_urlsafe(16)
        person = Person(f"browser:{browser}", ADMIN)
        scope.setdefault("state", {})["person"] = person
        headers = MutableHeaders(scope=scope)
        headers[HEADER] = f"{person.role} {person.key}"

        async def with_cookie(message: Message) -> None:
            if fresh and message["type"] == "http.response.start":
                path = scope.get("root_path") or "/"
                MutableHeaders(scope=message).append(
                    "set-cookie",
                    f"{_COOKIE}={browser}; Path={path}; Max-Age=31536000; HttpOnly; SameSite=Lax",
                )
            await send(message)

        await self._app(scope, receive, with_cookie)


def _browser_of(cookie: str) -> str | None:
    try:
        found = SimpleCookie(cookie).get(_COOKIE)
    except CookieError:
        return None
    return found.value if found and found.value.replace("-", "").replace("_", "").isalnum() else None
