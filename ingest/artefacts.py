"""Residue of exports, removed before anything looks at the text.

Only removes what was never written by the author: bookmark tags of Word-to-text converters, zero-width and
control characters. Runs after old encodings are repaired, whose letters look like such. Corrects nothing.
"""

import re
from collections.abc import Iterable

from corpus.text import nfc
from ingest.extract import Block

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,200}\]")  # Word allows 40 characters
# Zero-width marks, byte-order mark, bidirectional overrides (which could disguise a quote), soft hyphen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]")
_RULE = re.compile(r"[-–—_*=~.|\s]+")  # a drawn line under a letterhead, the edge of a table cell
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean_paragraph(raw: str) -> str:
    """One paragraph in NFC, without artefacts and outer blanks; inner double blanks stay as written."""
    text = _BOOKMARK.sub("", nfc(raw))
    text = _BLANKS.sub(" ", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return nfc(text).strip()


def is_rule(text: str) -> bool:
    """Whether a cleaned line is nothing but a drawn line."""
    return bool(_RULE.fullmatch(text))


def clean_blocks(raw: Iterable[Block]) -> list[Block]:
    """The blocks that hold something readable, cleaned, in order; drawn lines are left out."""
    cleaned = (Block(clean_paragraph(block.text), block.page, block.table) for block in raw)
    return [block for block in cleaned if block.text and not is_rule(block.text)]
