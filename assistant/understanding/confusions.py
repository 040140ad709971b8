"""Misspellings that people make: sounds that a region does not tell apart, and slips of the finger.

Proposes syllables that a word may stand for; does not know which of them is meant.
"""

import re
import unicodedata
from collections.abc import Iterator

from corpus.syllable import is_syllable, spelling, with_tone

_ONSETS = (
    ("s", "x"),
    ("ch", "tr"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("d", "v"),
    ("l", "n"),
    ("ng", "ngh"),
    ("g", "gh"),
    ("c", "k"),
    ("z", "d"),
    ("z", "gi"),
    ("z", "r"),
    ("f", "ph"),
    ("w", "qu"),
    ("j", "gi"),
)
_RHYMES = (
    ("n", "ng"),
    ("t", "c"),
    ("n", "nh"),
    ("g", "ng"),
    ("h", "nh"),
    ("iu", "ưu"),
    ("iêu", "ươu"),
    ("ay", "ây"),
    ("au", "âu"),
)
_HOOK, _TILDE = "\u0309", "\u0303"
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ONSET = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđfghjklmnprstvwxz])?")


def sounds_like(word: str) -> set[str]:
    """Syllables that differ from `word` (lower case) by one sound that regions confuse."""
    tone = spelling(word).tone
    toneless = unicodedata.normalize(
        "NFC", unicodedata.normalize("NFD", word).replace(tone, "") if tone else word
    )
    onset = _onset(toneless)
    rhyme = toneless[len(onset) :]
    # Before an i "gi" is written with its own: "gìn".
    variants = {((other + rhyme).replace("gii", "gi", 1), tone) for other in _swapped(onset, _ONSETS)}
    for left, right in _RHYMES:
        for ending, other in ((left, right), (right, left)):
            if rhyme.endswith(ending) and not (ending == "n" and rhyme.endswith("ng")):
                variants.add((onset + rhyme.removesuffix(ending) + other, tone))
    if tone in (_HOOK, _TILDE):
        variants.add((toneless, _TILDE if tone == _HOOK else _HOOK))
    return {
        found
        for form, mark in variants
        if is_syllable(found := with_tone(form, mark) or "") and found != word
    }


def one_slip(letters: str) -> Iterator[str]:
    """Letter strings one missing, doubled, exchanged or wrong letter away."""
    for at in range(len(letters) + 1):
        head, tail = letters[:at], letters[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _onset(word: str) -> str:
    match = _ONSET.match(word)
    onset = match.group() if match else ""
    # "gì", "gìn": the i is the vowel, too.
    return "gi" if onset == "gi" and len(word) > 2 and word[2] in "aăâeêoôơuư" else onset.removesuffix("i")


def _swapped(onset: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for left, right in pairs:
        if onset == left:
            yield right
        elif onset == right:
            yield left
