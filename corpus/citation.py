"""The exact words quoted from a passage.

Offsets travel from ingest to the screen; nothing downstream searches for the quote again, because a
sentence that occurs twice would then be cited at the wrong place.
"""

from dataclasses import dataclass

from corpus.document import Document
from corpus.passage import Passage


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
