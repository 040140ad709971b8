"""Characters that look like a Vietnamese letter or a slash and are another.

ƣ for ư comes from fonts with a wrong table, Ð and ð (Icelandic) for Đ and đ from code page 1252, ⁄ for / from
recognised scans. Does not touch Icelandic words, nor fractions of one character (½).
"""

import re

_HORN = str.maketrans("ƣƢ", "ưƯ")
_ETH = str.maketrans("Ðð", "Đđ")
_SLASH = re.compile(r"(?<=[0-9A-Za-zĐđÐ])[\u2044\u2215](?=[0-9A-Za-zĐđÐ])")
SUSPECT = re.compile("[ƣƢÐð\u2044\u2215]")


def without_lookalikes(word: str) -> str:
    """The word with the letters that were meant, whatever its language. Same length."""
    return word.translate(_HORN).translate(_ETH)


def slashes(text: str) -> str:
    """`text` with "/" for fraction slashes between letters or digits ("13⁄2012"). Same length."""
    return _SLASH.sub("/", text)
