"""What is understood of one file, before it is indexed: metadata, warnings, and the outline with its places.

Reads the file and nothing else; indexes nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.passage import Passage
from ingest.contents import contents
from ingest.errors import IngestError
from ingest.load import AS_USUAL, LoadedDocument, LoadOptions, load
from ingest.summary import summary

_WIDTH = 100  # characters of a paragraph shown
_UNKNOWN = "không rõ"


def loaded_from(path: Path, options: LoadOptions = AS_USUAL) -> Iterator[LoadedDocument | IngestError]:
    """The documents of a file, or of an archive; what cannot be read comes as its error."""
    try:
        for content in contents(path):
            if isinstance(content, IngestError):
                yield content
                continue
            try:
                yield load(content.path, content.path.name, content.data, options)
            except IngestError as problem:
                yield problem
    except IngestError as problem:
        yield problem


def described(loaded: LoadedDocument) -> Iterator[str]:
    """Lines for a person: what is known of the document, then its paragraphs with their places."""
    yield loaded.document.name
    for label, value in _metadata(loaded.document):
        yield f"  {label + ':':16} {value or _UNKNOWN}"
    yield f"  {'đã đọc:':16} {loaded.provenance.format}; {summary(loaded).line}"
    for warning in loaded.warnings:
        yield f"  {'lưu ý:':16} {warning}"
    yield ""
    for passage in loaded.passages:
        yield _line(passage)


def as_json(loaded: LoadedDocument) -> dict[str, Any]:
    """The same for a program."""
    return summary(loaded).to_json() | {
        "outline_tree": [
            {
                "location": passage.location,
                "cited_place": passage.cited_place,
                "zone": passage.zone.value,
                "page": passage.page,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
            }
            for passage in loaded.passages
        ]
    }


def _metadata(document: Document) -> tuple[tuple[str, str | None], ...]:
    return (
        ("loại", document.kind),
        ("số, ký hiệu", document.number),
        ("cơ quan", document.issuer),
        ("nơi ban hành", document.place),
        ("ngày ban hành", document.issued_on),
        ("ngày hiệu lực", document.effective_on),
        ("trích yếu", document.title),
        ("người ký", document.signer),
    )


def _line(passage: Passage) -> str:
    words = " ".join(passage.text.split())
    shown = words if len(words) <= _WIDTH else words[: _WIDTH - 1].rstrip() + "…"
    page = f" (trang {passage.page})" if passage.page else ""
    return f"{'  ' * len(passage.headings)}{passage.location}{page}: {shown}"
