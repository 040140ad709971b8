"""Addresses of the document browser: the list, a document, its original file, images of its pages.

Ids may hold anything, slashes included: see `corpus.addresses`. Knows HTTP; what is shown is made elsewhere.
"""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from corpus.addresses import document_address, id_in_address
from corpus.document import short_name
from corpus.references import shown_day
from server.documents.listing import SORTS, Asked, listing
from server.documents.original import NoOriginalError, Original, original_of
from server.documents.page_images import NoPageError, PageImages, PageKey, TooManyPagesError, has_pages
from server.documents.stored import stored_document
from server.documents.view import document_view
from server.error_pages import PageRoute
from server.pages import render
from server.services import Services, services_of

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_IMAGES = PageImages()
_Services = Annotated[Services, Depends(services_of)]


@router.get("/documents")
def documents_page(request: Request, services: _Services) -> Response:
    """The list; q, kind, sort and page narrow it."""
    asked = Asked.of(request.query_params)

    def address(page: int) -> str:
        given = {"q": asked.query, "kind": asked.kind, "sort": asked.sort, "page": str(page)}
        return "?" + urlencode({key: value for key, value in given.items() if value})

    return render(
        request,
        "documents.html.j2",
        listing=listing(services.assistant.index, asked),
        asked=asked,
        sorts=SORTS,
        address=address,
        document_address=document_address,
        shown_day=shown_day,
    )


@router.get("/documents/{document_id:path}/original")
def original_file(document_id: str, services: _Services) -> Response:
    """The file as it lies in the documents folder, always as a download: it may be anybody's HTML."""
    original = _original(services, document_id)
    data = _read(original)
    headers = {
        "content-disposition": _attachment(original.name),
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/documents/{document_id:path}/pages/{number}.png")
async def page_image(document_id: str, number: str, request: Request, services: _Services) -> Response:
    """A page of a PDF or scan. Browsers keep it and ask only whether it changed."""
    original = _original(services, document_id)
    if not (number.isascii() and number.isdigit() and len(number) < 6 and has_pages(original.suffix)):
        raise HTTPException(404, "Văn bản này không có ảnh của trang")
    key = PageKey(services.assistant.index.documents[document_id].sha256, int(number))
    tag = f'"{key.sha256[:16]}-{key.number}"'
    headers = {"etag": tag, "cache-control": "private, max-age=3600", "x-content-type-options": "nosniff"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        return Response(await _IMAGES.png(key, original), media_type="image/png", headers=headers)
    except (NoPageError, NoOriginalError) as problem:
        raise HTTPException(404, str(problem)) from problem
    except TooManyPagesError as busy:
        raise HTTPException(503, str(busy), {"retry-after": "3"}) from busy


@router.get("/documents/{document_id:path}")
def document_page(document_id: str, request: Request, services: _Services) -> Response:
    """One document; start and end highlight a quotation, q searches inside, page picks the page image."""
    index = services.assistant.index
    loaded = stored_document(index, document_id)
    if loaded is None:
        raise HTTPException(404, "Không có văn bản này. Có thể văn bản đã được gỡ hoặc đổi tên tệp")
    try:
        original, missing = original_of(loaded.document.source, services.documents_dir), ""
    except NoOriginalError as problem:
        original, missing = None, str(problem)
    document = loaded.document
    return render(
        request,
        "document.html.j2",
        view=document_view(index, loaded, request.query_params, original),
        original=original,
        no_original=missing,
        short_name=short_name(document.kind, document.number, document.name),
        here=f"/documents/{id_in_address(document_id)}",
        query=lambda **given: "?" + urlencode(given),
    )


def _original(services: Services, document_id: str) -> Original:
    document = services.assistant.index.documents.get(document_id)
    if document is None:
        raise HTTPException(404, "Không có văn bản này")
    try:
        return original_of(document.source, services.documents_dir)
    except NoOriginalError as problem:
        raise HTTPException(404, str(problem)) from problem


def _read(original: Original) -> bytes:
    try:
        return original.read()
    except NoOriginalError as problem:
        raise HTTPException(404, str(problem)) from problem


def _attachment(name: str) -> str:
    """RFC 6266: a plain name for old programs, the true one in UTF-8 for all others."""
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    return f"attachment; filename*=UTF-8''{encoded}"
