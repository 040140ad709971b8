"""Errors of the API: one shape for programs, whatever went wrong, and OpenAI's shape below /v1.

    {"error": {"code": "busy", "message": "…", "mend": "…"}}

Routes of class ApiRoute turn every exception into it; middleware that refuses a request before it gets to a
route calls `refusal`. Does not know the routes.
"""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.question import QuestionError
from corpus.errors import ProductError
from server.api.complaints import complaint
from server.asking import BusyError

_LOG = logging.getLogger(__name__)
UNREADABLE = (
    "Nội dung gửi lên không đọc được",
    "Gửi JSON hợp lệ, mã UTF-8, Content-Type: application/json, không lồng quá sâu",
)
# Code, message and mend by status, where whoever raises it says nothing better.
_KNOWN: dict[int, tuple[str, str, str | None]] = {
    400: ("invalid_request", "Yêu cầu không hợp lệ", "Xem /docs"),
    401: ("unauthorized", "Chưa đăng nhập", "Gửi khoá API trong tiêu đề Authorization: Bearer KHOÁ"),
    403: ("forbidden", "Không có quyền làm việc này", None),
    404: ("not_found", "Không có địa chỉ này", "Xem các địa chỉ tại /docs"),
    405: ("method_not_allowed", "Địa chỉ này không nhận phương thức đó", "Xem /docs"),
    413: ("too_large", "Nội dung gửi lên quá lớn", "Gửi ít hơn mỗi lần"),
    415: ("unsupported_media_type", "Không nhận kiểu nội dung này", "Gửi Content-Type: application/json"),
    422: ("invalid_input", "Dữ liệu gửi lên không hợp lệ", "Xem /docs"),
    429: ("too_many_requests", "Đã hỏi quá nhiều trong một phút", "Chờ theo Retry-After rồi gửi lại"),
    500: ("internal", "Máy chủ gặp lỗi", "Thử lại; nếu vẫn lỗi, báo bộ phận công nghệ thông tin"),
    503: ("busy", "Máy chủ đang bận", "Chờ theo Retry-After rồi gửi lại"),
    504: ("timeout", "Câu hỏi mất quá nhiều thời gian", "Hỏi ngắn gọn hơn, hoặc gửi lại sau"),
}
_OPENAI_TYPES = {
    401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in Vietnamese, and the mend; `param` is the input it is about."""

    status: int
    code: str
    message: str
    mend: str | None = None
    headers: Mapping[str, str] | None = None
    param: str | None = None

    @classmethod
    def of_status(
        cls, status: int, message: str | None = None, headers: Mapping[str, str] | None = None
    ) -> "Problem":
        """The usual words for a status; those of `message`, "what is wrong. The mend", where there is one."""
        code, usual, mend = _KNOWN.get(status) or _KNOWN[500 if status >= 500 else 400]
        if message:
            usual, _, told = message.rstrip(".").partition(". ")
            mend = told or None
        return cls(status, code, usual, mend, headers)

    def body(self) -> dict[str, Any]:
        """In the shape of /api."""
        return {"error": {"code": self.code, "message": self.message, "mend": self.mend}}

    def openai_body(self) -> dict[str, Any]:
        """In OpenAI's shape."""
        kind = (
            "server_error" if self.status >= 500 else _OPENAI_TYPES.get(self.status, "invalid_request_error")
        )
        message = f"{self.message}. {self.mend}" if self.mend else self.message
        return {"error": {"message": message, "type": kind, "param": self.param, "code": self.code}}

    def response(self) -> JSONResponse:
        """For /api."""
        return JSONResponse(self.body(), self.status, self.headers)

    def openai_response(self) -> JSONResponse:
        """For /v1; OpenAI knows no 422."""
        return JSONResponse(self.openai_body(), 400 if self.status == 422 else self.status, self.headers)


def refusal(
    path: str, status: int, message: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The response for a request refused by middleware; `path` below the root path decides the shape."""
    problem = Problem.of_status(status, message, headers)
    return problem.openai_response() if path.startswith("/v1/") else problem.response()


def problem_of(error: Exception) -> Problem:
    """What a program is told of an exception; what it is not told is logged."""
    if isinstance(error, RequestValidationError):
        param, message, mend = complaint(error.errors())
        return Problem(422, "invalid_input", message, mend, param=param)
    if isinstance(error, StarletteHTTPException | HTTPException):
        return _of_http(error)
    if isinstance(error, QuestionError):
        message, _, mend = str(error).partition(". ")
        return Problem(422, "invalid_question", message, mend or None, param="question")
    if isinstance(error, BusyError):
        headers = {"Retry-After": str(error.retry_after)}
        return Problem(503, "busy", "Đang có quá nhiều câu hỏi", "Xin hỏi lại sau vài giây", headers)
    if isinstance(error, TimeoutError):
        return Problem.of_status(504, headers={"Retry-After": "5"})
    if isinstance(error, ProductError):
        # Its text names folders of this machine, which are no business of whoever asks.
        _LOG.error("%s", error)
        mend = "Báo bộ phận công nghệ thông tin xem nhật ký của máy chủ"
        return Problem(503, "not_ready", "Kho văn bản tạm thời chưa dùng được", mend, {"Retry-After": "30"})
    _LOG.error("Lỗi ngoài dự kiến khi trả lời API", exc_info=error)
    return Problem.of_status(500)


def _of_http(error: StarletteHTTPException) -> Problem:
    if error.status_code == 400 and error.detail == "There was an error parsing the body":
        return Problem(422, "invalid_body", *UNREADABLE)  # deeper than Python reads, or not UTF-8
    own = isinstance(error.detail, str) and not error.detail.isascii()  # in Vietnamese: said by us
    return Problem.of_status(error.status_code, error.detail if own else None, error.headers)


class ApiRoute(APIRoute):
    """A route whose every error has the shape above; never a traceback, never an answer without a shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, with its exceptions told."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:
                return self.shaped(problem_of(error))

        return told

    @staticmethod
    def shaped(problem: Problem) -> Response:
        """The shape of this part of the API."""
        return problem.response()


class OpenAIRoute(ApiRoute):
    """The same in OpenAI's shape."""

    @staticmethod
    def shaped(problem: Problem) -> Response:
        """OpenAI's."""
        return problem.openai_response()
