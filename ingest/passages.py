"""Paragraphs to passages: offsets, place in the outline, and which paragraph of its place each one is.

Does not read files and does not look for metadata.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.passage import Heading, Level, Passage, Zone
from ingest.extract import Block
from ingest.genres import is_capitals
from ingest.locations import Addresses
from ingest.markers import looks_like_title
from ingest.outline import Outline
from ingest.quotations import quoted
from ingest.zones import zones

_DIVISIONS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})
_MERGED_ZONES = frozenset({Zone.TITLE, Zone.AUTHORITY})
_COUNTED_ZONES = frozenset({Zone.PREAMBLE, Zone.LETTERHEAD, Zone.SIGNATURE, Zone.CLOSING})
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


@dataclass(frozen=True, slots=True)
class Structure:
    """`text`: the paragraphs joined by newlines. `passages` cover it except for the newlines between."""

    text: str
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]


def structure(cleaned: Sequence[Block], document_id: str) -> Structure:
    """Lay out cleaned paragraphs. Passage ids are `document_id:start`, so equal input gives equal ids."""
    paragraphs = [block.text for block in cleaned]
    outline = Outline()
    blocks: list[_Block] = []
    position = 0
    inside_quotation = quoted(paragraphs)
    following = [*paragraphs[1:], ""]
    for index, zoned in enumerate(zones(paragraphs, inside_quotation)):
        text, zone = paragraphs[index], zoned.zone
        block = _Block(position, position + len(text), text, zone, ())
        before = blocks[-1] if blocks else None
        if zone is Zone.BODY and not zoned.part and _is_title(before, text, following[index], outline):
            blocks[-1] = replace(_merged(blocks[-1], block), headings=outline.name_last(text))
        elif zone is Zone.BODY:
            headings, bare = outline.place(text, zoned.part, inside_quotation[index])
            blocks.append(replace(block, headings=headings, bare=bare))
        elif zone in _MERGED_ZONES and before and before.zone is zone:
            blocks[-1] = _merged(before, block)
        else:
            blocks.append(block)
        position = block.end + 1
    text = "\n".join(paragraphs)
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


def _merged(first: _Block, second: _Block) -> _Block:
    return replace(first, end=second.end, text=f"{first.text}\n{second.text}")


def _with_content(blocks: list[_Block]) -> list[_Block]:
    """A "heading" with nothing below it is the content itself ("Điều 3. Giao Ủy ban … thực hiện")."""
    result = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        depth = len(block.headings)
        has_body = following is not None and following.headings[:depth] == block.headings
        result.append(replace(block, bare=block.bare and has_body))
    return result


def _passages(blocks: list[_Block], document_id: str) -> list[Passage]:
    addresses = Addresses(block.headings for block in blocks)
    places = [_place(block, addresses) for block in blocks]
    totals = Counter(places)
    has_inner = {block.headings[:depth] for block in blocks for depth in range(len(block.headings))}
    seen: Counter[object] = Counter()
    passages = []
    for block, place in zip(blocks, places, strict=True):
        seen[place] += 1
        several = totals[place] > 1
        leads = block.text.endswith(":") and not several and block.headings in has_inner
        cited = addresses.of(block.headings)
        passages.append(
            Passage(
                id=f"{document_id}:{block.start}",
                document_id=document_id,
                start=block.start,
                end=block.end,
                zone=Zone.HEADING if block.bare else block.zone,
                headings=block.headings,
                ordinal=seen[place],
                location=_location(block, cited, seen[place] if several else None, leads),
                text=block.text,
            )
        )
    return passages


def _place(block: _Block, addresses: Addresses) -> object:
    """What paragraphs are counted by: no two of a document may be cited alike."""
    return (block.zone, tuple(addresses.of(block.headings)), block.bare)


def _location(block: _Block, cited: list[str], ordinal: int | None, leads: bool) -> str:
    if block.zone is not Zone.BODY:
        counted = ordinal is not None and block.zone in _COUNTED_ZONES
        return f"{block.zone.value}, đoạn {ordinal}" if counted else block.zone.value
    last = ["lời dẫn"] if leads else [f"đoạn {ordinal}"] if ordinal is not None else []
    return ", ".join([*(cited or [Zone.BODY.value]), *last])
