"""The words of an English sentence, each with the Vietnamese words that it may stand for.

A word with no entry in the glossary counts a little: a sentence of such words says something nobody can
check. Knows the glossary of `assistant.understanding.english`.
"""

from functools import cache

from assistant.data_rows import data_rows
from assistant.understanding.english import is_idle, meanings
from assistant.verification.words import Unit, units_of, written_out
from corpus.text import syllable_key, words

_KNOWN, _UNKNOWN = 5.0, 2.0  # weights
_FRAME = 1.0


def english_units(text: str) -> tuple[Unit, ...]:
    """The words of an English sentence."""
    found: list[Unit] = []
    for phrase, terms in meanings(text):
        if not phrase.isdigit() and not (is_idle(phrase) and not terms):
            weight = _FRAME if phrase.lower() in _frame() else _KNOWN if terms else _UNKNOWN
            own = tuple(syllable_key(word) for word in words(phrase))  # a name, or a word both languages have
            found.append(Unit(phrase, (own, *(form for term in terms for form in _forms(term))), weight))
    return tuple(found)


def _forms(term: str) -> tuple[tuple[str, ...], ...]:
    """A term as its syllables, and as the groups of alike phrases it belongs to."""
    full = written_out(term)
    groups = tuple(form for unit in units_of(full) for form in unit.forms if form[0].startswith("="))
    whole = tuple(syllable_key(word) for word in words(full))
    return (whole, *groups) if len(units_of(full)) == 1 else (whole,)


@cache
def _frame() -> frozenset[str]:
    return frozenset(word for (word,) in data_rows("frame_words_english.txt"))
