"""What a person sees instead of a page: why not, in plain Vietnamese, and where to go on.

Programs get JSON from `server.api`; this is for whoever asks for HTML. Never shows a traceback.
"""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from corpus.errors import ProductError
from server.access.person import Person
from server.pages import render

_LOG = logging.getLogger(__name__)
_TITLES = {
    400: "Yêu cầu không hợp lệ",
    401: "Cần đăng nhập",
    403: "Không có quyền xem trang này",
    404: "Không tìm thấy trang này",
    405: "Yêu cầu không hợp lệ",
    413: "Nội dung gửi lên quá lớn",
    429: "Quá nhiều yêu cầu",
    500: "Máy chủ gặp lỗi",
    503: "Máy chủ đang bận",
    504: "Quá thời gian",
}
_ADVICE = {
    401: "Xin đăng nhập rồi mở lại trang.",
    403: "Nếu bạn cần quyền này, xin liên hệ người quản trị.",
    404: "Xin kiểm tra lại địa chỉ.",
    429: "Xin chờ một phút rồi thử lại.",
    500: "Lỗi đã được ghi lại. Xin thử lại; nếu vẫn lỗi, xin báo người quản trị.",
    503: "Xin thử lại sau vài giây.",
    504: "Xin thử lại sau vài giây.",
}
_ENGLISH = frozenset(
    ["Not Found", "Method Not Allowed", "Internal Server Error", "Unauthorized", "Forbidden"]
)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, not a program."""
    return "text/html" in request.headers.get("accept", "")


def error_page(request: Request, status: int, detail: str = "") -> HTMLResponse:
    """The page for an error; `detail` says more than its title. Works before anybody was recognised, too."""
    if not hasattr(request.state, "person"):
        request.state.person = Person("browser:")
    told = "" if detail in _ENGLISH else detail
    title = _TITLES.get(status, "Không làm được việc này")
    return render(request, "error.html.j2", status, title=title, detail=told, advice=_ADVICE.get(status, ""))


class PageRoute(APIRoute):
    """A route whose every error is such a page, with the headers of the error (Retry-After …)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, with its exceptions told."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except HTTPException as error:
                page = error_page(request, error.status_code, str(error.detail or ""))
                page.headers.update(error.headers or {})
                return page
            except ProductError as error:
                # Its text may name folders of this machine, which are no business of whoever reads the page.
                _LOG.error("%s", error)
                return error_page(request, 503, "Kho văn bản tạm thời chưa dùng được")
            except Exception:
                _LOG.exception("Lỗi ngoài dự kiến ở %s", request.url.path)
                return error_page(request, 500)

        return told
