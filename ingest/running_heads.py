"""Page numbers, running heads and feet: lines that belong to the page and not to the text.

Knows lines and the page each is on. Rows of tables are left alone: a header row that is repeated on every
page is for the table to drop.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from ingest.extract import Block

_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*|[Tt]rang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*")
_GAZETTE = re.compile(r"\s*(?:\d+\s+)?CÔNG BÁO\s?/.*")
_EDGE = 2  # lines at the top and at the bottom of a page
_LEAST_PAGES = 3  # a line is a running head when it stands on so many pages
_LEAST_SHARE = 0.4
_COUNTED = re.compile(r"^\d+|\d+$")  # "12 Quy chế làm việc", "Trang 12"
_CENTRED = 15  # blanks before a page number in a text without pages
_NEARBY = 3  # page numbers before and after that may show that a number counts pages


def without_running_heads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without page numbers, running heads and feet; blank lines stay."""
    if any(block.page is not None for block in blocks):
        return _without_edges(blocks)
    dropped = set(_numbering(blocks)) | {i for i, b in enumerate(blocks) if _GAZETTE.fullmatch(b.text)}
    for index in sorted(dropped):
        # The blank lines around it are the edges of the page, not the end of a paragraph.
        dropped |= set(_blanks(blocks, index, -1)) | set(_blanks(blocks, index, 1))
    return [block for i, block in enumerate(blocks) if i not in dropped]


def _blanks(blocks: Sequence[Block], index: int, step: int) -> Iterator[int]:
    index += step
    while 0 <= index < len(blocks) and not blocks[index].text.strip():
        yield index
        index += step


def _without_edges(blocks: Sequence[Block]) -> list[Block]:
    pages = [list(page) for _, page in groupby(blocks, lambda block: block.page)]
    edges = [_edge(page) for page in pages]
    keys = ({_key(page[i]) for i in edge} for page, edge in zip(pages, edges, strict=True))
    seen = Counter(chain.from_iterable(keys))
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    kept: list[Block] = []
    for page, edge in zip(pages, edges, strict=True):
        heads = {i for i in edge if seen[_key(page[i])] >= least or _GAZETTE.fullmatch(page[i].text)}
        dropped = {i for i in heads if not _PAGE_NUMBER.fullmatch(page[i].text)}
        dropped |= _page_numbers(page, [i for i in edge if i not in dropped])
        kept.extend(block for i, block in enumerate(page) if i not in dropped)
    return kept


def _edge(page: Sequence[Block]) -> list[int]:
    """Places of the first and last lines of a page."""
    lines = [i for i, block in enumerate(page) if block.text.strip() and block.table is None]
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _page_numbers(page: Sequence[Block], edge: Sequence[int]) -> set[int]:
    """The outermost line at either edge, where it is nothing but a number."""
    return {i for i in {*edge[:1], *edge[-1:]} if _PAGE_NUMBER.fullmatch(page[i].text)}


def _key(block: Block) -> str:
    return _COUNTED.sub("#", " ".join(block.text.split()))


def _numbering(blocks: Sequence[Block]) -> Iterator[int]:
    """Centred numbers that count pages, in a text that does not say where pages end."""
    found = [
        (i, int(match.group(1)))
        for i, block in enumerate(blocks)
        if len(block.text) - len(block.text.lstrip()) >= _CENTRED
        and (match := _PAGE_NUMBER.fullmatch(block.text))
    ]
    for place, (index, number) in enumerate(found):
        around = (*found[max(0, place - _NEARBY) : place], *found[place + 1 : place + 1 + _NEARBY])
        if any(abs(other - number) == 1 for _, other in around):
            yield index
