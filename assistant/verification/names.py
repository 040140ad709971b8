"""Proper names of a sentence, and whether a text has them.

A name is what is written with capitals: "Hiệp Hòa", "Sở Tài chính". One at the beginning of a sentence may be
an ordinary word. Does not know persons from places.
"""

import re
from dataclasses import dataclass

from corpus.syllable import may_be_syllable
from corpus.text import strip_diacritics, syllable_key

_TOKEN = re.compile(r"[^\W\d_]+")
_STARTS = re.compile(r"(?:^|[.:;!?]\s|[“\"(]\s*)$")
# Capitals of common words in official style, and of English prose about it: their coverage decides.
_COMMON = frozenset(
    "điều khoản mục điểm nghị quyết nhân nhà đảng trung chỉ kết luật hội ủy thường chính tỉnh ban các".split()  # noqa: SIM905
)


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
    spell = syllable_key if language == "vi" else _folded
    runs: list[list[re.Match[str]]] = []
    last_end = -2
    for token in _TOKEN.finditer(text):
        if not token.group()[0].isupper() or (language == "en" and not _is_vietnamese(token.group())):
            continue
        if runs and token.start() == last_end + 1 and text[last_end] in " -":
            runs[-1].append(token)
        else:
            runs.append([token])
        last_end = token.end()
    found = []
    for run in runs:
        opens = bool(_STARTS.search(text[: run[0].start()]))
        keys = tuple(spell(token.group()) for token in run)
        if len(run) == 1 and (opens or run[0].group().lower() in _COMMON or language == "en"):
            continue
        start, end = run[0].start(), run[-1].end()
        found.append(Name(text[start:end], keys, start, end, opens))
    return tuple(found)


def has_name(keys: tuple[str, ...], name: Name) -> bool:
    """Whether the syllables of a text, spelled alike, have the name; its first may be an ordinary word."""
    wanted = [name.keys, name.keys[1:]] if name.opens_sentence and len(name.keys) > 2 else [name.keys]
    return any(_has(keys, one) for one in wanted)


def keys_of(text: str, language: str = "vi") -> tuple[str, ...]:
    """The syllables of a text as `has_name` wants them."""
    spell = syllable_key if language == "vi" else _folded
    return tuple(spell(token.group()) for token in _TOKEN.finditer(text))


def _has(keys: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(keys[at : at + size] == wanted for at in range(len(keys) - size + 1))


def _folded(word: str) -> str:
    return strip_diacritics(word).lower()


def _is_vietnamese(word: str) -> bool:
    return may_be_syllable(_folded(word)) and not word.isupper()
