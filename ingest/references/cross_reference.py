"""One citation of another document, with all that the citing text says of it."""

from dataclasses import dataclass

from corpus.cited_places import Place
from corpus.references import Reference, folded
from corpus.sentences import Span


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A document as another one names it: `document.text[start:end]` of the citing one, inside a passage.

    What is not said is "" or None. `kind` as documents have it ("nghị định"); `suffix` "cttu" for CT/TU;
    `issued` ISO 8601 or a year; `issuer` and `title` as printed; `places` inside the cited document.
    `about` is the rest of the citing sentence, by which documents of one number are told apart.
    """

    kind: str
    number: int | None
    letter: str
    suffix: str
    issued: str
    issuer: str
    title: str
    places: tuple[Place, ...]
    passage_id: str
    start: int
    end: int
    name: str
    about: str

    @property
    def reference(self) -> Reference | None:
        """What is said by number; None where the document is named by its title alone."""
        if self.number is None:
            return None
        kind, span = folded(self.kind), Span(self.start, self.end)
        return Reference(kind, self.number, self.suffix, self.issued, span, self.letter)

    @property
    def code(self) -> str:
        """The suffix without its year: what a series of numbers is known by, "ndcp"."""
        return self.suffix[4:] if self.suffix[:4].isdigit() else self.suffix

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What tells cited documents apart when they are counted."""
        name = f"{self.number}{self.letter}" if self.number is not None else folded(self.title)
        return self.kind, name, self.suffix, self.issued
