"""The outline of a document's body: which Điều, khoản, điểm or mục each paragraph belongs to.

The same "1." is a khoản under a Điều and a mục elsewhere, so a marker is read by what is open above it and
by its number in the sequence. Numbering inside “…” belongs to the text being quoted and opens nothing.
Does not join soft-wrapped lines.
"""

import re
from dataclasses import dataclass, field

from corpus.passage import Heading, Level
from ingest.genres import is_capitals
from ingest.markers import Item, article, division, item, looks_like_title, point, subpoint
from ingest.numbering import Kind, is_next_point, kind_of, missing, parents, skipped_items, skipped_points

_ORDER = {
    level: rank
    for rank, level in enumerate(
        (
            Level.ATTACHED,
            Level.ANNEX,
            Level.PART,
            Level.CHAPTER,
            Level.SECTION,
            Level.SUBSECTION,
            Level.ARTICLE,
            Level.ITEM,
            Level.CLAUSE,
            Level.POINT,
            Level.SUBPOINT,
        )
    )
}
_DIVIDING = (Kind.LETTER, Kind.ROMAN)  # "I- QUY ĐỊNH CHUNG" may stand above Điều, as a Chương does
Path = tuple[Heading, ...]


@dataclass(slots=True)
class Outline:
    """Feed paragraphs in order with `place`; `warnings` collects gaps in the numbering."""

    headings: Path = ()
    warnings: list[str] = field(default_factory=list)
    _article: int = 0  # Điều numbers run through chapters and start again in an annex or attached text
    _attached: list[str] = field(default_factory=list)

    def place(self, paragraph: str, part: Heading | None = None, quoted: bool = False) -> tuple[Path, bool]:
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
        return division(paragraph) or self._article_of(paragraph) or self._numbered(paragraph)

    def name_last(self, title: str) -> Path:
        """Give the heading opened last its title, where that stands on the next line."""
        last = self.headings[-1]
        self.headings = (*self.headings[:-1], Heading(last.level, last.number, title))
        return self.headings

    def _open(self, marker: Heading) -> None:
        rank = _ORDER[marker.level]
        outer, inner = self._split()
        if marker.level is Level.ITEM:
            if self._divides(marker.number):
                kept = [h for h in outer if h.level is not Level.ARTICLE]
                kept = [h for h in kept if h.level is not Level.ITEM or h.number in self._above(kept, marker)]
            else:
                above = parents(_items(inner), marker.number)
                kept = [*outer, *(h for h in inner if h.level is Level.ITEM and h.number in above)]
        elif marker.level is Level.ARTICLE:
            items = self.headings if not self._last(Level.ARTICLE) else outer
            kept = [h for h in items if _ORDER[h.level] < rank or _is_dividing(h)]
        elif rank < _ORDER[Level.ARTICLE]:
            kept = [h for h in self.headings if _ORDER[h.level] < rank]
        else:
            kept = [*outer, *(h for h in inner if _ORDER[h.level] < rank)]
        self.headings = (*kept, marker)

    def _split(self) -> tuple[Path, Path]:
        """The headings down to the Điều, and those inside of it; outside of Điều down to the divisions."""
        depth = next((i for i, h in enumerate(self.headings, 1) if h.level is Level.ARTICLE), None)
        if depth is None:
            depth = sum(1 for h in self.headings if _ORDER[h.level] < _ORDER[Level.ARTICLE])
        return self.headings[:depth], self.headings[depth:]

    def _divides(self, number: str) -> bool:
        """Whether "II" goes on with the divisions above the open Điều."""
        outer, inner = self._split()
        if kind_of(number) not in _DIVIDING or self._last(Level.ARTICLE) is None or _items(inner):
            return False
        own = [n for n in _items(outer) if kind_of(n) is kind_of(number)]
        return bool(own) and missing(own[-1], number) is not None

    @staticmethod
    def _above(kept: list[Heading], marker: Heading) -> list[str]:
        return parents(_items(tuple(kept)), marker.number)

    def _told_apart(self, part: Heading) -> Heading:
        """The second Quy định of a file is "Quy định thứ 2"."""
        if part.level is not Level.ATTACHED:
            return part
        self._attached.append(part.number)
        count = self._attached.count(part.number)
        return part if count == 1 else Heading(part.level, f"{part.number} thứ {count}", part.title)

    def _article_of(self, paragraph: str) -> Heading | None:
        found = article(paragraph)
        if found and paragraph.endswith(found.number) and found.number != str(self._article + 1):
            return None  # nothing but "Điều 7": a heading only where a Điều 7 has to come
        return found

    def _numbered(self, paragraph: str) -> Heading | None:
        found = item(paragraph)
        if found and (heading := self._item(paragraph, found)):
            return heading
        return self._point(paragraph)

    def _item(self, paragraph: str, found: Item) -> Heading | None:
        _, inner = self._split()
        items = _items(inner)
        in_article = self._last(Level.ARTICLE) is not None
        if in_article and self._divides(found.number):
            return Heading(Level.ITEM, found.number, _item_title(paragraph, found))
        if not in_article or items or found.kind in _DIVIDING:
            if skipped_items(items, found.number) is not None:
                return Heading(Level.ITEM, found.number, _item_title(paragraph, found))
            return None
        if found.kind is Kind.ARABIC and missing(self._last(Level.CLAUSE), found.number) is not None:
            return Heading(Level.CLAUSE, found.number)
        if found.kind is Kind.DOTTED and self._continues_clause(found.number):
            return Heading(Level.POINT, found.number)
        return None

    def _continues_clause(self, number: str) -> bool:
        """Whether "2.1" is the next under khoản 2."""
        clause, _, last = number.rpartition(".")
        above, _, previous = (self._last(Level.POINT) or "").rpartition(".")
        return (
            clause == self._last(Level.CLAUSE) and missing(previous if above == clause else None, last) == 0
        )

    def _point(self, paragraph: str) -> Heading | None:
        opened = self._last(Level.POINT)
        if found := subpoint(paragraph):
            letter, number = found
            last = (self._last(Level.SUBPOINT) or "").removeprefix(f"{letter}.")
            if letter == opened and number == (int(last) if last.isdigit() else 0) + 1:
                return Heading(Level.SUBPOINT, f"{letter}.{number}")
            return None
        letter_ = point(paragraph)
        if letter_ is None:
            return None
        if opened and "." in opened:
            last_ = self._last(Level.SUBPOINT)
            return Heading(Level.SUBPOINT, letter_) if is_next_point(last_, letter_) else None
        return Heading(Level.POINT, letter_) if skipped_points(opened, letter_) is not None else None

    def _note_gap(self, marker: Heading) -> None:
        if marker.level is Level.ARTICLE:
            found = int(re.sub(r"\D", "", marker.number))
            if found not in (self._article + 1, self._article, 1):
                self._warn(f"Điều {self._article}", marker)
            self._article = found
        elif marker.level is Level.CLAUSE and missing(last := self._last(Level.CLAUSE), marker.number):
            self._warn(f"Điều {self._last(Level.ARTICLE)}, khoản {last}", marker)
        elif marker.level is Level.POINT and "." not in marker.number:
            if skipped_points(last := self._last(Level.POINT), marker.number):
                self._warn(f"điểm {last}", marker)
        elif marker.level is Level.ITEM and skipped_items(_items(self._split()[1]), marker.number):
            self._warn(f"mục {self._last(Level.ITEM)}", marker)

    def _warn(self, before: str, marker: Heading) -> None:
        self.warnings.append(f"sau {before} là {marker.label}: có thể thiếu nội dung")

    def _last(self, level: Level) -> str | None:
        return next((h.number for h in reversed(self.headings) if h.level is level), None)


def _items(path: Path) -> list[str]:
    return [heading.number for heading in path if heading.level is Level.ITEM]


def _is_dividing(heading: Heading) -> bool:
    return heading.level is Level.ITEM and kind_of(heading.number) in _DIVIDING


def _item_title(paragraph: str, found: Item) -> str:
    """Arabic items speak at once ("1. Các sở rà soát …") unless they are in capitals."""
    if is_capitals(paragraph):
        return found.rest.strip(" .:;,")
    named = found.kind in _DIVIDING and looks_like_title(found.rest)
    return found.rest.strip() if named else ""


def _is_bare(paragraph: str, marker: Heading) -> bool:
    if marker.level is Level.ARTICLE:
        return bool(marker.title) or paragraph.endswith(marker.number)
    dividing = _ORDER[marker.level] < _ORDER[Level.ARTICLE]
    return dividing or (marker.level is Level.ITEM and is_capitals(paragraph))
