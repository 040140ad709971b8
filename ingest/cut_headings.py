"""Headings that an export has cut in two ("Điều" here, "4. …" there) or has left in the paragraph above.

Mends only what numbers prove. Does not know the outline.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.capitals import UPPER
from ingest.extract import Block
from ingest.line_starts import ends_sentence

_NUMBER_STARTS = frozenset("0123456789IVXLC")
_HEADING = re.compile(r"(?:^|\s)([“\"]?(?:Điều|ĐIỀU))$")
_NUMBERED = re.compile(r"\d{1,4}[a-zđ]?\s?[.:](?:\s|$)")
_ARTICLE_NUMBER = re.compile(r"\d{1,4}[a-zđ]?\b")
_OPENS = re.compile(r"Điều (\d{1,4})[.:]\s")
_INNER = re.compile(rf"(?<=[.;:)/]) (?=Điều (\d{{1,4}})[.:] [{UPPER}])")
_CODE_CUT = re.compile(r"(?:^|\s)[Ss]ố:?$")
_CODE = re.compile(r"\d[\d.]*\s?[/-]\s?[\w/-]*[A-ZĐ]")
_DIVISION = re.compile(r"(?:Chương|CHƯƠNG|Phần|PHẦN)$")
_DIVISION_NUMBER = re.compile(r"(?:[IVXLC]+|\d{1,2})$")


def mended(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with cut headings and numbers put together, and a paragraph for each Điều."""
    return list(_one_article_each(_joined(blocks)))


def _one_article_each(blocks: Iterable[Block]) -> Iterator[Block]:
    """ "Điều 1. … (đính kèm) Điều 2. Giao các sở": cut where exactly the next Điều begins."""
    last = 0
    for block in blocks:
        start = 0
        if block.table is None and (opened := _OPENS.match(block.text)):
            last = int(opened.group(1))
            for inner in _INNER.finditer(block.text):
                if int(inner.group(1)) == last + 1:
                    last += 1
                    yield replace(block, text=block.text[start : inner.start()])
                    start = inner.end()
        yield replace(block, text=block.text[start:]) if start else block


def _joined(blocks: Sequence[Block]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        before = result[-1] if result else None
        numbered = block.text[0] in _NUMBER_STARTS and block.table is None
        if not numbered or before is None or before.table is not None:
            result.append(block)
            continue
        cut = _HEADING.search(before.text) if _ARTICLE_NUMBER.match(block.text) else None
        above = before.text[: cut.start()].rstrip() if cut else ""
        if cut and _NUMBERED.match(block.text) and (not above or ends_sentence(above)):
            result[-1:] = [replace(before, text=above)] if above else []
            result.append(replace(block, text=f"{cut.group(1)} {block.text}"))
        elif cut or _goes_with(before.text, block.text):
            result[-1] = replace(before, text=f"{before.text} {block.text}")
        else:
            result.append(block)
    return result


def _goes_with(before: str, text: str) -> bool:
    """ "Nghị quyết số⏎66/2025/NQ-CP", "Chương⏎II"."""
    if _CODE_CUT.search(before) and _CODE.match(text):
        return True
    return bool(_DIVISION.fullmatch(before) and _DIVISION_NUMBER.match(text))
