"""ASGI middleware that lets nobody in who may not come in, and names the person for everybody behind it.

State-changing requests that a page of elsewhere makes a browser send are refused as well. Does not know how
people are recognised.
"""

import logging
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.access.entries import AccessFileError
from server.access.identify import BROWSER, Found, Identification
from server.access.person import HEADER, Person
from server.refusing import below, path_of, refused, wants_page
from server.settings import ServerSettings

# The widget says itself that one has to sign in: no form of ours is shown inside a page of elsewhere.
# The figures decide themselves whom they are told to.
_OPEN = ("/health", "/login", "/metrics", "/static", "/widget", "/widget.js")
_SAFE = ("GET", "HEAD", "OPTIONS")
_YEAR = 31_536_000
_SIGN_IN = "Chưa đăng nhập. Gửi khoá API trong tiêu đề Authorization: Bearer KHOÁ"
_ELSEWHERE = "Yêu cầu này do một trang ở nơi khác gửi nên bị từ chối. Mở trang của Trợ lý rồi làm lại"
_ONLY_HERE = (
    "Trợ lý đang chỉ phục vụ chính máy chủ này. Người quản trị bật đăng nhập (ASSISTANT_USERS_FILE, …) để "
    "máy khác dùng được"
)
_BROKEN = "Tệp người dùng hoặc khoá của máy chủ không đọc được. Báo bộ phận công nghệ thông tin"
NOBODY = Person("browser:")
_log = logging.getLogger(__name__)


class Access:
    """Puts the Person into `scope["state"]["person"]` and into the header for Gradio's handlers."""

    def __init__(self, app: ASGIApp, settings: ServerSettings, identification: Identification) -> None:
        self._app = app
        self._settings = settings
        self._identification = identification

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the person, then pass the request on; or refuse it."""
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            found = self._identification.of(scope)
        except AccessFileError as error:
            # Its text names files of this machine: for the log, not for whoever asks.
            _log.error("%s", error)
            await refused(scope, 503, _BROKEN, {"Retry-After": "30"})(scope, receive, send)
            return
        scope["state"]["person"] = found.person or NOBODY
        refusal = self._refusal(scope, found)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        person: Person = scope["state"]["person"]
        headers = MutableHeaders(scope=scope)
        headers[HEADER] = f"{person.role} {person.key}"
        await self._app(scope, receive, _with_browser(send, scope, found.browser))

    def _refusal(self, scope: Scope, found: Found) -> Response | None:
        if not found.by_key and scope["method"] not in _SAFE and self._comes_from_elsewhere(scope):
            return refused(scope, 403, _ELSEWHERE)
        path = path_of(scope)
        if found.person is not None or below(path, *_OPEN):
            return None
        if not self._settings.access_controlled:
            return refused(scope, 403, _ONLY_HERE)
        if scope["method"] == "GET" and wants_page(scope):
            root = scope.get("root_path", "")
            asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            return RedirectResponse(f"{root}/login?next={quote(asked, safe='')}", 303)
        return refused(scope, 401, _SIGN_IN, {"WWW-Authenticate": 'Bearer realm="Tro ly Nghi quyet"'})

    def _comes_from_elsewhere(self, scope: Scope) -> bool:
        """Whether a browser says that another site's page has sent this. Programs say nothing of the kind."""
        headers = Headers(scope=scope)
        if headers.get("sec-fetch-site") in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site") is not None
        own = f"{scope['scheme']}://{headers.get('host', '')}".lower()
        return origin.lower() not in (own, *self._settings.embed_origins)


def _with_browser(send: Send, scope: Scope, browser: str | None) -> Send:
    if browser is None:
        return send
    path = scope.get("root_path") or "/"
    secure = "; Secure" if scope["scheme"] == "https" else ""
    cookie = f"{BROWSER}={browser}; Path={path}; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}"

    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return with_cookie
