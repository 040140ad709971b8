"""One document of the index in use, whole: text, passages, warnings, recognised words.

An open index keeps neither warnings nor words. The file of records is scanned once a generation for where
each begins; the documents looked at last are kept (a law of 400 pages takes 0.1 s to read). Does not know
what is done with them.
"""

from functools import lru_cache
from pathlib import Path

from ingest.load import LoadedDocument, document_id
from vectorstore.index import Index
from vectorstore.records import StoredRecord, read_record, stored_records


def stored_document(index: Index, identifier: str) -> LoadedDocument | None:
    """The document with this id; None when the index does not hold it."""
    return _read(index.generation.documents, identifier) if identifier in index.documents else None


@lru_cache(maxsize=8)
def _read(file: Path, identifier: str) -> LoadedDocument | None:
    record = _records(file).get(identifier)
    return read_record(record) if record else None


@lru_cache(maxsize=2)
def _records(file: Path) -> dict[str, StoredRecord]:
    return {document_id(record.source): record for record in stored_records(file)}
