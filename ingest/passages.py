"""Paragraphs to passages: offsets, place in the outline, and the location as officials write it.

Does not read files and does not look for metadata.
"""

from collections import Counter
from dataclasses import dataclass, replace

from corpus.passage import Heading, Level, Passage, Zone
from ingest.outline import Outline
from ingest.zones import is_capitals, zones

# Phần, Chương and Mục are not cited when there is a Điều: Điều numbers run through the whole text.
_UNCITED = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})
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


def structure(paragraphs: list[str], document_id: str) -> Structure:
    """Lay out cleaned paragraphs. Passage ids are `document_id:start`, so equal input gives equal ids."""
    outline = Outline()
    blocks: list[_Block] = []
    position = 0
    for paragraph, zone in zip(paragraphs, zones(paragraphs), strict=True):
        block = _Block(position, position + len(paragraph), paragraph, zone, ())
        if zone is Zone.BODY:
            _append_body(blocks, block, outline)
        elif zone in _MERGED_ZONES and blocks and blocks[-1].zone is zone:
            blocks[-1] = _merged(blocks[-1], block)
        else:
            blocks.append(block)
        position = block.end + 1
    text = "\n".join(paragraphs)
    return Structure(text, tuple(_passages(_with_content(blocks), document_id)), tuple(outline.warnings))


def _append_body(blocks: list[_Block], block: _Block, outline: Outline) -> None:
    before = blocks[-1] if blocks else None
    if before and before.bare and not before.headings[-1].title and _is_title_line(block.text):
        blocks[-1] = replace(_merged(before, block), headings=outline.name_last(block.text))
        return
    headings, bare = outline.place(block.text)
    blocks.append(replace(block, headings=headings, bare=bare))


def _is_title_line(text: str) -> bool:
    return is_capitals(text) and len(text) < _TITLE_LINE_LENGTH


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
    totals = Counter(_place(block) for block in blocks)
    has_inner = {block.headings[:depth] for block in blocks for depth in range(len(block.headings))}
    seen: Counter[object] = Counter()
    passages = []
    for block in blocks:
        seen[_place(block)] += 1
        ordinal = seen[_place(block)]
        several = totals[_place(block)] > 1
        leads = block.text.endswith(":") and ordinal == 1 and block.headings in has_inner
        zone = Zone.HEADING if block.bare else block.zone
        location = _location(block, ordinal if several else None, leads and not several)
        passages.append(
            Passage(
                id=f"{document_id}:{block.start}",
                document_id=document_id,
                start=block.start,
                end=block.end,
                zone=zone,
                headings=block.headings,
                ordinal=ordinal,
                location=location,
                text=block.text,
            )
        )
    return passages


def _place(block: _Block) -> object:
    return (block.zone, tuple((h.level, h.number) for h in block.headings), block.bare)


def _location(block: _Block, ordinal: int | None, leads: bool) -> str:
    if block.zone is not Zone.BODY:
        counted = ordinal is not None and block.zone in _COUNTED_ZONES
        return f"{block.zone.value}, đoạn {ordinal}" if counted else block.zone.value
    cited = _cited(block.headings)
    if leads:
        cited.append("lời dẫn")
    elif ordinal is not None:
        cited.append(f"đoạn {ordinal}")
    if not block.headings:
        cited.insert(0, Zone.BODY.value)
    return ", ".join(cited)


def _cited(headings: tuple[Heading, ...]) -> list[str]:
    """ "Điều 2", "khoản 4"; nested items as one address: "mục II.1"; chapters only where nothing is below."""
    cited: list[str] = []
    for position, heading in enumerate(headings):
        if heading.level in _UNCITED and position < len(headings) - 1:
            continue
        previous = headings[position - 1] if position else None
        if heading.level is Level.ITEM and previous and previous.level is Level.ITEM and cited:
            # "2" then "2.1" is already a full address; "II" then "1" is written II.1
            full = heading.number.startswith(previous.number)
            cited[-1] = (
                heading.label
                if full and heading.number != previous.number
                else f"{cited[-1]}.{heading.number}"
            )
            continue
        cited.append(heading.label)
    return cited
