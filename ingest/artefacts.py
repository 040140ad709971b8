"""Residue of exports, removed before anything looks at the text.

Only removes what was never written by the author: bookmark tags of Word-to-text converters, zero-width and
control characters. Does not correct spelling and does not touch visible characters.
"""

import re

from corpus.text import nfc

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]*\]")
# Zero-width marks, byte-order mark, bidirectional overrides (which could disguise a quote), soft hyphen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]")
_RULE = re.compile(r"[-–—_*=~.\s]+")  # a drawn line under a letterhead
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def clean_paragraph(raw: str) -> str:
    """One paragraph in NFC, without artefacts and outer blanks; inner double blanks stay as written."""
    text = _BOOKMARK.sub("", nfc(raw))
    text = _BLANKS.sub(" ", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    return nfc(text).strip()


def clean_paragraphs(raw: list[str]) -> list[str]:
    """The paragraphs that hold something readable, in order; drawn lines are left out."""
    cleaned = (clean_paragraph(paragraph) for paragraph in raw)
    return [text for text in cleaned if text and not _RULE.fullmatch(text)]
