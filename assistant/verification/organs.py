"""The bodies that a text names by their kind: "Ủy ban nhân dân", "Kho bạc Nhà nước".

Names with capitals of their own ("Sở Tài chính") are found by `names`. The list: `assistant/data/organs.txt`.
"""

from functools import cache, lru_cache

from assistant.data_rows import data_rows
from corpus.text import syllable_key, words


@lru_cache(maxsize=4096)
def organs_in(text: str) -> frozenset[str]:
    """The bodies named in a text whose abbreviations are written out, each by its longest name."""
    keys = [syllable_key(word) for word in words(text)]
    found: set[str] = set()
    at = 0
    while at < len(keys):
        organ = next((one for one in _organs() if tuple(keys[at : at + len(one)]) == one), None)
        if organ is None:
            at += 1
        else:
            found.add(" ".join(organ))
            at += len(organ)
    return frozenset(found)


@cache
def _organs() -> tuple[tuple[str, ...], ...]:
    each = (tuple(syllable_key(word) for word in words(row)) for (row,) in data_rows("organs.txt"))
    return tuple(sorted(each, key=len, reverse=True))
