"""A paragraph of a document and its place in the outline (Phần, Chương, Điều, khoản, điểm, đoạn).

Does not know how headings are recognised (that is `ingest`) nor how passages are searched.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Levels of a Vietnamese official outline, named as officials cite them."""

    ATTACHED = "kèm theo"  # a Quy định, Kế hoạch … issued together with the text before it
    ANNEX = "Phụ lục"
    PART = "Phần"
    CHAPTER = "Chương"
    SECTION = "Mục"
    SUBSECTION = "Tiểu mục"
    ARTICLE = "Điều"
    ITEM = "mục"  # I., 1., 1.1. of plans, reports, directives: documents without Điều
    CLAUSE = "khoản"
    POINT = "điểm"
    SUBPOINT = "tiết"


class Zone(StrEnum):
    """Parts of a document that are outside its Điều, or its body. The values are shown to readers."""

    LETTERHEAD = "Phần đầu văn bản"
    TITLE = "Tên văn bản"
    AUTHORITY = "Cơ quan ban hành"
    PREAMBLE = "Phần căn cứ"
    HEADING = "Đề mục"
    BODY = "Nội dung"
    CLOSING = "Phần kết"
    SIGNATURE = "Nơi nhận, chữ ký"


@dataclass(frozen=True, slots=True)
class Heading:
    """One step of the path to a passage: `Heading(Level.ARTICLE, "2")`, `Heading(Level.POINT, "đ")`."""

    level: Level
    number: str
    title: str = ""

    @property
    def label(self) -> str:
        """The heading as it is cited: "Điều 2", "khoản 4", "Phụ lục" (unnumbered), "Quy định kèm theo"."""
        if self.level is Level.ATTACHED:
            return f"{self.number} {self.level.value}"
        return f"{self.level.value} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph. Invariant, for every passage: `text == document.text[start:end]`.

    `ordinal` counts the paragraphs under the innermost heading (or in the zone) from 1.
    `location` is the place, outermost first: "Điều 2, khoản 4, đoạn 2". `page` of the file, from 1, where it
    has pages. `header` is the header row of the table that the passage is a row of, else "".
    """

    id: str
    document_id: str
    start: int
    end: int
    zone: Zone
    headings: tuple[Heading, ...]
    ordinal: int
    location: str
    text: str
    page: int | None = None
    header: str = ""

    @property
    def location_on_page(self) -> str:
        """The place, with the page of the file where it has pages: "Điều 2, khoản 4 (trang 3)"."""
        return f"{self.location} (trang {self.page})" if self.page else self.location

    @property
    def cited_place(self) -> str:
        """The place as officials write it in running text: "đoạn 2 khoản 4 Điều 2"."""
        # A zone's name may hold a comma: "Nơi nhận, chữ ký".
        zone = "" if self.headings or not self.location.startswith(self.zone.value) else self.zone.value
        steps = [step for step in self.location.removeprefix(zone).split(", ") if step]
        return " ".join([*reversed(steps), *([zone] if zone else [])])

    @property
    def heading_path(self) -> tuple[tuple[str, str], ...]:
        """The outline address without titles, e.g. `(("Điều", "2"), ("khoản", "4"))`."""
        return tuple((heading.level.value, heading.number) for heading in self.headings)
