"""The OpenAPI document of what programs call, and the page at /docs that shows it.

Swagger UI's files come from the package fastapi-offline and are served from here: nothing is fetched from
elsewhere. Pages, widgets and administration are no part of the document.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse

from server.api import add_api
from server.pages import render

_ABOUT = """Hỏi đáp có trích dẫn trên văn bản hành chính. Câu trả lời trích nguyên văn, hoặc do mô hình ngôn
ngữ viết với từng câu đã đối chiếu với văn bản (`mode`), luôn kèm vị trí và đường dẫn cố định; khi văn bản
không nêu, câu trả lời nói như vậy (`refused`).

Mọi lỗi dưới `/api` có dạng `{"error": {"code", "message", "mend"}}`; dưới `/v1` theo dạng của OpenAI. Khi
máy chủ yêu cầu đăng nhập, gửi khoá API trong tiêu đề `Authorization: Bearer KHOÁ`.

Máy chủ MCP ở `/mcp` (streamable HTTP), có các công cụ `ask`, `search`, `get_passage`."""
_ASSETS = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_DAY = 86_400
# Swagger UI's arrows are images inside its style sheet.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
_REPLACED = "HTTPValidationError"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The page."""
    page = render(request, "api_docs.html.j2")
    page.headers["Content-Security-Policy"] = _POLICY
    return page


@router.get("/docs/{name}")
def asset(name: str) -> FileResponse:
    """A file of Swagger UI."""
    if name not in _ASSETS:
        raise HTTPException(404)
    headers = {"Cache-Control": f"public, max-age={_DAY}"}
    return FileResponse(_assets() / name, media_type=_ASSETS[name], headers=headers)


def document(title: str, version: str) -> dict[str, Any]:
    """The OpenAPI document, exact: every route, every status, every field."""
    described = FastAPI()
    add_api(described)
    found = get_openapi(title=title, version=version, description=_ABOUT, routes=described.routes)
    found["components"]["securitySchemes"] = {
        "khoa": {"type": "http", "scheme": "bearer", "description": "Khoá API, khi máy chủ yêu cầu."}
    }
    found["security"] = [{}, {"khoa": []}]
    for operations in found["paths"].values():
        for operation in operations.values():
            # FastAPI's own body of 422, where a route says 400 in OpenAI's shape instead.
            if _REPLACED in str(operation["responses"].get("422", "")):
                del operation["responses"]["422"]
    for name in (_REPLACED, "ValidationError"):
        found["components"]["schemas"].pop(name, None)
    return found


def describe(app: FastAPI) -> None:
    """Make /openapi.json of `app` this document."""
    described = cache(lambda: document(app.title, app.version))
    app.openapi = described  # type: ignore[method-assign]


@cache
def _assets() -> Path:
    package = find_spec("fastapi_offline")
    if package is None or package.origin is None:
        raise HTTPException(404, "Thiếu gói fastapi-offline. Chạy: pip install -r requirements.txt")
    return Path(package.origin).with_name("static")
