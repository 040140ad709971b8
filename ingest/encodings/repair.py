"""Brings the lines of a document to Unicode (NFC), whatever old encoding their words were typed in.

Judges the characters only: names of fonts lie (of files that declare .VnTime, 44% were Unicode). Case is left
as typed: capitals of .VnTimeH are small letters in the file. A foreign word inside a TCVN3 or VNI line may be
taken for Vietnamese. Must run before soft hyphens are removed, as they are the ư of TCVN3.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.encodings import lookalikes, viqr
from ingest.encodings.plausible import AS_IS, READINGS, WORD, vietnamese
from ingest.encodings.readings import converted, readings, words_of

LOOKALIKE = "ký tự giống"
# Characters and pairs that sound Vietnamese text has not: reading 2 MB takes 0.1 s when nothing is found.
_SYMBOL = "[¡-±´-¿×÷\u2212\u2219\u03bc]"
_SUSPECT = re.compile(
    "[ñöæäåøûïüëîÑÖÆÄÅØÛÏÜËÎçÇßÞþ]"
    f"|[A-Za-zÀ-ÿ]{_SYMBOL}|{_SYMBOL}[A-Za-zÀ-ÿ]"
    "|[aA][ùõâáàãêéèúÙÕÂÁÀÃÊÉÈÚ]|[eE][ùõâáàãÙÕÂÁÀÃ]|[oO][ùõâÙÕÂ]|[uUyY][ùõÙÕ]|[ôÔ][ùõÙÕ]"
    "|[aeâêôõýãAEÂÊÔÕÝÃ][ìòÌÒ]|[a-zà-ÿ][À-Þ]"
    # Lines whose words are all syllables either way ("Sè", "vÒ") are only looked at beside sure ones.
)
# pdfium takes the soft hyphen at a line's end, which is ư in TCVN3, for a hyphen: "đầu t-", "cũng nh-".
_CUT_HORN = re.compile(r"(?:(?<=\S\s)|^(?=[a-z]{2}))([a-zđ]{1,3})-(?=\s|$)")  # "b- " opens a list
_DETACHED = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_DECOMPOSED = re.compile("[\u0302\u0306\u031b]")
_TONED = re.compile("[Ạ-ỹ]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯẠ-ỹ]")


@dataclass(slots=True)
class Evidence:
    """What was repaired: words by encoding, and how many of them became Vietnamese."""

    words: Counter[str] = field(default_factory=Counter)
    sound: Counter[str] = field(default_factory=Counter)

    def add(self, encoding: str, words: int, sound: int) -> None:
        """Count `words` of an encoding, `sound` of them Vietnamese after repair."""
        if words:
            self.words[encoding] += words
            self.sound[encoding] += sound

    def encodings(self) -> tuple[str, ...]:
        """Names of what was repaired, the most frequent first."""
        return tuple(name for name, _ in self.words.most_common())

    def confidence(self) -> float:
        """Share of the repaired words that are Vietnamese now, 0..1; 1.0 when nothing was repaired."""
        return self.sound.total() / self.words.total() if self.words else 1.0


def repaired(lines: Sequence[str]) -> tuple[list[str], Evidence]:
    """As many lines as were given, in NFC, and what was repaired in them."""
    evidence = Evidence()
    composed = _composed(lines, evidence)
    if any(_SUSPECT.search(line) for line in composed if not line.isascii()):
        composed = _decoded(composed, evidence)
    if any(viqr.seven_bit(line) and viqr.SUSPECT.search(line) for line in composed):
        composed, marked, sound = viqr.convert_lines(composed)
        evidence.add("VIQR", marked, sound)
    if any(lookalikes.SUSPECT.search(line) for line in composed):
        composed = _without_lookalikes(composed, evidence)
    return composed, evidence


def _composed(lines: Sequence[str], evidence: Evidence) -> list[str]:
    composed = list(lines)
    detached = decomposed = whole = 0
    for number, line in enumerate(lines):
        if line.isascii():
            continue
        if not unicodedata.is_normalized("NFC", line):
            composed[number] = unicodedata.normalize("NFC", line)
            detached += len(_DETACHED.findall(line))
            decomposed += len(_DECOMPOSED.findall(line))
        elif not whole and _TONED.search(line):
            whole = 1
    # Text in Windows-1258 has letters with their marks (ô, ơ) and every tone of those behind its letter.
    if detached and not decomposed and not whole:
        evidence.add("Windows-1258", detached, detached)
    elif detached or decomposed:
        evidence.add("NFD", max(detached, decomposed), max(detached, decomposed))
    return composed


def _decoded(lines: list[str], evidence: Evidence) -> list[str]:
    """Lines that are surely Unicode part the document into blocks; each block is judged as a whole."""
    result = list(lines)
    sure = (bool(_VIETNAMESE.search(line)) and not _SUSPECT.search(line) for line in lines)
    for unicode, numbers in groupby(range(len(lines)), key=lambda _: next(sure)):
        if not unicode:
            _decode_block(result, list(numbers), evidence)
    return result


def _decode_block(lines: list[str], numbers: list[int], evidence: Evidence) -> None:
    words = list(words_of(lines, numbers))
    pieces: dict[int, list[str]] = {}
    ends: dict[int, int] = {}
    for word, reading in zip(words, readings(words), strict=True):
        text, used = converted(word.text, reading)
        if used == AS_IS or text == word.text:
            continue
        evidence.add(READINGS[used], 1, vietnamese(text))
        start = ends.get(word.line, 0)
        pieces.setdefault(word.line, []).extend((lines[word.line][start : word.start], text))
        ends[word.line] = word.end
    for number, parts in pieces.items():
        whole = "".join(parts) + lines[number][ends[number] :]
        lines[number] = _CUT_HORN.sub(_horned, whole) if "-" in whole else whole


def _horned(match: re.Match[str]) -> str:
    word = f"{match.group(1)}ư"
    return word if vietnamese(word) and not vietnamese(match.group(1)) else match.group()


def _without_lookalikes(lines: list[str], evidence: Evidence) -> list[str]:
    # QÐ and NÐ are no syllables: they are only Vietnamese where the document is.
    neighbourhood = any(_VIETNAMESE.search(line) for line in lines)

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        text = lookalikes.without_lookalikes(word)
        horned = "ƣ" in word or "Ƣ" in word
        if text == word or not (horned or (vietnamese(text) and (neighbourhood or not word.isupper()))):
            return word
        evidence.add(LOOKALIKE, 1, vietnamese(text))
        return text

    return [_with_slashes(WORD.sub(mended, line), evidence) for line in lines]


def _with_slashes(line: str, evidence: Evidence) -> str:
    text = lookalikes.slashes(line)
    if text != line:
        evidence.add(LOOKALIKE, 1, 1)
    return text
