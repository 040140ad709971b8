"""What the first characters of a paragraph may announce: a Phần, Chương, Mục, Điều, khoản, điểm, tiết, mục.

Looks at one paragraph alone. Whether a number continues what is open above it is for the outline to say.
"""

import re
from dataclasses import dataclass

from corpus.passage import Heading, Level
from ingest.genres import is_capitals
from ingest.numbering import Kind

TITLE_LENGTH = 250  # the longest Điều title of the Environment Law has 178 characters
_DIVISIONS = tuple(
    (
        level,
        re.compile(
            rf"^(?:{name}|{name.upper()}|{name.title()})\s+{number}\b\s?(?P<mark>[.:\-–])?\s*(?P<title>.*)$"
        ),
    )
    for level, name, number in (
        (Level.PART, "Phần", r"((?:thứ|THỨ) \w+|[IVXLC]+|\d{1,3})"),
        (Level.CHAPTER, "Chương", r"([IVXLC]+|\d{1,3})"),
        (Level.SECTION, "Mục", r"([IVXLC]+|\d{1,3})"),
        (Level.SUBSECTION, "Tiểu mục", r"([IVXLC]+|\d{1,3})"),
    )
)
_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(\d{1,4}[a-zđ]?)\s?(?:[.:](?!\d)\s*(?P<title>.*))?$")
_ITEMS = (
    (Kind.LETTER, re.compile(r"^([A-HĐ])\s?[.\-–]\s+(?P<title>\S.*)$")),
    (Kind.ROMAN, re.compile(r"^([IVXL]+)\s?[.\-–]\s+(?P<title>\S.*)$")),
    (Kind.DOTTED, re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)(?P<dot>[.)]?)\s+(?P<title>\S.*)$")),
    (Kind.BRACKETED, re.compile(r"^(\(\d{1,2}\))\s?(?P<title>[^\W\d].*)$")),
    # "1.Thu" and "2. 100% số xã", but not "2.500 hộ".
    (Kind.ARABIC, re.compile(r"^(\d{1,3}[a-zđ]?)\s?[.)](?:\s+(?=\S)|(?=[^\s\d.,;)]))(?P<title>.*)$")),
    # The Party writes "1- Các cấp uỷ"; "5 - 7 người" is an amount.
    (Kind.ARABIC, re.compile(r"^(\d{1,2})\s?[-–](?:\s+|(?=[^\W\d_a-z]))(?P<title>[^\W\d_].*)$")),
)
# Nine in ten paragraphs begin otherwise; asking the first character is ten times faster than a pattern.
_DIVISION_STARTS = frozenset("PCMT")
_ITEM_STARTS = frozenset("0123456789(ABCDEFGHĐIVXL")
_POINT = re.compile(r"^([a-zđ])\s?[).]\s*(?=\S)")
_SUBPOINT = re.compile(r"^([a-zđ])\.?(\d{1,2})[).]\s*(?=\S)")
_REFERS = re.compile(
    r"\d|[,;)/]|(?:của|này|nêu|và|hoặc|đến|tại|trên|trong)\b|(?:Phần|Chương|Mục|Điều) (?:[IVXLC]+|\d+|thứ)\b|"
    r"(?:Quy định|Quy chế|Quyết định|Nghị quyết|Kế hoạch|Đề án|Điều lệ|Phụ lục)\b.*\b(?:này|số)\b"
)
_NAMES_A_LAW = re.compile(r"(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp|Nghị định|Thông tư)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """A number at the start of a paragraph, and the words after it."""

    kind: Kind
    number: str
    rest: str


def division(paragraph: str) -> Heading | None:
    """The Phần, Chương or Mục that a paragraph names as a heading, not "Chương II của Luật này …"."""
    if paragraph[:1] not in _DIVISION_STARTS or len(paragraph) >= TITLE_LENGTH:
        return None
    for level, pattern in _DIVISIONS:
        if match := pattern.match(paragraph):
            title = match.group("title").strip()
            if _is_reference(title, bool(match.group("mark"))):
                return None
            return Heading(level, match.group(1), title)
    return None


def article(paragraph: str) -> Heading | None:
    """The Điều that a paragraph opens; with its title where the line is nothing but a title."""
    match = _ARTICLE.match(paragraph) if paragraph[:1] == "Đ" else None
    if match is None:
        return None
    title = match.group("title") or ""
    return Heading(Level.ARTICLE, match.group(1), title if looks_like_title(title) else "")


def item(paragraph: str) -> Item | None:
    """The number at the start of a paragraph. Whether it is a khoản or a mục depends on what is open."""
    if paragraph[:1] not in _ITEM_STARTS:
        return None
    for kind, pattern in _ITEMS:
        match = pattern.match(paragraph)
        if match and _can_be_item(kind, match):
            return Item(kind, match.group(1), match.group("title"))
    return None


def point(paragraph: str) -> str | None:
    """The letter of the điểm that a paragraph may open."""
    match = _POINT.match(paragraph)
    return match.group(1) if match else None


def subpoint(paragraph: str) -> tuple[str, int] | None:
    """The letter of the điểm and the number of the tiết that "a.1)" opens."""
    match = _SUBPOINT.match(paragraph)
    return (match.group(1), int(match.group(2))) if match else None


def opens_body(paragraph: str) -> bool:
    """Whether a paragraph can be the first of a text's body."""
    if article(paragraph) or division(paragraph):
        return True
    found = item(paragraph)
    return found is not None and (found.number in ("A", "1") or found.kind is Kind.ROMAN)


def looks_like_title(text: str) -> bool:
    """Whether a line reads like a title rather than a sentence."""
    return bool(text) and len(text) < TITLE_LENGTH and text[-1] not in ".:;,"


def _can_be_item(kind: Kind, match: re.Match[str]) -> bool:
    if kind is Kind.LETTER:
        # Sections named by a letter are in capitals; "C. Mác viết" and "A. Nguyễn" are people.
        return is_capitals(match.string)
    if match.re is _ITEMS[-1][1]:
        return match.group("title")[0].isupper()
    if kind is Kind.DOTTED:
        # "1.1 Mục tiêu", but not "2.5 tỷ đồng".
        return bool(match.group("dot")) or not match.group("title")[0].islower()
    return True


def _is_reference(rest: str, marked: bool) -> bool:
    """Whether what follows "Chương II" goes on with a sentence about it."""
    if not rest:
        return False
    if _REFERS.match(rest):
        return True
    if marked or is_capitals(rest):
        return False
    return bool(_NAMES_A_LAW.match(rest)) or rest[0].islower() or rest[-1] in ".:;,"
