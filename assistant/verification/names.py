"""Proper names of a sentence, and whether a text has them.

A name is what is written with capitals: "Hiệp Hòa", "Sở Tài chính". One at the beginning of a sentence may be
an ordinary word. Does not know persons from places.
"""

import re
from dataclasses import dataclass

from assistant.words import word_statistics
from corpus.syllable import may_be_syllable
from corpus.text import strip_diacritics, syllable_key

_TOKEN = re.compile(r"[^\W\d_]+")
_STARTS = re.compile(r"(?:^|[.:;!?]\s|[“\"(]\s*)$")
# Capitals of common words in official style, and of English prose about it: their coverage decides.
_COMMON = frozenset(
    "điều khoản mục điểm nghị quyết nhân nhà đảng trung chỉ kết luật hội ủy thường chính tỉnh ban các".split()  # noqa: SIM905
)


_JOINING = frozenset(["là", "và", "có", "của", "được", "đã", "cho", "phải", "còn", "tại", "ở", "về", "do"])
_BODIES = frozenset(["Sở", "Bộ", "Ban", "Phòng", "Chi", "Cục", "Ủy", "Uỷ", "Hội"])


@dataclass(frozen=True, slots=True)
class Name:
    """`keys`: its syllables in a comparable form. `start`, `end`: where it stands."""

    text: str
    keys: tuple[str, ...]
    start: int
    end: int
    opens_sentence: bool = False


def names_in(text: str, language: str = "vi") -> tuple[Name, ...]:
    """The names of a text, in order; without diacritics in an English one, where they are foreign words."""
    runs: list[list[re.Match[str]]] = []
    tokens = list(_TOKEN.finditer(text))
    for token in tokens:
        before = runs[-1][-1] if runs else None
        touches = before is not None and token.start() == before.end() + 1 and text[before.end()] in " -"
        if token.group()[0].isupper() and (language == "vi" or _is_vietnamese(token.group())):
            joined = touches or (runs and _joins(text, runs[-1], token))
            runs[-1].append(token) if joined else runs.append([token])
        elif touches and language == "vi" and before is not None and _is_word(before.group(), token.group()):
            runs[-1].append(token)
    found = []
    for run in runs:
        opens = bool(_STARTS.search(text[: run[0].start()]))
        start, end = run[0].start(), run[-1].end()
        keys = keys_of(text[start:end], language)
        capitals = sum(token.group()[0].isupper() for token in run)
        if capitals == 1 and (opens or run[0].group().lower() in _COMMON or language == "en"):
            continue
        found.append(Name(text[start:end], keys, start, end, opens))
    return tuple(found)


def has_name(keys: tuple[str, ...], name: Name) -> bool:
    """Whether the syllables of a text, spelled alike, have the name; its first may be an ordinary word."""
    wanted = [name.keys, name.keys[1:]] if name.opens_sentence else [name.keys]
    return any(_has(keys, one) for one in wanted)


def keys_of(text: str, language: str = "vi") -> tuple[str, ...]:
    """The syllables of a text as `has_name` wants them."""
    spell = syllable_key if language == "vi" else _folded
    return tuple(spell(token.group()) for token in _TOKEN.finditer(text))


def _has(keys: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(keys[at : at + size] == wanted for at in range(len(keys) - size + 1))


def _joins(text: str, run: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether a capital goes on with the name of a body: "Sở Tài nguyên và Môi trường"."""
    return run[0].group() in _BODIES and text[run[-1].end() : token.start()] in (" và ", ", ")


def _is_word(capital: str, following: str) -> bool:
    """Whether two syllables are one word: "Tài nguyên", not "Giang tổ"."""
    if not capital[0].isupper() or following.lower() in _JOINING:
        return False
    return len(word_statistics().segment([capital.lower(), following.lower()])) == 1


def _folded(word: str) -> str:
    return strip_diacritics(word).lower()


def _is_vietnamese(word: str) -> bool:
    return may_be_syllable(_folded(word)) and not word.isupper()
