"""Marks of Markdown inside a paragraph, taken away: emphasis and its debris, escapes, links, tags of text.

Works on the lines of one paragraph or cell, because emphasis runs over lines. Does not know tables.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

# An escaped mark waits as a character for private use until the others are gone.
_HIDDEN = 0xE000
_SHOWN = {_HIDDEN + code: code for code in range(128)}
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"\\$|[ ]{2,}$")
_IMAGE = re.compile(r"!\[[^\]\[]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\[]{0,2000})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)")
_REFERENCE = re.compile(r"\[([^\]\[]{1,500})\]\[[^\]\[]{0,100}\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|div|p|sup|sub|center|a|small|mark|ins)(?:\s[^<>]*)?/?>", re.I
)
_STARS = re.compile(r"\*{2,}")
_UNDERSCORES = re.compile(r"(?<![\w_])(_{1,2})(?![\s_])([^_\n]+(?:\n[^_\n]+){0,20})(?<!\s)\1(?![\w_])")
_ONE_STAR = re.compile(r"(?<!\()\*|\*(?!\))")  # "(*)" is the author's
_TIMES = re.compile(r"(?<=\S) \* (?=\S)")
_RULE = re.compile(r"\s*(?:[-*_=~][ \t]*)+")


def is_rule(line: str) -> bool:
    """Whether a line is drawn: ---, ***, ___, the underline of a heading, or emphasis of nothing."""
    return bool(_RULE.fullmatch(line))


def without_marks(lines: Sequence[str], in_cell: bool = False) -> list[str]:
    """The lines of one paragraph without marks; rules become "".

    `in_cell`: lines inside one emphasis are one line that was wrapped, as letterheads are written.
    """
    text = "\n".join("" if is_rule(line) and "**" not in line else line for line in lines)
    text = _BREAK.sub("\n", "\n".join(_HARD_BREAK.sub("", line) for line in text.split("\n")))
    text = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    text = _TAG.sub("", _ADDRESS.sub(r"\1", text))
    text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    if in_cell:
        text = _joined_emphasis(text)
    # Twice: emphasis of one kind may stand in one of the other.
    text = _UNDERSCORES.sub(r"\2", _UNDERSCORES.sub(r"\2", _without_stars(text)))
    text = text.translate(_SHOWN)
    return ["" if is_rule(line) else line for line in text.split("\n")]


def _joined_emphasis(text: str) -> str:
    """Line ends between "**" and "**" (or "*" and "*") as blanks."""
    for mark in ("**", "*"):
        parts = text.split(mark)
        if len(parts) % 2 == 0:  # debris: not every mark has its counterpart
            continue
        parts[1::2] = [" ".join(part.split("\n")) for part in parts[1::2]]
        text = mark.join(parts)
    return text


def _without_stars(text: str) -> str:
    # "***" is a pair and one: the one may end an emphasis that began elsewhere.
    text = _STARS.sub(lambda found: "*" * (len(found[0]) % 2), text)
    times = {found.start() + 1 for found in _TIMES.finditer(text)}
    stars = [found.start() for found in _ONE_STAR.finditer(text) if found.start() not in times]
    if len(stars) % 2 and not text.startswith("*"):
        stars = stars[:-1]  # a mark of the author, as of a remark below
    cuts = pairwise([-1, *stars, len(text)])
    return "".join(text[before + 1 : star] for before, star in cuts)
