"""What a Vietnamese syllable is made of: letters, marks on letters (â ê ô ă ơ ư đ), one tone.

Judges form only: "nghoe" is no syllable, "xố" is one although no word has it. For comparing and for spelling
what the program itself writes; texts of documents are never touched.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import strip_diacritics

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền sắc hỏi ngã nặng
_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn
_STOPPED = (
    "c",
    "ch",
    "p",
    "t",
)  # syllables with these endings have sắc or nặng, in writing without exception
# "ngh", "gh" and "k" are for i, e and ê only, "ng", "g" and "c" for the other vowels.
_ONSET = (
    r"(?:ngh(?=[ieê])|gh(?=[ieê])|k(?=[ieêy])|ng(?![hieê])|gi(?!i)|g(?![heê])|c(?![hieêy])|"
    r"nh|ch|kh|ph|qu|th|tr|[bdđhlmnprstvx])?"
)
# Rhymes as written, by vowel; after "gi" and "qu" the glide belongs to the onset.
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uynh uyt uyu
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y ych yêm yên yêng yêt yêu ynh yt
"""
# Where a tone is written: on the last marked vowel, else before a final consonant or glide.
_MARKED = re.compile(r"[âăêôơư](?=[^âăêôơư]*$)")
_VOWELS = re.compile(r"^(?:gi(?=[aeouy])|qu|[^aeiouy]*)([aeiouy]+)")
_SYLLABLE = re.compile(rf"{_ONSET}(?:{'|'.join(_RHYMES.split())})")
_BARE_RHYMES = "|".join(sorted(set(strip_diacritics(_RHYMES).split())))
_BARE = re.compile(rf"{_ONSET.replace('đ', '').replace('ê', '')}(?:{_BARE_RHYMES})")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A syllable taken apart: `letters` without any mark, `marks` by letter ("" for none), `tone` or ""."""

    letters: str
    marks: tuple[str, ...]
    tone: str


@lru_cache(maxsize=100_000)
def spelling(word: str) -> Spelling:
    """Take a word apart; the tone is of the whole syllable, wherever it was typed."""
    letters: list[str] = []
    marks: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = char
        elif char in _MARKS and marks:
            marks[-1] = char
        elif char == "đ":
            letters.append("d")
            marks.append("đ")
        else:
            letters.append(char)
            marks.append("")
    return Spelling("".join(letters), tuple(marks), tone)


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word is formed like a Vietnamese syllable, marks and tone included."""
    toneless = _without_tone(word)
    if not _SYLLABLE.fullmatch(toneless):
        return False
    return not toneless.endswith(_STOPPED) or spelling(word).tone in ("\u0301", "\u0323")


def may_be_syllable(word: str) -> bool:
    """Whether a lower-case word is a syllable, but for marks and tone left out: "luc", "dat"."""
    return _BARE.fullmatch(strip_diacritics(word)) is not None


@lru_cache(maxsize=100_000)
def conventional(word: str) -> str:
    """The spelling most official texts use, lower case: "hòa" for "hoà", "quá" for "qúa"."""
    tone = spelling(word).tone
    if tone and (placed := with_tone(_without_tone(word), tone)):
        return placed
    return unicodedata.normalize("NFC", word.lower())


def with_tone(toneless: str, tone: str) -> str | None:
    """`toneless` (lower case) with a combining tone on the vowel that carries it; None without a vowel."""
    if marked := _MARKED.search(toneless):
        at = marked.start()
    elif vowels := _VOWELS.match(toneless):
        start, end = vowels.span(1)
        # "hoang" → "hoàng", but "hoa" → "hòa", "mua" → "mùa", "toai" → "toại".
        last = end == len(toneless)
        at = {1: start, 2: start if last else start + 1, 3: start + 1}.get(end - start, end - 1)
    else:
        return None
    return unicodedata.normalize("NFC", toneless[: at + 1] + tone + toneless[at + 1 :])


def completes(typed: str, candidate: str) -> bool:
    """Whether `candidate` is `typed` with marks or a tone added and none taken away: "dât" and "đất"."""
    have, full = spelling(typed), spelling(candidate)
    return (
        have.letters == full.letters
        and have.tone in ("", full.tone)
        and all(mark in ("", whole) for mark, whole in zip(have.marks, full.marks, strict=True))
    )


def _without_tone(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
