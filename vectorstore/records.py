"""Documents and passages as JSON lines, the form in which a generation keeps them.

Knows the fields of the dataclasses and nothing else; text is UTF-8, one record a line.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.passage import Heading, Level, Passage, Zone
from ingest.load import LoadedDocument

_ERRORS = "surrogateescape"  # how Python holds the bytes of a file name that is not UTF-8


def write_records(path: Path, loaded: Iterable[LoadedDocument]) -> None:
    """Write one line a document, its passages inside, without repeating the passages' text."""
    with path.open("w", encoding="utf-8", errors=_ERRORS) as file:
        for item in loaded:
            row = asdict(item.document) | {
                "passages": [_passage_row(passage) for passage in item.passages],
                "warnings": list(item.warnings),
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_records(path: Path) -> list[LoadedDocument]:
    """What `write_records` wrote, in the same order."""
    with path.open(encoding="utf-8", errors=_ERRORS) as file:
        return [_loaded(json.loads(line)) for line in file]


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "zone": passage.zone.name,
        "headings": [[h.level.name, h.number, h.title] for h in passage.headings],
        "ordinal": passage.ordinal,
        "location": passage.location,
    }


def _loaded(row: dict[str, Any]) -> LoadedDocument:
    passages = row.pop("passages")
    warnings = tuple(row.pop("warnings"))
    document = Document(**row)
    return LoadedDocument(document, tuple(_passage(document, item) for item in passages), warnings)


def _passage(document: Document, row: dict[str, Any]) -> Passage:
    start, end = row["start"], row["end"]
    return Passage(
        id=f"{document.id}:{start}",
        document_id=document.id,
        start=start,
        end=end,
        zone=Zone[row["zone"]],
        headings=tuple(Heading(Level[level], number, title) for level, number, title in row["headings"]),
        ordinal=row["ordinal"],
        location=row["location"],
        text=document.text[start:end],
    )
