"""Addresses of quotations in the pages of documents, relative to the chat's own: they work below any root.

Knows how such an address is made, not what is at it.
"""

from corpus.addresses import document_address
from corpus.anchors import anchor
from corpus.citation import Citation


def place_in_document(citation: Citation) -> str:
    """ "documents/ID?start=10234&end=10412#dieu-2-khoan-4-doan-2", marked from `start` to `end`."""
    span = citation.start, citation.end
    return document_address(citation.document.id, anchor(citation.passage), span).removeprefix("/")


def document(citation: Citation) -> str:
    """The document as a whole, where the place can no longer be pointed at."""
    return document_address(citation.document.id).removeprefix("/")
