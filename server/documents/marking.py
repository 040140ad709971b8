"""What is highlighted in a text: a quotation by its offsets, and every place where searched words stand.

Offsets count characters of `document.text`; nobody searches for a quotation. Does not know markup.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.passage import Passage
from corpus.references import folded

Span = tuple[int, int]
_MOST_HITS = 1000
_LONGEST_QUERY = 200
_LONGEST_OFFSET = 9  # digits


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. `hit`: which found place, from 1; `first`: whether it begins there."""

    text: str
    quoted: bool = False
    hit: int = 0
    first: bool = False


def asked_span(start: str | None, end: str | None, length: int) -> Span | None:
    """The span that an address asks for; None for anything that is not one of this text."""
    if not (_is_offset(start) and _is_offset(end)):
        return None
    span = int(start or 0), int(end or 0)
    return span if 0 <= span[0] < span[1] <= length else None


def found(text: str, query: str) -> list[Span]:
    """Where the words of `query` stand side by side, whatever their diacritics, capitals and line ends."""
    words = folded(query[:_LONGEST_QUERY]).split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    matches = pattern.finditer(folded(text))
    return [match.span() for match, _ in zip(matches, range(_MOST_HITS), strict=False)]


def pieces(passage: Passage, quote: Span | None, hits: Sequence[Span]) -> list[Piece]:
    """The paragraph cut at every edge of `quote` and `hits`; joined they are its text."""
    # Hits are in order and do not overlap, so those inside lie side by side.
    first = bisect_right([end for _, end in hits], passage.start) if hits else 0
    last = bisect_left([start for start, _ in hits], passage.end) if hits else 0
    inside = [(number + 1, hits[number]) for number in range(first, last)]
    spans = [span for _, span in inside] + ([quote] if quote else [])
    edges = {passage.start, passage.end}
    edges |= {edge for span in spans for edge in span if passage.start < edge < passage.end}
    return list(_pieces(passage, sorted(edges), quote, inside))


def _pieces(
    passage: Passage, edges: Sequence[int], quote: Span | None, inside: Sequence[tuple[int, Span]]
) -> Iterator[Piece]:
    for start, end in pairwise(edges):
        hit, begins = next(
            ((number, span[0]) for number, span in inside if span[0] <= start and end <= span[1]), (0, -1)
        )
        text = passage.text[start - passage.start : end - passage.start]
        yield Piece(text, bool(quote and quote[0] <= start and end <= quote[1]), hit, begins == start)


def _is_offset(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdigit() and len(text) <= _LONGEST_OFFSET
