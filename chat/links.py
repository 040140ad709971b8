"""Addresses of quotations in the pages of documents, relative to the chat's own: they work below any root.

Knows how such an address is made, not what is at it.
"""

from urllib.parse import quote

from corpus.anchors import anchor
from corpus.citation import Citation


def place_in_document(citation: Citation) -> str:
    """ "documents/ID?start=10234&end=10412#dieu-2-khoan-4-doan-2", marked from `start` to `end`."""
    # A lone surrogate cannot be encoded; an id with one was never held.
    identifier = quote(citation.document.id, safe="", errors="replace")
    return f"documents/{identifier}?start={citation.start}&end={citation.end}#{anchor(citation.passage)}"


def document(citation: Citation) -> str:
    """The document as a whole, where the place can no longer be pointed at."""
    return f"documents/{quote(citation.document.id, safe='', errors='replace')}"
