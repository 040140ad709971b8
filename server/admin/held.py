"""The documents of the index in use and the files beside it, as rows of the administrator's table.

A generation never changes, so its rows are read once: 0.1 s for 100 documents. Knows index and folder; not
markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.text import folded_terms
from ingest.discover import discover
from ingest.errors import IngestError
from ingest.load import document_id
from ingest.summary import summary
from server.run_report import file_of, shown
from vectorstore.generation import Generation, Manifest, current
from vectorstore.records import iter_records
from vectorstore.sources import source_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the index. `file`: what would be removed, itself or the archive that holds it, or None
    for one that is kept outside the documents folder."""

    id: str
    name: str
    kind: str | None
    number: str | None
    issued_on: str | None
    issuer: str | None
    source: str
    line: str
    passages: int
    warnings: tuple[str, ...]
    words: str

    @property
    def file(self) -> str | None:
        """Its file below the documents folder."""
        return None if Path(self.source).is_absolute() else file_of(self.source)

    @property
    def in_archive(self) -> bool:
        """Whether it can only be removed with the archive that holds it."""
        return self.file not in (None, self.source)

    @property
    def shown_source(self) -> str:
        """The source as text."""
        return shown(self.source)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the folder that the index does not hold; `id` is the one its document would have."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows that match. `number` from 1 of `pages`; `matching` on all of them."""

    rows: Sequence[Held]
    matching: int
    number: int
    pages: int


def generation_in_use(index_dir: Path) -> tuple[Generation, Manifest] | None:
    """The index in use with its manifest; None before anything was indexed. Raises IndexProblem."""
    generation = current(index_dir)
    manifest = generation.manifest() if generation else None
    return (generation, manifest) if generation and manifest else None


def held(index_dir: Path) -> Sequence[Held]:
    """The documents of the index in use, in the order of their sources. Raises IndexProblem."""
    found = generation_in_use(index_dir)
    return _rows(found[0].documents) if found else ()


def waiting(index_dir: Path, documents_dir: Path) -> list[Waiting]:
    """Files of the folder that no document of the index comes from."""
    if not documents_dir.is_dir():
        return []
    known = {row.file for row in held(index_dir)}
    found = discover(documents_dir)
    paths = (*found.files, *(problem.path for problem in found.problems if isinstance(problem, IngestError)))
    sources = [source_of(path, documents_dir) for path in paths]
    return [Waiting(document_id(source), source) for source in sources if source not in known]


def matching(rows: Sequence[Held], query: str, doubtful: bool, number: int) -> Page:
    """The rows that have every word of `query` and, with `doubtful`, something to look at; one page."""
    terms = folded_terms(query)
    found = [row for row in rows if (row.warnings or not doubtful) and all(t in row.words for t in terms)]
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), pages)
    return Page(found[(number - 1) * PAGE : number * PAGE], len(found), number, pages)


@lru_cache(maxsize=2)
def _rows(documents: Path) -> tuple[Held, ...]:
    return tuple(_read(documents))


def _read(documents: Path) -> Iterator[Held]:
    for item in iter_records(documents):
        one, understood = item.document, summary(item)
        told = (one.name, one.number or "", one.issuer or "", shown(one.source))
        yield Held(
            one.id,
            one.name,
            one.kind,
            one.number,
            one.issued_on,
            one.issuer,
            one.source,
            understood.line,
            understood.passages,
            understood.warnings,
            " ".join(folded_terms(" ".join(told))),
        )
