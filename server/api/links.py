"""Permanent addresses of paragraphs and quotations, absolute, as the one who asks reached the server.

Knows how a request names this server and how addresses of places are made; not what is at them.
"""

from typing import Annotated

from fastapi import Depends, Request

from corpus.addresses import document_address
from corpus.anchors import anchor, anchors
from corpus.passage import Passage
from server.services import Services, services_of
from vectorstore.index import Index


class Permalinks:
    """Addresses that start with `base`, e.g. "https://tro-ly.example.vn/tro-ly"."""

    def __init__(self, index: Index, base: str) -> None:
        self.index = index
        self._base = base.rstrip("/")

    def document(self, document_id: str) -> str:
        """The page of a document."""
        return self._base + document_address(document_id)

    def passage(self, passage: Passage, span: tuple[int, int] | None = None) -> str:
        """A paragraph on the page; with `span` of the document's text, the exact quotation."""
        return self._base + document_address(passage.document_id, self.anchor(passage), span)

    def anchor(self, passage: Passage) -> str:
        """The anchor, also where two places of a document have one name."""
        row = self.index.rows.get(passage.id)
        if row is None:  # documents were indexed anew since this passage was found
            return anchor(passage)
        passages, first = self.index.passages, row
        # The passages of a document lie together; of a large collection the others are not looked at.
        while first and passages[first - 1].document_id == passage.document_id:
            first -= 1
        return anchors(passages[first : row + 1])[-1]


def links_of(request: Request, services: Annotated[Services, Depends(services_of)]) -> Permalinks:
    """FastAPI dependency: addresses as the request came, scheme and host of whoever asks, then the root path.

    Not async: it may open a new index, which takes seconds that the event loop does not have.
    """
    return Permalinks(services.assistant.index, str(request.base_url))
