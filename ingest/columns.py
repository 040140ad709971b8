"""Letterheads and closing blocks that stand side by side in one line: the left column, then the right one.

Reads blanks in lines of plain text (`pdftotext -layout`, antiword). Does not know pages with geometry: their
readers give columns one after the other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract import Block
from ingest.genres import genre_of

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_HEAD = 25  # lines above the title
_MOTTO = re.compile(r"CỘNG H[ÒO][ÀA] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM$")
_CLOSING = re.compile(r"\s*Nơi nhận\b")
_MAX_CLOSING = 40  # lines
_CENTRING = 2  # blanks: lines of a centred column begin at different places


def side_by_side_split(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the columns of the letterhead and of each closing block set one below the other."""
    result: list[Block] = []
    head_end = _head_end(blocks)
    position = 0
    while position < len(blocks):
        if position < head_end:
            end = head_end
        elif _CLOSING.match(blocks[position].text):
            end = _closing_end(blocks, position)
        elif length := _letterhead_length(blocks, position):
            end = position + length
        else:
            result.append(blocks[position])
            position += 1
            continue
        result.extend(_split(blocks[position:end]))
        position = end
    return result


def _head_end(blocks: Sequence[Block]) -> int:
    """How many lines stand above the title; 0 where there is none."""
    return next((i for i, block in enumerate(blocks[:_HEAD]) if genre_of(block.text.strip())), 0)


def _letterhead_length(blocks: Sequence[Block], start: int) -> int:
    return _head_end(blocks[start : start + _HEAD]) if _MOTTO.search(blocks[start].text) else 0


def _closing_end(blocks: Sequence[Block], start: int) -> int:
    end = min(len(blocks), start + _MAX_CLOSING)
    for index in range(start + 1, end):
        text = blocks[index].text.strip()
        over = genre_of(text) or text.startswith(("PHỤ LỤC", "Điều ")) or _MOTTO.search(text)
        if over or blocks[index].table is not None or blocks[index].page != blocks[start].page:
            return index
    return end


def _split(lines: Sequence[Block]) -> list[Block]:
    rights = [gap.end() for block in lines if (gap := _widest_gap(block.text))]
    if not rights:
        return list(lines)
    boundary = min(rights) - _CENTRING
    left: list[Block] = []
    right: list[Block] = []
    for block in lines:
        cut = _cut(block.text, boundary)
        before, after = block.text[:cut].rstrip(), block.text[cut:].strip()
        if before or not after:
            left.append(replace(block, text=before))
        if after or not before:
            right.append(replace(block, text=after))
    return [*left, replace(lines[0], text=""), *right, replace(lines[-1], text="")]


def _cut(text: str, boundary: int) -> int:
    if gap := _widest_gap(text):
        return gap.end()
    indent = len(text) - len(text.lstrip(" "))
    return 0 if indent >= boundary else len(text)


def _widest_gap(text: str) -> re.Match[str] | None:
    """Drafts leave room for a number: "Số     -QĐ/TU                Thanh Hóa, ngày     tháng 6"."""
    return max(_GAP.finditer(text), key=lambda gap: len(gap.group()), default=None)
