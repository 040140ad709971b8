"""GET /api/documents, the list, and GET /api/documents/{document_id}, one document with all its places."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, HTTPException, Path, Query

from corpus.anchors import anchors
from corpus.document import Document
from corpus.passage import Heading, Passage
from corpus.text import strip_diacritics
from server.api.ask_models import errors
from server.api.document_models import DocumentDetail, DocumentPage
from server.api.errors import ApiRoute
from server.api.links import Permalinks, links_of
from server.api.references import references
from server.api.sendable import sendable

router = APIRouter(prefix="/api", route_class=ApiRoute, tags=["Văn bản"])
Links = Annotated[Permalinks, Depends(links_of)]
_Page = Annotated[int, Query(ge=1, le=1_000_000, description="Trang, từ 1.")]
_Size = Annotated[int, Query(ge=1, le=200, description="Số văn bản một trang.")]
_Filter = Annotated[str | None, Query(min_length=1, max_length=200)]
_Id = Annotated[
    str,
    Path(
        min_length=1,
        max_length=1000,
        description="Mã văn bản, mã hoá phần trăm mọi ký tự ngoài chữ, số và -._~, cả dấu / (%2F).",
    ),
]


class _Wanted:
    """The filters of the list, as a FastAPI dependency."""

    def __init__(self, kind: _Filter = None, number: _Filter = None, text: _Filter = None) -> None:
        """Loại văn bản, số ký hiệu, và chữ trong tên; đều không phân biệt dấu và hoa thường."""
        self._kind, self._number, self._text = (_plain(given or "") for given in (kind, number, text))

    def takes(self, document: Document) -> bool:
        """Whether the document passes every filter."""
        searched = _plain(" ".join((document.name, document.issuer or "", document.source)))
        return (
            (not self._kind or _plain(document.kind or "") == self._kind)
            and self._number in _plain(document.number or "")
            and all(word in searched for word in self._text.split())
        )


@router.get(
    "/documents", response_model=DocumentPage, responses=errors(422, 503), summary="Danh sách văn bản"
)
def documents(
    links: Links, wanted: Annotated[_Wanted, Depends()], page: _Page = 1, size: _Size = 50
) -> dict[str, Any]:
    """Lọc theo kind (loại), number (một phần số, ký hiệu), text (chữ trong tên), không phân biệt dấu."""
    found = [one for one in links.index.documents.values() if wanted.takes(one)]
    shown = found[(page - 1) * size : page * size]
    rows = [summary(one, links) for one in shown]
    return {"total": len(found), "page": page, "size": size, "documents": sendable(rows)}


@router.get(
    "/documents/{document_id:path}",
    response_model=DocumentDetail,
    responses=errors(404, 422, 503),
    summary="Một văn bản",
)
def document(links: Links, document_id: _Id) -> dict[str, Any]:
    """Thuộc tính, đề mục, các đoạn với đường dẫn cố định, và viện dẫn theo hai chiều."""
    held = links.index.documents.get(document_id)
    if held is None:
        raise HTTPException(404, "Không có văn bản nào mang mã này")
    passages = links.index.passages_of(document_id)
    names = anchors(passages)
    provenance = links.index.provenance[document_id]
    about = summary(held, links) | {
        "sha256": held.sha256,
        "format": provenance.format,
        "pages": provenance.pages,
        "outline": outline(passages, names),
        "passages": [passage_json(one, name, links) for one, name in zip(passages, names, strict=True)],
        "references": references(held, passages, links),
    }
    return cast(dict[str, Any], sendable(about))


def summary(document: Document, links: Permalinks) -> dict[str, Any]:
    """As DocumentSummary has it."""
    return {
        "id": document.id,
        "name": document.name,
        "kind": document.kind,
        "number": document.number,
        "title": document.title,
        "issuer": document.issuer,
        "issued_on": document.issued_on,
        "effective_on": document.effective_on,
        "signer": document.signer,
        "place": document.place,
        "source": document.source,
        "url": links.document(document.id),
    }


def outline(passages: list[Passage], names: list[str]) -> list[dict[str, Any]]:
    """Every heading once, where it first stands, in order."""
    steps: list[dict[str, Any]] = []
    seen: set[tuple[Heading, ...]] = set()
    for passage, name in zip(passages, names, strict=True):
        for depth, heading in enumerate(passage.headings):
            path = passage.headings[: depth + 1]
            if path not in seen:
                seen.add(path)
                row = {"depth": depth, "label": heading.label, "title": heading.title}
                steps.append(row | {"passage_id": passage.id, "anchor": name})
    return steps


def passage_json(passage: Passage, name: str, links: Permalinks) -> dict[str, Any]:
    """As PassageModel has it; `name` is the anchor."""
    return {
        "id": passage.id,
        "location": passage.location,
        "zone": passage.zone.value,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "anchor": name,
        "url": f"{links.document(passage.document_id)}#{name}",
    }


def _plain(text: str) -> str:
    return " ".join(strip_diacritics(text).lower().split())
