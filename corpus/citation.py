"""The exact words quoted from a passage.

Offsets travel from ingest to the screen; nothing downstream searches for the quote again, because a
sentence that occurs twice would then be cited at the wrong place.
"""

from dataclasses import dataclass

from corpus.document import Document
from corpus.issuer_names import named_in_sentence
from corpus.passage import Passage

_CITED_BY_NAME = ("luật", "bộ luật", "hiến pháp")  # theirs has title and number already, and one issuer


@dataclass(frozen=True, slots=True)
class Citation:
    """`document.text[start:end]`, inside `passage`. Raises ValueError when it would not be.

    `decisive` are the spans of `document.text`, inside the quotation and in order, that hold what was asked
    for: the number, date or name.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    decisive: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.passage.document_id != self.document.id:
            raise ValueError(f"passage {self.passage.id} is not of document {self.document.id}")
        if not self.passage.start <= self.start < self.end <= self.passage.end:
            raise ValueError(f"[{self.start}:{self.end}] lies outside passage {self.passage.id}")
        edges = [self.start, *(edge for span in self.decisive for edge in span), self.end]
        if edges != sorted(edges):
            raise ValueError(f"{self.decisive} are not spans in order inside [{self.start}:{self.end}]")

    @property
    def quote(self) -> str:
        """The words themselves, verbatim."""
        return self.document.text[self.start : self.end]

    @property
    def span_in_passage(self) -> tuple[int, int]:
        """Start and end counted from the passage's first character, for highlighting."""
        return self.start - self.passage.start, self.end - self.passage.start


def cited_as(citation: Citation) -> str:
    """The place as officials cite it: "khoản 4 Điều 2 Nghị quyết số 24/NQ-HĐND ngày 11/7/2024 của …".

    What the document does not state is left out; without a number its trích yếu says which one is meant.
    """
    return f"{_place_in_sentence(citation.passage)} {_document_in_sentence(citation.document)}".strip()


def with_citation(citation: Citation) -> str:
    """The quotation for pasting into a text of one's own: “words” (place and document)."""
    return f"“{citation.quote}” ({cited_as(citation)})"


def _place_in_sentence(passage: Passage) -> str:
    # "phần căn cứ Nghị quyết …", but "Phụ lục I Kế hoạch …": only the names of zones are common words.
    place = passage.cited_place
    return place.replace(passage.zone.value, passage.zone.value.lower()) if not passage.headings else place


def _document_in_sentence(document: Document) -> str:
    if document.kind is None or document.kind in _CITED_BY_NAME:
        return document.name
    kind = document.kind[0].upper() + document.kind[1:]
    number = f" số {document.number}" if document.number else ""
    day = f" ngày {_day(document.issued_on)}" if document.issued_on else ""
    issuer = f" của {named_in_sentence(document.issuer)}" if document.issuer else ""
    if document.number:
        return f"{kind}{number}{day}{issuer}"
    about = document.title or ""
    if about[:3].lower() in ("về ", "v/v") and not about.isupper():
        return f"{kind}{day}{issuer} {about[0].lower()}{about[1:]}"
    return f"{document.name}{day}{issuer}"


def _day(iso: str) -> str:
    """ "11/7/2024": days below 10 and the first two months get a zero, so that none can be added by hand."""
    year, month, day = iso.split("-")
    return f"{day}/{month if int(month) < 3 else int(month)}/{year}"
