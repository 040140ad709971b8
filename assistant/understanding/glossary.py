"""Everyday words and the terms that official texts use for them.

`Related` terms are searched for beside the question's own words and count like them; the question itself is
not rewritten, so a text that does say "sổ đỏ" is found as well. The data is `assistant/data/everyday.tsv`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.data_rows import data_rows
from corpus.text import syllable_key, words

_BREAK = re.compile(r"[,.;:?!()\"“”]")


@dataclass(frozen=True, slots=True)
class Related:
    """Official `terms`, the most usual first, for the words `[start, end)` of a question, counted from 0."""

    phrase: str
    terms: tuple[str, ...]
    start: int
    end: int


Entries = Mapping[tuple[str, ...], tuple[str, ...]]


def read_entries(name: str, key: Callable[[str], str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Rows "phrase, terms separated by |" of a data file, by the keys of the phrase's words."""
    return {
        tuple(key(word) for word in words(phrase)): tuple(terms.split("|"))
        for phrase, terms, *_ in data_rows(name)
    }


def everyday_terms(question: str) -> tuple[Related, ...]:
    """Official terms for the everyday phrases in a question, the longest phrase first at every place."""
    entries = _everyday()
    found: list[Related] = []
    before = 0
    for part in _BREAK.split(question):
        spoken = words(part)
        keys = [syllable_key(word) for word in spoken]
        at = 0
        while at < len(keys):
            end = longest(keys, at, entries)
            if end > at:
                terms = entries[tuple(keys[at:end])]
                found.append(Related(" ".join(spoken[at:end]), terms, before + at, before + end))
            at = max(end, at + 1)
        before += len(spoken)
    return tuple(found)


def longest(keys: list[str], at: int, entries: Entries, most: int = 8) -> int:
    """Where the longest entry that begins at `at` ends; `at` when none does."""
    ends = range(min(len(keys), at + most), at, -1)
    return next((end for end in ends if tuple(keys[at:end]) in entries), at)


@cache
def _everyday() -> Entries:
    return read_entries("everyday.tsv", syllable_key)
