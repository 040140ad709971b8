"""Paragraphs and table rows to passages: offsets, place in the outline, and which of its place each one is.

Does not read files and does not look for metadata.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.passage import Heading, Level, Passage, Zone
from ingest.extract import Block
from ingest.genres import is_capitals
from ingest.locations import Addresses
from ingest.markers import looks_like_title
from ingest.outline import Outline
from ingest.quotations import quoted
from ingest.tables import Row, rows
from ingest.zones import zones

_DIVISIONS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})
_MERGED_ZONES = frozenset({Zone.TITLE, Zone.AUTHORITY})
_COUNTED_ZONES = frozenset({Zone.BODY, Zone.PREAMBLE, Zone.LETTERHEAD, Zone.SIGNATURE, Zone.CLOSING})
_TITLE_LINE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive paragraphs that make one passage."""

    start: int
    end: int
    text: str
    zone: Zone
    headings: tuple[Heading, ...]
    bare: bool = False
    page: int | None = None
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """`text`: the paragraphs joined by newlines. `passages` cover it except for the newlines between."""

    text: str
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]


def structure(cleaned: Sequence[Block], document_id: str) -> Structure:
    """Lay out cleaned paragraphs. Passage ids are `document_id:start`, so equal input gives equal ids."""
    outline = Outline()
    blocks: list[_Block] = []
    position = 0
    rows_of = rows(cleaned)
    # A row is no marker, title or signature, whatever its first cell says.
    seen = [f"| {b.text}" if row else b.text for b, row in zip(cleaned, rows_of, strict=True)]
    inside_quotation = quoted(seen)
    following = [*seen[1:], ""]
    for index, zoned in enumerate(zones(seen, inside_quotation)):
        text, zone = cleaned[index].text, zoned.zone
        end = position + len(text)
        before = blocks[-1] if blocks else None
        headings: tuple[Heading, ...] = ()
        bare = False
        titled = zone is Zone.BODY and not zoned.part and not rows_of[index]
        if titled and _is_title(before, seen[index], following[index], outline):
            blocks[-1] = _merged(blocks[-1], text, outline.name_last(text))
        elif zone in _MERGED_ZONES and before and before.zone is zone:
            blocks[-1] = _merged(before, text, ())
        else:
            if zone is Zone.BODY:
                headings, bare = outline.place(seen[index], zoned.part, inside_quotation[index])
            page, row = cleaned[index].page, rows_of[index]
            blocks.append(_Block(position, end, text, zone, headings, bare, page, row))
        position = end + 1
    text = "\n".join(block.text for block in cleaned)
    return Structure(text, tuple(_passages(_with_content(blocks), document_id)), tuple(outline.warnings))


def _is_title(before: _Block | None, text: str, following: str, outline: Outline) -> bool:
    """Whether a line is the title of the heading above it rather than a heading or text of its own."""
    if before is None or not before.bare or before.headings[-1].title:
        return False
    if len(text) >= _TITLE_LINE_LENGTH or outline.marker(text):
        return False
    if is_capitals(text):
        return True
    level = before.headings[-1].level
    if not looks_like_title(text) or text[0].islower():
        return False
    # In small letters only where nothing else can stand: a chapter consists of Mục, Điều or mục.
    return level is Level.ATTACHED or (level in _DIVISIONS and outline.marker(following) is not None)


def _merged(first: _Block, text: str, headings: tuple[Heading, ...]) -> _Block:
    return replace(first, end=first.end + 1 + len(text), text=f"{first.text}\n{text}", headings=headings)


def _with_content(blocks: list[_Block]) -> list[_Block]:
    """A "heading" with nothing below it is the content itself ("Điều 3. Giao Ủy ban … thực hiện")."""
    result = []
    for block, following in zip_longest(blocks, blocks[1:]):
        depth = len(block.headings)
        has_body = following is not None and following.headings[:depth] == block.headings
        result.append(block if has_body or not block.bare else replace(block, bare=False))
    return result


def _passages(blocks: list[_Block], document_id: str) -> list[Passage]:
    addresses = Addresses(block.headings for block in blocks)
    outer = [_outer(block, addresses) for block in blocks]
    tables = _Tables(blocks, outer)
    # What paragraphs are counted by: no two of a document may be cited alike.
    places = [(place, block.bare, block.row is not None) for block, place in zip(blocks, outer, strict=True)]
    totals = Counter(places)
    seen: Counter[tuple[str, bool, bool]] = Counter()
    passages = []
    for block, place, leads in zip(blocks, places, _leads(blocks), strict=True):
        seen[place] += 1
        ordinal, several = seen[place], totals[place] > 1
        if block.row:
            last = tables.step(block.row, place[0])
        elif leads and not several:
            last = ", lời dẫn"
        else:
            last = f", đoạn {ordinal}" if several and block.zone in _COUNTED_ZONES else ""
        passages.append(_passage(block, document_id, ordinal, place[0] + last))
    return passages


def _passage(block: _Block, document_id: str, ordinal: int, location: str) -> Passage:
    heading = block.bare or (block.row is not None and block.row.number == 0)
    return Passage(
        id=f"{document_id}:{block.start}",
        document_id=document_id,
        start=block.start,
        end=block.end,
        zone=Zone.HEADING if heading else block.zone,
        headings=block.headings,
        ordinal=ordinal,
        location=location,
        text=block.text,
        page=block.page,
        header=block.row.header if block.row else "",
    )


def _leads(blocks: list[_Block]) -> list[bool]:
    """For each paragraph whether it leads in what stands below its place: "Điều 2. Nhiệm vụ sau:"."""
    found: list[bool] = []
    below = False  # do others stand below the place of the paragraph?
    path: tuple[Heading, ...] = ()
    for block in reversed(blocks):
        if block.headings != path:
            below = len(path) > len(block.headings) and path[: len(block.headings)] == block.headings
            path = block.headings
        found.append(below and block.text.endswith(":"))
    return found[::-1]


class _Tables:
    """Steps to the rows of tables. Several tables of one place are counted: "bảng 2, dòng 3"."""

    def __init__(self, blocks: list[_Block], outer: list[str]) -> None:
        self._of_place: dict[str, dict[int, int]] = defaultdict(dict)
        for block, place in zip(blocks, outer, strict=True):
            if block.row:
                numbers = self._of_place[place]
                numbers.setdefault(block.row.table, len(numbers) + 1)

    def step(self, row: Row, place: str) -> str:
        """ ", dòng 12"; the header is no row that is counted."""
        numbers = self._of_place[place]
        last = f", dòng {row.number}" if row.number else ", dòng đầu bảng"
        return f", bảng {numbers[row.table]}{last}" if len(numbers) > 1 else last


def _outer(block: _Block, addresses: Addresses) -> str:
    """The place without the count of paragraphs or rows."""
    return (block.zone is Zone.BODY and ", ".join(addresses.of(block.headings))) or block.zone.value
