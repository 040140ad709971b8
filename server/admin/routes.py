"""Pages of the administration, and the state of the indexing job as JSON. Nothing here changes anything.

Knows which page shows what; actions are in `server.admin.actions`.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from corpus.addresses import document_address
from server.access.person import admin_of
from server.admin import actions, held, review, shown
from server.admin.folder import DocumentsFolder
from server.admin.names import SUFFIXES
from server.admin.overview import overview
from server.admin.uploads import largest_file
from server.indexing import Indexing, indexing_of
from server.pages import render
from server.run_report import shown as shown_source
from server.services import Services, services_of
from vectorstore.errors import IndexProblem

router = APIRouter(prefix="/admin", include_in_schema=False, dependencies=[Depends(admin_of)])
router.include_router(actions.router)
OurServices = Annotated[Services, Depends(services_of)]
OurIndexing = Annotated[Indexing, Depends(indexing_of)]
_STORE = {"Cache-Control": "no-store"}


@router.get("")
def overview_page(request: Request, services: OurServices, indexing: OurIndexing) -> HTMLResponse:
    """The installation at a glance."""
    return _page(request, "admin.html.j2", indexing, about=overview(services), services=services)


@router.get("/documents")
def documents_page(request: Request, services: OurServices, indexing: OurIndexing) -> HTMLResponse:
    """The documents, their files, the bin, and the form to send more."""
    asked = request.query_params
    query, doubtful = asked.get("q", "").strip()[:200], asked.get("luu-y") == "1"
    number = int(page) if (page := asked.get("trang", "")).isdecimal() and len(page) < 7 else 1
    index_dir = services.location.folder
    problem = None
    try:
        rows, waiting = held.held(index_dir), held.waiting(index_dir, services.documents_dir)
    except IndexProblem as error:
        rows, waiting, problem = (), [], str(error)
    report = indexing.state().report
    told = {one.id for one in report.left_out} if report else set()  # these can be removed in the report
    return _page(
        request,
        "admin_documents.html.j2",
        indexing,
        page=held.matching(rows, query, doubtful, number),
        all_rows=len(rows),
        doubtful_rows=sum(bool(row.warnings) for row in rows),
        query=query,
        doubtful=doubtful,
        waiting=[one for one in waiting if one.id not in told],
        binned=DocumentsFolder(services.documents_dir).binned()[:100],
        problem=problem,
        suffixes=SUFFIXES,
        max_mb=services.settings.max_upload_mb,
        max_bytes=largest_file(services.settings.max_upload_mb),
    )


@router.get("/questions")
def questions_page(request: Request, services: OurServices, indexing: OurIndexing) -> HTMLResponse:
    """What was refused or disliked."""
    only = request.query_params.get("loc", "")
    turns = services.records.to_review(review.MOST_TURNS)
    found = review.groups(turns, only)
    return _page(
        request,
        "admin_questions.html.j2",
        indexing,
        groups=found[:500],
        matching=len(found),
        only=only,
        records=services.records,
        days=services.settings.records_days,
    )


@router.get("/questions/export.jsonl")
def questions_file(services: OurServices) -> Response:
    """The same as a question file to be labelled."""
    text = review.question_file(services.records.to_review(review.MOST_TURNS))
    name = 'attachment; filename="cau-hoi-can-gan-nhan.jsonl"'
    headers = {"Content-Disposition": name, **_STORE}
    return Response(text, media_type="application/jsonl; charset=utf-8", headers=headers)


@router.get("/questions/{turn_id}")
def turn_page(request: Request, turn_id: str, services: OurServices, indexing: OurIndexing) -> HTMLResponse:
    """One question with what was answered."""
    turn = services.records.turn(turn_id)
    if turn is None:
        raise HTTPException(404, "Không có lượt hỏi này, hoặc đã quá hạn lưu")
    return _page(request, "admin_turn.html.j2", indexing, turn=turn, address=document_address)


@router.get("/job")
def job(indexing: OurIndexing) -> JSONResponse:
    """The indexing job, for a page that waits."""
    return JSONResponse(indexing.state().to_json(), headers=_STORE)


def _page(request: Request, template: str, indexing: Indexing, **values: Any) -> HTMLResponse:
    """A page of the administration: with the job, and what the last action had to say."""
    messages = actions.messages_of(request).of(request.query_params.get("tin", ""))
    response = render(
        request,
        template,
        job=indexing.state(),
        messages=messages,
        moment=shown.moment,
        day=shown.day,
        size=shown.size,
        number=shown.number,
        verdicts=shown.VERDICTS,
        source_text=shown_source,
        **values,
    )
    response.headers.update(_STORE)
    return response
