"""What each document of a generation cites and does to others, as JSON lines beside its documents.

Holds what the texts say, not what they mean: which document is meant depends on what else is held and
known, so `vectorstore.reference_web` decides it when asked. One line a document, in the order of the
documents; a line is parsed again when it is wanted, so that an open index does not hold every citation.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.law_names import law_key
from ingest.load import LoadedDocument
from ingest.references import CrossReference, Relation, cross_references, relations
from ingest.references.effect import effective_date
from ingest.references.resolution import Citer
from vectorstore.errors import IndexProblem
from vectorstore.generation import REBUILD

_ERRORS = "surrogateescape"
_CACHED = 256  # parsed lines kept


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """What one document says of others. `effective_on` is its own, ISO 8601 or None."""

    citer: Citer
    effective_on: str | None
    references: tuple[CrossReference, ...]
    relations: tuple[Relation, ...]


def citing_document(item: LoadedDocument) -> CitingDocument:
    """Read one document's citations and relations."""
    found = cross_references(item.document, item.passages)
    return CitingDocument(
        Citer.of(item.document),
        effective_date(item.document, item.passages),
        tuple(found),
        tuple(relations(item.document, item.passages, found)),
    )


def write_references(items: Iterable[LoadedDocument], path: Path) -> None:
    """One line a document; one document in memory at a time."""
    with path.open("wb") as file:
        for item in items:
            row = json.dumps(_row(citing_document(item)), ensure_ascii=False)
            file.write(row.encode("utf-8", _ERRORS) + b"\n")


class ReferenceRecords:
    """The file, opened: finds lines by document and by cited number. Raises IndexProblem when damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, tuple[int, int]] = {}
        self._citing: dict[int, list[str]] = {}
        self._naming: dict[tuple[str, str], list[str]] = {}
        self.acting: list[str] = []  # ids of the documents that do something to others
        self.effective_on: dict[str, str] = {}
        try:
            self._scan()
        except (OSError, ValueError, KeyError) as error:
            raise IndexProblem(f"{path}: tệp hỏng hoặc thiếu ({error}). {REBUILD}") from error
        self._parsed = lru_cache(maxsize=_CACHED)(self._read)

    def of(self, document_id: str) -> CitingDocument:
        """What a document says of others. Raises KeyError for an unknown id."""
        return self._parsed(document_id)

    def citing(self, number: int) -> list[str]:
        """The ids of the documents that cite a number, in order."""
        return self._citing.get(number, [])

    def naming(self, kind: str, title: str) -> list[str]:
        """The ids of the documents that name a law by its title alone, in order."""
        return self._naming.get((kind, law_key(title)), [])

    def __iter__(self) -> Iterator[CitingDocument]:
        return (self._read(document_id) for document_id in self._lines)

    def _scan(self) -> None:
        offset = 0
        with self._path.open("rb") as file:
            for line in file:
                row = json.loads(line.decode("utf-8", _ERRORS))
                name = row["citer"]["id"]
                self._lines[name] = (offset, len(line))
                offset += len(line)
                for number in {reference["number"] for reference in row["references"]} - {None}:
                    self._citing.setdefault(number, []).append(name)
                titled = {(r["kind"], law_key(r["title"])) for r in row["references"] if r["number"] is None}
                for title in titled:
                    self._naming.setdefault(title, []).append(name)
                if row["relations"]:
                    self.acting.append(name)
                if row["effective_on"]:
                    self.effective_on[name] = row["effective_on"]

    def _read(self, document_id: str) -> CitingDocument:
        offset, length = self._lines[document_id]
        with self._path.open("rb") as file:
            file.seek(offset)
            return _citing(json.loads(file.read(length).decode("utf-8", _ERRORS)))


def _row(citing: CitingDocument) -> dict[str, Any]:
    places = {id(reference): index for index, reference in enumerate(citing.references)}
    return {
        "citer": asdict(citing.citer),
        "effective_on": citing.effective_on,
        "references": [_reference_row(reference) for reference in citing.references],
        "relations": [
            {
                "verb": one.verb,
                "target": places[id(one.target)],
                "place": one.place,
                "partly": one.partly,
                "effective_on": one.effective_on,
                "passage_id": one.passage_id,
                "location": one.location,
            }
            for one in citing.relations
        ],
    }


def _reference_row(reference: CrossReference) -> dict[str, Any]:
    row = asdict(reference)
    if reference.number is None or reference.issued.count("-") == 2:
        row["about"] = ""  # the date says which is meant
    return row


def _citing(row: dict[str, Any]) -> CitingDocument:
    references = tuple(
        CrossReference(**one | {"places": tuple(_place(place) for place in one["places"])})
        for one in row["references"]
    )
    return CitingDocument(
        Citer(**row["citer"]),
        row["effective_on"],
        references,
        tuple(
            Relation(**one | {"target": references[one["target"]], "place": _place(one["place"])})
            for one in row["relations"]
        ),
    )


def _place(parts: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((level, number) for level, number in parts)
