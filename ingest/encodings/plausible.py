"""How likely a word is under each reading: as it stands, or as TCVN3, VNI or Windows-1258.

A word says something only where its readings differ in being a Vietnamese syllable: "bé" is a syllable as it
stands and as TCVN3 ("bộ"), "hoµ" only as TCVN3. Knows the form of syllables, no dictionary.
"""

import re
from functools import lru_cache

from corpus.syllable import is_syllable
from ingest.encodings.lookalikes import without_lookalikes
from ingest.encodings.tables import TCVN3, from_tcvn3, from_vni, from_windows_1258

AS_IS = 0
READINGS = ("", "TCVN3", "VNI", "Windows-1258")
_CONVERTERS = (from_tcvn3, from_vni, from_windows_1258)

# Costs are points of doubt. Only their relations matter: they were set on sentences of our own in every
# encoding and checked on the real files (TCVN3 .doc .rtf .xls .pdf, VNI .doc, French and German texts).
_FOREIGN = 3  # not Vietnamese as it stands: a name, a French word, or an old font
_BROKEN = 5  # not Vietnamese after conversion, although converted
_SYMBOL = 6  # "µ" or "®" inside a word
_EDGE = 1  # the same at the edge where «, §, » or ® may belong
_PLAIN_FOREIGN = 1  # "dans", "the": Vietnamese typed in old fonts is hardly mixed with those

_SYMBOLS = "".join(char for char in TCVN3 if not char.isalpha() or char in "ªµμ")
_INNER_SYMBOLS = _SYMBOLS.translate({ord(char): None for char in "×÷"})  # "a×b" is sound
# German sets its quotes »so«, French «so».
_OPENING = "«»©§·¶£¥¢¡¬\u00ad\u2212\u2219"
_CLOSING = "«»©®·\u00ad\u2212"
_INNER = re.compile(f"[{re.escape(_INNER_SYMBOLS)}]")
_LONGEST = 8  # "nghiêng" has 7 letters; longer words need no look
_UNIT = re.compile(r"[µμ][A-Za-z]{1,2}")  # micrometre, microgram: common in environmental standards
_ABBREVIATION = re.compile(r"(?=.*Đ)[A-ZĐƯÔÂ]{2,8}")
# What words are made of; ², ³ and ° are left out: they follow units and belong to no encoding here.
WORD = re.compile(f"[A-Za-zÀ-ɏḀ-ỹ\u0300-\u036f{re.escape(_SYMBOLS)}]+")


def vietnamese(word: str) -> bool:
    """Whether a word of Unicode text is formed like a syllable, or an abbreviation with Đ (QĐ, HĐND)."""
    if len(word) > _LONGEST:
        return False
    return is_syllable(word.lower()) or _ABBREVIATION.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def conversions(word: str) -> tuple[str | None, ...]:
    """The word under each of READINGS (NFC), None where it cannot be read that way."""
    return (word, *(convert(word) for convert in _CONVERTERS))


def same_everywhere(word: str) -> bool:
    """Whether no reading would change the word."""
    return all(reading in (word, None) for reading in conversions(word))


@lru_cache(maxsize=50_000)
def doubts(word: str) -> tuple[int, ...]:
    """Points of doubt for each of READINGS; all equal for a word that tells nothing."""
    if word.isascii():
        plain = len(word) == 1 or word.isupper() or vietnamese(word)
        return (0, *([0 if plain else _PLAIN_FOREIGN] * len(_CONVERTERS)))
    here = _as_it_stands(word)
    found = [here]
    for converted in conversions(word)[1:]:
        if converted is None:
            found.append(_BROKEN + 1)
        elif converted == word:
            found.append(here)
        else:
            found.append(0 if vietnamese(converted) else _BROKEN)
    return tuple(found)


def _as_it_stands(word: str) -> int:
    core = word.lstrip(_OPENING).rstrip(_CLOSING)
    edges = _EDGE * (len(word) - len(core))
    if _UNIT.fullmatch(word) or not core or core in _SYMBOLS:
        return 0
    # Soft hyphens are hints for breaking a line in sound text, and ư in TCVN3.
    core = core.replace("\u00ad", "")
    if symbols := len(_INNER.findall(core)):
        return edges + _SYMBOL * symbols
    if core.isascii():
        return edges + (0 if vietnamese(core) else _PLAIN_FOREIGN)
    return edges + (0 if vietnamese(without_lookalikes(core)) else _FOREIGN)
