"""What administrators do: send files, remove them, take them back, index. Every action is a POST.

Files are named by the id of their document, never by a path from the browser. Answers with a redirect to the
page, where the messages are; a script that asks for JSON gets them at once.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from corpus.errors import ProductError
from server.admin import held
from server.admin.errors import TooLargeError, UploadError
from server.admin.folder import DocumentsFolder
from server.admin.messages import Message, Messages
from server.admin.names import safe_name
from server.admin.uploads import uploaded
from server.indexing import Indexing, Work, indexing_of
from server.run_report import file_of, shown
from server.services import Services, services_of

router = APIRouter()
OurServices = Annotated[Services, Depends(services_of)]
OurIndexing = Annotated[Indexing, Depends(indexing_of)]
Id = Annotated[str, Form(alias="id", max_length=300)]
_DOCUMENTS = "/admin/documents"
_QUEUED = "Đang có lượt lập chỉ mục khác; việc này sẽ làm ngay sau đó"


@router.post("/documents")
async def send(request: Request, services: OurServices, indexing: OurIndexing) -> Response:
    """Take files into the folder. Fields: `files`, `replace` ("1"), `later` ("1": do not index yet)."""
    try:
        form = await uploaded(request, services.settings.max_upload_mb)
    except UploadError as error:
        status = 413 if isinstance(error, TooLargeError) else 400
        return _answer(request, [Message("problem", str(error))], status=status)
    try:
        files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        folder, replace = DocumentsFolder(services.documents_dir), form.get("replace") == "1"
        told = [await run_in_threadpool(_put, folder, file, replace) for file in files]
        later = form.get("later") == "1"
    finally:
        await form.close()
    if not files:
        nothing = Message("problem", "Chưa chọn tệp nào. Chọn tệp rồi bấm “Tải lên”")
        return _answer(request, [nothing], status=400)
    taken = any(one.kind == "done" for one in told)
    if taken and not later:
        indexing.start(Work())
    return _answer(request, told, status=200 if taken else 422)


@router.post("/documents/remove")
def remove(request: Request, services: OurServices, indexing: OurIndexing, identifier: Id) -> Response:
    """Put the file of a document into the bin and index."""

    def done() -> str:
        rows = held.held(services.location.folder)
        file = next((row.file for row in rows if row.id == identifier), None) or _source(services, identifier)
        if file is None:
            raise UploadError("Không gỡ được: văn bản này không có trong thư mục văn bản")
        DocumentsFolder(services.documents_dir).remove(file)
        indexing.start(Work())
        return f"Đã gỡ {shown(file)}. Tệp nằm trong thùng đã gỡ, có thể lấy lại"

    return _done(request, done)


@router.post("/documents/accept")
def accept(request: Request, services: OurServices, indexing: OurIndexing, identifier: Id) -> Response:
    """Take in a file that was set aside."""

    def done() -> str:
        left_out = indexing.state().report
        found = next((one for one in left_out.left_out if one.id == identifier), None) if left_out else None
        if found is None or not found.acceptable:
            raise UploadError("Tệp này không còn bị tạm giữ. Bấm “Cập nhật chỉ mục” để xem lại")
        # A member of an archive is not a file; its archive is looked at, of which the rest is unchanged.
        file = file_of(found.source)
        indexing.start(Work(accept=services.documents_dir / file))
        return f"Sẽ nhận {shown(file)} vào chỉ mục"

    return _done(request, done)


@router.post("/documents/take-back")
def take_back(request: Request, services: OurServices, indexing: OurIndexing, identifier: Id) -> Response:
    """Put a file of the bin back and index."""

    def done() -> str:
        source = DocumentsFolder(services.documents_dir).take_back(identifier)
        indexing.start(Work())
        return f"Đã lấy lại {shown(source)}"

    return _done(request, done)


@router.post("/index")
def index(
    request: Request, indexing: OurIndexing, rebuild: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Index what changed, or everything anew with `rebuild` = "1"."""
    started = indexing.start(Work(rebuild=rebuild == "1"))
    text = "Đã bắt đầu lập chỉ mục" if started else _QUEUED
    return _answer(request, [Message("done", text)])


def messages_of(request: Request) -> Messages:
    """The messages of this application."""
    state = request.app.state
    if not hasattr(state, "admin_messages"):
        state.admin_messages = Messages()
    messages: Messages = state.admin_messages
    return messages


def _put(folder: DocumentsFolder, file: UploadFile, replace: bool) -> Message:
    try:
        name = safe_name(file.filename or "")
        replaced = folder.put(name, file.file, replace=replace)
    except UploadError as error:
        return Message("problem", str(error))
    return Message("done", f"{name}: {'đã thay tệp cũ' if replaced else 'đã nhận'}")


def _source(services: Services, identifier: str) -> str | None:
    waiting = held.waiting(services.location.folder, services.documents_dir)
    return next((one.source for one in waiting if one.id == identifier), None)


def _done(request: Request, work: Callable[[], str]) -> Response:
    try:
        return _answer(request, [Message("done", work())])
    except ProductError as error:
        return _answer(request, [Message("problem", str(error))], status=409)


def _answer(request: Request, told: list[Message], status: int = 200) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        body: dict[str, Any] = {"messages": [{"kind": one.kind, "text": one.text} for one in told]}
        return JSONResponse(body, status)
    root = request.scope.get("root_path", "").rstrip("/")
    return RedirectResponse(f"{root}{_DOCUMENTS}?tin={messages_of(request).keep(told)}", 303)
