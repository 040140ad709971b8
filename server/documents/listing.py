"""The list of held documents: filtered by words and kind, sorted, one page of it.

What is not known is last in every order. Does not know markup.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Document
from corpus.references import folded
from ingest.load import Provenance
from vectorstore.index import Index

PAGE = 100
_LONGEST_QUERY = 200
SORTS = {
    "newest": "Ngày ban hành, mới nhất trước",
    "oldest": "Ngày ban hành, cũ nhất trước",
    "number": "Số, ký hiệu",
    "name": "Tên văn bản",
    "issuer": "Cơ quan ban hành",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list."""

    document: Document
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see, as the address says it; whatever makes no sense is the default."""

    query: str = ""
    kind: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """Read from the query parameters q, kind, sort, page."""
        sort, page = given.get("sort", ""), given.get("page", "")
        return cls(
            query=given.get("q", "").strip()[:_LONGEST_QUERY],
            kind=given.get("kind", ""),
            sort=sort if sort in SORTS else "newest",
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. `matching`: on all pages. `kinds`: of all held documents, with their counts."""

    rows: Sequence[Row]
    matching: int
    held: int
    kinds: Sequence[tuple[str, int]]
    page: int
    pages: int


def listing(index: Index, asked: Asked) -> Listing:
    """The documents that match, in the order asked for."""
    documents = list(index.documents.values())
    words = folded(asked.query).split()
    matching = [one for one in documents if asked.kind in ("", one.kind or "-") and _has(one, words)]
    ordered = _sorted(matching, asked.sort)
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(asked.page, 1), pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    rows = [Row(one, index.provenance[one.id]) for one in shown]
    return Listing(rows, len(matching), len(documents), _kinds(documents), page, pages)


def _has(document: Document, words: Sequence[str]) -> bool:
    about = (document.name, document.number, document.issuer, document.source, document.issued_on)
    text = folded(" ".join(part for part in about if part))
    return all(word in text for word in words)


def _kinds(documents: Iterable[Document]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for document in documents:
        kind = document.kind or "-"
        counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts.items(), key=lambda item: (item[0] == "-", folded(item[0])))


def _sorted(documents: Iterable[Document], sort: str) -> list[Document]:
    key: dict[str, Callable[[Document], Any]] = {
        "newest": lambda one: one.issued_on,
        "oldest": lambda one: one.issued_on,
        "number": lambda one: _number(one.number),
        "name": lambda one: folded(one.name),
        "issuer": lambda one: folded(one.issuer) if one.issuer else None,
    }
    of = key[sort]
    by_name = sorted(documents, key=lambda one: folded(one.name))
    known = sorted((one for one in by_name if of(one) is not None), key=of, reverse=sort == "newest")
    return known + [one for one in by_name if of(one) is None]


def _number(number: str | None) -> tuple[int, str] | None:
    """9/CT-TU before 17/CT-TU."""
    if number is None:
        return None
    digits = "".join(char for char in number.split("/")[0].split("-")[0] if char in "0123456789")
    return int(digits or 0), folded(number)
