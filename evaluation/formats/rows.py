"""A row of a corpus as a document of one passage."""

import hashlib

from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.text import nfc
from ingest.load import LoadedDocument


def row_document(identifier: str, title: str, text: str) -> LoadedDocument:
    """A document with the row's id; title and text are brought to NFC and stand one above the other."""
    whole = nfc(f"{title}\n{text}".strip())
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(identifier, None, None, None, None, None, None, identifier, digest, whole)
    passage = Passage(f"{identifier}:0", identifier, 0, len(whole), Zone.BODY, (), 1, identifier, whole)
    return LoadedDocument(document, (passage,), ())
