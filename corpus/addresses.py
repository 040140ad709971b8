"""Addresses of documents and of places in them, one encoding for chat, pages and API.

An id of `ingest` is a slug, but other makers of an index may have others: everything outside the unreserved
characters is percent-encoded, slashes too, and routes take `{document_id:path}`, because the server decodes
"%2F" before it looks for a route. Does not know whether such a document is held.
"""

from urllib.parse import quote


def id_in_address(document_id: str) -> str:
    """`document_id` as one step of an address: "a/b c" becomes "a%2Fb%20c"."""
    # A lone surrogate cannot be encoded; an id with one was never held.
    return quote(document_id, safe="", errors="replace")


def document_address(document_id: str, anchor: str = "", span: tuple[int, int] | None = None) -> str:
    """Address of a document's page below the root path, of a place in it, and of the exact quotation.

    `span` counts characters of `document.text`: `/documents/ID?start=10234&end=10412#dieu-2-khoan-4-doan-2`.
    """
    query = f"?start={span[0]}&end={span[1]}" if span else ""
    return f"/documents/{id_in_address(document_id)}{query}{'#' + anchor if anchor else ''}"
