"""The outline of a document's body: which Điều, khoản, điểm or mục each paragraph belongs to.

The same "1." is a khoản under a Điều and a mục elsewhere, so a marker is read by what is open above it and
by its number in the sequence. Numbering inside “…” belongs to the text being quoted and opens nothing.
Does not join soft-wrapped lines.
"""

import re
from dataclasses import dataclass, field

from corpus.passage import Heading, Level
from ingest.genres import is_capitals
from ingest.markers import Item, article, division, item, looks_like_title, point
from ingest.numbering import Kind, is_next_point, missing, parents, skipped_items

_ORDER = (
    Level.ATTACHED,
    Level.ANNEX,
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.ARTICLE,
    Level.ITEM,
    Level.CLAUSE,
    Level.POINT,
)
_ALWAYS_BARE = frozenset({Level.ATTACHED, Level.ANNEX, Level.PART, Level.CHAPTER, Level.SECTION})


@dataclass(slots=True)
class Outline:
    """Feed paragraphs in order with `place`; `warnings` collects gaps in the numbering."""

    headings: tuple[Heading, ...] = ()
    warnings: list[str] = field(default_factory=list)
    _article: int = 0  # Điều numbers run through chapters and start again in an annex or attached text
    _attached: list[str] = field(default_factory=list)

    def place(
        self, paragraph: str, part: Heading | None = None, quoted: bool = False
    ) -> tuple[tuple[Heading, ...], bool]:
        """The headings above (and opened by) a paragraph, and whether it is nothing but a heading.

        `part` is the annex or attached text that begins with the paragraph.
        """
        if part is not None:
            self._article = 0
            self._open(self._told_apart(part))
        marker = None if quoted else self.marker(paragraph)
        if marker is None:
            return self.headings, part is not None
        self._note_gap(marker)
        self._open(marker)
        return self.headings, _is_bare(paragraph, marker)

    def marker(self, paragraph: str) -> Heading | None:
        """The heading that a paragraph would open here."""
        return division(paragraph) or article(paragraph) or self._numbered(paragraph)

    def name_last(self, title: str) -> tuple[Heading, ...]:
        """Give the heading opened last its title, where that stands on the next line."""
        last = self.headings[-1]
        self.headings = (*self.headings[:-1], Heading(last.level, last.number, title))
        return self.headings

    def _open(self, marker: Heading) -> None:
        above = parents(self._items(), marker.number) if marker.level is Level.ITEM else []
        rank = _ORDER.index(marker.level)
        kept = [h for h in self.headings if _ORDER.index(h.level) < rank or self._is_one_of(h, above)]
        self.headings = (*kept, marker)

    @staticmethod
    def _is_one_of(heading: Heading, items: list[str]) -> bool:
        return heading.level is Level.ITEM and heading.number in items

    def _told_apart(self, part: Heading) -> Heading:
        """The second Quy định of a file is "Quy định thứ 2"."""
        if part.level is not Level.ATTACHED:
            return part
        self._attached.append(part.number)
        count = self._attached.count(part.number)
        return part if count == 1 else Heading(part.level, f"{part.number} thứ {count}", part.title)

    def _numbered(self, paragraph: str) -> Heading | None:
        found = item(paragraph)
        if found and self._last(Level.ARTICLE) is None:
            if skipped_items(self._items(), found.number) is not None:
                return Heading(Level.ITEM, found.number, _item_title(paragraph, found))
        elif found and found.kind is Kind.ARABIC and self._continues_clauses(found.number):
            return Heading(Level.CLAUSE, found.number)
        letter = point(paragraph)
        if letter and is_next_point(self._last(Level.POINT), letter):
            return Heading(Level.POINT, letter)
        return None

    def _note_gap(self, marker: Heading) -> None:
        if marker.level is Level.ARTICLE:
            found = int(re.sub(r"\D", "", marker.number))
            if found not in (self._article + 1, self._article, 1):
                self._warn(f"Điều {self._article}", marker)
            self._article = found
        elif marker.level is Level.CLAUSE and missing(last := self._last(Level.CLAUSE), marker.number):
            self._warn(f"Điều {self._last(Level.ARTICLE)}, khoản {last}", marker)
        elif marker.level is Level.ITEM and skipped_items(self._items(), marker.number):
            self._warn(f"mục {self._last(Level.ITEM)}", marker)

    def _warn(self, before: str, marker: Heading) -> None:
        self.warnings.append(f"sau {before} là {marker.label}: có thể thiếu nội dung")

    def _continues_clauses(self, number: str) -> bool:
        return missing(self._last(Level.CLAUSE), number) is not None

    def _items(self) -> list[str]:
        return [heading.number for heading in self.headings if heading.level is Level.ITEM]

    def _last(self, level: Level) -> str | None:
        return next((h.number for h in reversed(self.headings) if h.level is level), None)


def _item_title(paragraph: str, found: Item) -> str:
    """Arabic items speak at once ("1. Các sở rà soát …") unless they are in capitals."""
    if is_capitals(paragraph):
        return found.rest.strip(" .:;,")
    named = found.kind in (Kind.LETTER, Kind.ROMAN) and looks_like_title(found.rest)
    return found.rest.strip() if named else ""


def _is_bare(paragraph: str, marker: Heading) -> bool:
    if marker.level is Level.ARTICLE:
        return bool(marker.title)
    return marker.level in _ALWAYS_BARE or (marker.level is Level.ITEM and is_capitals(paragraph))
