"""GET /api/search: the passages nearest to some words, without an answer."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query

from assistant.answer import RankedPassage
from assistant.searching import SearchResult
from server.api.ask_models import QUESTION, SearchResponse, errors
from server.api.errors import ApiRoute
from server.api.links import Permalinks, links_of
from server.api.sendable import sendable
from server.services import Services, services_of

router = APIRouter(prefix="/api", route_class=ApiRoute, tags=["Tìm kiếm"])
MOST = 50
_Words = Query(
    description="Câu tìm, như một câu hỏi.", examples=["thu gom rác thải"], json_schema_extra=QUESTION
)
_Document = Query(description="Chỉ tìm trong văn bản có mã này.", min_length=1, max_length=500)


@router.get(
    "/search", response_model=SearchResponse, responses=errors(404, 422, 503, 504), summary="Tìm đoạn"
)
async def search(
    services: Annotated[Services, Depends(services_of)],
    links: Annotated[Permalinks, Depends(links_of)],
    q: Annotated[str, _Words],
    k: Annotated[int, Query(ge=1, le=MOST, description="Số đoạn nhiều nhất.")] = 10,
    document: Annotated[str | None, _Document] = None,
) -> dict[str, Any]:
    """Các đoạn gần câu tìm nhất, của mọi văn bản hoặc của một văn bản, gần nhất trước."""
    if document is not None and document not in links.index.documents:
        raise HTTPException(404, "Không có văn bản nào mang mã này")
    result = await services.asking.run_async(partial(services.assistant.search, q, k, document))
    return found_json(result, links)


def found_json(result: SearchResult, links: Permalinks) -> dict[str, Any]:
    """As SearchResponse has it."""
    hits = [_hit(rank, one, links) for rank, one in enumerate(result.passages, 1)]
    return {"query": result.question, "understood_as": result.understood_as, "results": sendable(hits)}


def _hit(rank: int, one: RankedPassage, links: Permalinks) -> dict[str, Any]:
    return {
        "rank": rank,
        "score": round(min(1.0, max(0.0, one.score)), 4),
        "passage_id": one.passage.id,
        "location": one.passage.location,
        "text": one.passage.text,
        "url": links.passage(one.passage),
        "document_id": one.document.id,
        "title": one.document.name,
        "number": one.document.number,
        "page": one.passage.page,
    }
