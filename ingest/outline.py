"""The outline of a document's body: which Điều, khoản, điểm or mục each paragraph belongs to.

The same "1." is a khoản under a Điều and a mục elsewhere, so a marker is read by what is open above it and
by its number in the sequence. Numbering inside “…” belongs to the text being quoted and opens nothing.
Does not join soft-wrapped lines.
"""

import re
from dataclasses import dataclass, field

from corpus.passage import Heading, Level
from ingest.zones import annex_start, is_capitals

_ALPHABET = "abcdđeghiklmnopqrstuvxy"  # order of điểm: no f, j, w, z; đ follows d
_ORDER = (
    Level.ANNEX,
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.ARTICLE,
    Level.ITEM,
    Level.CLAUSE,
    Level.POINT,
)
_MARKERS = (
    (Level.PART, re.compile(r"^Phần\s+(thứ \w+|[IVXLC]+|\d+)\b[.:]?\s*(?P<title>.*)$", re.IGNORECASE)),
    (Level.CHAPTER, re.compile(r"^Chương\s+([IVXLC]+|\d+)\b[.:]?\s*(?P<title>.*)$", re.IGNORECASE)),
    (Level.SECTION, re.compile(r"^Mục\s+([IVXLC]+|\d+)\b[.:]?\s*(?P<title>.*)$", re.IGNORECASE)),
    (Level.ARTICLE, re.compile(r"^Điều\s+(\d+[a-zđ]?)[.:]\s*(?P<title>.*)$")),
)
_ANNEX = re.compile(r"^PHỤ LỤC\s*(?:SỐ\s*)?([IVXLC]+|\d+[A-Z]?)?\b")
_ROMAN_ITEM = re.compile(r"^([IVXLC]+)\s?[.\-–]\s+\S")
_NUMBER = re.compile(r"^(\d{1,3})[.)]\s*(?=\S)(?!\d)")
_DOTTED = re.compile(r"^(\d{1,3}(?:\.\d{1,3})+)\.?\s+\S")
_POINT = re.compile(r"^([a-zđ])[).]\s*(?=\S)")
_BARE_TITLE_LENGTH = 250  # the longest Điều title of the Environment Law has 178 characters
_OPEN_QUOTE_LIMIT = 40  # paragraphs; beyond that a missing ” is likelier than a longer quotation


@dataclass(slots=True)
class Outline:
    """Feed paragraphs in order with `place`; `warnings` collects gaps in the numbering of Điều."""

    headings: tuple[Heading, ...] = ()
    warnings: list[str] = field(default_factory=list)
    _article: int = 0  # Điều numbers run through chapters and start again in an annex
    _quoted: int = 0  # paragraphs since an unclosed “
    _depth: int = 0  # “ minus ”

    def place(self, paragraph: str) -> tuple[tuple[Heading, ...], bool]:
        """The headings above (and opened by) a paragraph, and whether it is nothing but a heading."""
        inside_quote = self._in_quote(paragraph)
        marker = None if inside_quote else self._marker(paragraph)
        if marker is not None:
            rank = _ORDER.index(marker.level)
            kept = [heading for heading in self.headings if self._stays(heading, marker, rank)]
            self.headings = (*kept, marker)
        return self.headings, marker is not None and _is_bare(paragraph, marker)

    def name_last(self, title: str) -> tuple[Heading, ...]:
        """Give the heading opened last its title, where that stands on the next line."""
        last = self.headings[-1]
        self.headings = (*self.headings[:-1], Heading(last.level, last.number, title))
        return self.headings

    def _stays(self, heading: Heading, marker: Heading, rank: int) -> bool:
        if marker.level is Level.ITEM and heading.level is Level.ITEM:
            return _is_parent_item(heading.number, marker.number)
        return _ORDER.index(heading.level) < rank

    def _in_quote(self, paragraph: str) -> bool:
        inside = self._depth > 0 or paragraph.startswith("“")
        self._depth = max(0, self._depth + paragraph.count("“") - paragraph.count("”"))
        self._quoted = self._quoted + 1 if self._depth else 0
        if self._quoted > _OPEN_QUOTE_LIMIT:
            self._depth = self._quoted = 0
        return inside

    def _marker(self, paragraph: str) -> Heading | None:
        if annex_start(paragraph):
            match = _ANNEX.match(paragraph)
            self._article = 0
            return Heading(Level.ANNEX, (match.group(1) or "") if match else "")
        for level, pattern in _MARKERS:
            match = pattern.match(paragraph)
            if match and (level is Level.ARTICLE or len(paragraph) < _BARE_TITLE_LENGTH):
                return self._open_article(match) if level is Level.ARTICLE else _titled(level, match)
        return self._numbered(paragraph)

    def _open_article(self, match: re.Match[str]) -> Heading:
        number, title = match.group(1), match.group("title")
        found = int(re.sub(r"\D", "", number))
        if found not in (self._article + 1, self._article, 1):
            self.warnings.append(f"sau Điều {self._article} là Điều {number}: có thể thiếu nội dung")
        self._article = found
        return Heading(Level.ARTICLE, number, title if _looks_like_title(title) else "")

    def _numbered(self, paragraph: str) -> Heading | None:
        in_article = self._last(Level.ARTICLE) is not None
        if not in_article and (match := _ROMAN_ITEM.match(paragraph)):
            return Heading(Level.ITEM, match.group(1), paragraph[match.end() - 1 :].strip())
        if not in_article and (match := _DOTTED.match(paragraph)):
            return Heading(Level.ITEM, match.group(1))
        if match := _NUMBER.match(paragraph):
            level = Level.CLAUSE if in_article else Level.ITEM
            return self._next_in_sequence(level, match.group(1))
        if match := _POINT.match(paragraph):
            return self._next_in_sequence(Level.POINT, match.group(1))
        return None

    def _next_in_sequence(self, level: Level, number: str) -> Heading | None:
        """A heading only when `number` continues what is open: "1999. …" in running text opens nothing."""
        if number.isdigit():
            siblings = [h.number for h in self.headings if h.level is level and h.number.isdigit()]
            accepted = int(number) == (int(siblings[-1]) + 1 if siblings else 1)
        else:
            previous = self._last(level)
            accepted = _ALPHABET.find(number) == (_ALPHABET.find(previous) + 1 if previous else 0)
        return Heading(level, number) if accepted else None

    def _last(self, level: Level) -> str | None:
        return next((h.number for h in reversed(self.headings) if h.level is level), None)


def _is_parent_item(outer: str, inner: str) -> bool:
    """Roman over Arabic, and "2" over "2.1"."""
    if not outer[0].isdigit():
        return inner[0].isdigit()
    return inner.startswith(outer + ".")


def _titled(level: Level, match: re.Match[str]) -> Heading:
    return Heading(level, match.group(1), match.group("title").strip())


def _looks_like_title(text: str) -> bool:
    return bool(text) and len(text) < _BARE_TITLE_LENGTH and text[-1] not in ".:;,"


def _is_bare(paragraph: str, marker: Heading) -> bool:
    if marker.level in (Level.ANNEX, Level.PART, Level.CHAPTER, Level.SECTION):
        return True
    if marker.level is Level.ARTICLE:
        return bool(marker.title)
    return marker.level is Level.ITEM and is_capitals(paragraph)
