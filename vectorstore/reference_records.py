"""What each document of a generation cites and does to others, as JSON lines beside its documents.

Holds what the texts say, not what they mean: which document is meant depends on what else is held and
known, so `vectorstore.reference_web` decides it when asked. One line a document, in the order of the
documents; a line is parsed again when it is wanted, so that an open index does not hold every citation.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
_NUMBER, _TITLE, _PLACES = 1, 6, 7  # fields of a citation in its row


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
            row = json.dumps(_row_of(citing_document(item)), ensure_ascii=False)
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
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise IndexProblem(f"{path}: tệp hỏng hoặc thiếu ({error}). {REBUILD}") from error

    def of(self, document_id: str) -> CitingDocument:
        """What a document says of others. Raises KeyError for an unknown id."""
        return _citing(self._row(document_id), lambda row: True)

    def acts_of(self, document_id: str) -> CitingDocument:
        """The same with only the citations that its relations are about."""
        row = self._row(document_id)
        targets = {relation[1] for relation in row["relations"]}
        row["references"] = [one if index in targets else None for index, one in enumerate(row["references"])]
        return _citing(row, lambda one: one is not None)

    def citing(self, number: int) -> Iterator[CitingDocument]:
        """The documents that cite a number, in order, each with these citations alone."""
        for document_id in self._citing.get(number, []):
            yield _citing(self._row(document_id), lambda row: row[_NUMBER] == number)

    def naming(self, kind: str, title: str) -> Iterator[CitingDocument]:
        """The documents that name a law by its title alone, in order, each with these citations alone."""
        wanted = kind, law_key(title)
        for document_id in self._naming.get(wanted, []):
            yield _citing(self._row(document_id), lambda row: _named_by_title(row) == wanted)

    def __iter__(self) -> Iterator[CitingDocument]:
        return (self.of(document_id) for document_id in self._lines)

    def _scan(self) -> None:
        offset = 0
        with self._path.open("rb") as file:
            for line in file:
                row = json.loads(line.decode("utf-8", _ERRORS))
                name = row["citer"][0]
                self._lines[name] = (offset, len(line))
                offset += len(line)
                for number in {reference[_NUMBER] for reference in row["references"]} - {None}:
                    self._citing.setdefault(number, []).append(name)
                for title in {_named_by_title(reference) for reference in row["references"]}:
                    if title is not None:
                        self._naming.setdefault(title, []).append(name)
                if row["relations"]:
                    self.acting.append(name)
                if row["effective_on"]:
                    self.effective_on[name] = row["effective_on"]

    def _row(self, document_id: str) -> dict[str, Any]:
        offset, length = self._lines[document_id]
        with self._path.open("rb") as file:
            file.seek(offset)
            row: dict[str, Any] = json.loads(file.read(length).decode("utf-8", _ERRORS))
        return row


def _row_of(citing: CitingDocument) -> dict[str, Any]:
    """Citations and relations as lists of their fields in order: half the size of mappings, read faster."""
    places = {id(reference): index for index, reference in enumerate(citing.references)}
    return {
        "citer": [citing.citer.id, citing.citer.place, citing.citer.time],
        "effective_on": citing.effective_on,
        "references": [_reference_row(reference) for reference in citing.references],
        "relations": [
            [
                one.verb, places[id(one.target)], one.place, one.partly, one.effective_on, one.passage_id,
                one.location,
            ]
            for one in citing.relations
        ],
    }  # fmt: skip


def _reference_row(one: CrossReference) -> list[Any]:
    # Where a date or a title says which document is meant, the sentence is not needed.
    about = "" if one.number is None or one.issued.count("-") == 2 else one.about
    return [
        one.kind, one.number, one.letter, one.suffix, one.issued, one.issuer, one.title, one.places,
        one.passage_id, one.start, one.end, one.name, about,
    ]  # fmt: skip


def _named_by_title(row: list[Any]) -> tuple[str, str] | None:
    return None if row[_NUMBER] is not None else (row[0], law_key(row[_TITLE]))


def _citing(row: dict[str, Any], wanted: Callable[[list[Any]], bool]) -> CitingDocument:
    """One line with the citations that are wanted; relations only where their target is."""
    references = {index: _reference(one) for index, one in enumerate(row["references"]) if wanted(one)}
    return CitingDocument(
        Citer(*row["citer"]),
        row["effective_on"],
        tuple(references.values()),
        tuple(
            Relation(verb, references[target], _place(place), *rest)
            for verb, target, place, *rest in row["relations"]
            if target in references
        ),
    )


def _reference(row: list[Any]) -> CrossReference:
    fields = [*row]
    fields[_PLACES] = tuple(map(_place, row[_PLACES]))
    return CrossReference(*fields)


def _place(parts: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((level, number) for level, number in parts)
