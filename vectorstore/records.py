"""Documents and passages as JSON lines, the form in which a generation keeps them.

A record can be copied from file to file without being understood, so that the memory of a run does not grow
with the number of documents. Knows the fields of the dataclasses and nothing else; UTF-8, one record a line.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.document import Document
from corpus.passage import Heading, Level, Passage, Zone
from ingest.layout import PlacedWord
from ingest.load import LoadedDocument, Provenance

_ERRORS = "surrogateescape"  # how Python holds the bytes of a file name that is not UTF-8
_FINE = 10_000  # boxes are kept in ten-thousandths of the page


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """Where a document's record lies: bytes `[offset, offset + length)` of `file`, and what it is of."""

    file: Path
    offset: int
    length: int
    source: str
    sha256: str
    passages: int


def write_records(path: Path, loaded: Iterable[LoadedDocument]) -> None:
    """Write one line a document, its passages inside, without repeating the passages' text."""
    with path.open("wb") as file:
        for item in loaded:
            append_record(file, path, item)


def append_record(file: IO[bytes], path: Path, item: LoadedDocument) -> StoredRecord:
    """Write one record at the end of `path`, open as `file`."""
    row = asdict(item.document) | {
        "passages": [_passage_row(passage) for passage in item.passages],
        "warnings": list(item.warnings),
        "provenance": asdict(item.provenance),
        "words": [_word_row(word) for word in item.words],
    }
    line = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", _ERRORS)
    offset = file.tell()
    file.write(line)
    document = item.document
    return StoredRecord(path, offset, len(line), document.source, document.sha256, len(item.passages))


def stored_records(path: Path) -> Iterator[StoredRecord]:
    """Where each record of a file lies, in order."""
    offset = 0
    with path.open("rb") as file:
        for line in file:
            row = _parsed(line)
            yield StoredRecord(path, offset, len(line), row["source"], row["sha256"], len(row["passages"]))
            offset += len(line)


def copy_records(records: Iterable[StoredRecord], target: Path) -> None:
    """Write the given records to `target`, in the given order."""
    with target.open("wb") as out:
        for record in records:
            with record.file.open("rb") as file:
                file.seek(record.offset)
                out.write(file.read(record.length))


def iter_records(path: Path) -> Iterator[LoadedDocument]:
    """What was written, in the same order, one document in memory at a time."""
    with path.open("rb") as file:
        for line in file:
            yield _loaded(_parsed(line))


def read_records(path: Path) -> list[LoadedDocument]:
    """All of it at once."""
    return list(iter_records(path))


def read_record(record: StoredRecord) -> LoadedDocument:
    """One document, without reading those before it."""
    with record.file.open("rb") as file:
        file.seek(record.offset)
        return _loaded(_parsed(file.read(record.length)))


def _parsed(line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line.decode("utf-8", _ERRORS))
    return row


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "zone": passage.zone.name,
        "headings": [[h.level.name, h.number, h.title] for h in passage.headings],
        "ordinal": passage.ordinal,
        "location": passage.location,
        "page": passage.page,
        "header": passage.header,
    }


def _loaded(row: dict[str, Any]) -> LoadedDocument:
    passages, words = row.pop("passages"), row.pop("words")
    warnings, provenance = tuple(row.pop("warnings")), row.pop("provenance")
    for several in ("repaired", "doubtful"):
        provenance[several] = tuple(provenance[several])
    document = Document(**row)
    return LoadedDocument(
        document,
        tuple(_passage(document, item) for item in passages),
        warnings,
        Provenance(**provenance),
        tuple(_word(item) for item in words),
    )


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
        page=row["page"],
        header=row["header"],
    )


def _word_row(word: PlacedWord) -> list[int]:
    shares = (*word.box, word.confidence)
    return [word.start, word.end, word.page, *(round(share * _FINE) for share in shares)]


def _word(row: list[int]) -> PlacedWord:
    start, end, page, left, top, right, bottom, confidence = row
    box = (left / _FINE, top / _FINE, right / _FINE, bottom / _FINE)
    return PlacedWord(start, end, page, box, confidence / _FINE)
