"""Spelling of Vietnamese: normal forms, folding for search, syllables.

Quoted text is only ever brought to NFC; everything else here is for comparing, never for showing.
"""

import re
import unicodedata
from itertools import pairwise

_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_WORD = re.compile(r"\w+", re.UNICODE)
# One vowel letter may be written i or y after a consonant ("kỹ sư" / "kĩ sư") without a change of sound.
_FINAL_Y = re.compile(r"^((?:[bcdđghklmnprstvx]|ch|gh|kh|nh|ng|ngh|ph|th|tr|qu)+)y(\d?)$")

# Marks that turn the reading direction of all that follows, as the inside of a character class.
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"


def nfc(text: str) -> str:
    """Unicode normal form C: the only form in which the product stores, shows and compares text."""
    return unicodedata.normalize("NFC", text)


def strip_diacritics(text: str) -> str:
    """`text` as people type it without a Vietnamese keyboard: "Điều" becomes "Dieu". Length may change."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (đ included)."""
    return strip_diacritics(text) != nfc(text)


def syllable_key(syllable: str) -> str:
    """One spelling for the variants of a syllable: hoà and hòa, uỷ and ủy, kỹ and kĩ share a key.

    The tone is moved to the end as a digit, so its place among the vowels no longer matters.
    """
    tone = ""
    letters = []
    for char in unicodedata.normalize("NFD", syllable.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    key = unicodedata.normalize("NFC", "".join(letters)) + tone
    return _FINAL_Y.sub(r"\1i\2", key)


def words(text: str) -> list[str]:
    """Lower-case words of NFC `text`: Vietnamese syllables, numbers, Latin words."""
    return [match.group().lower() for match in _WORD.finditer(nfc(text))]


def search_terms(text: str) -> list[str]:
    """Keys of the syllables of `text`, in order, for comparison with diacritics."""
    return [syllable_key(word) for word in words(text)]


def folded_terms(text: str) -> list[str]:
    """Syllables of `text` without diacritics, in order, for comparison with what people type in haste."""
    return [strip_diacritics(word) for word in words(text)]


def with_bigrams(terms: list[str]) -> list[str]:
    """`terms` followed by the pairs of neighbours ("môi_trường"): most Vietnamese words are two syllables."""
    return terms + [f"{left}_{right}" for left, right in pairwise(terms)]
