"""VIQR: Vietnamese in seven bits, marks and tones as punctuation behind the letter ("Ngu+o+`i da^n").

Every mark is also plain punctuation, so a word is only converted when it becomes a syllable, in a line where
most such words do. A dot or question mark behind a vowel at the end of a sentence is taken as punctuation,
unless the document marks its punctuation ("\\."): then every bare one is a tone.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.encodings.plausible import vietnamese
from ingest.encodings.tables import ACUTE, DOT, GRAVE, HOOK, TILDE

_MARKS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_TONES = {"'": ACUTE, "`": GRAVE, "?": HOOK, "~": TILDE, ".": DOT}
# What no other writing has: a circumflex, a horn or a breve behind its vowel, in front of a letter or a tone.
SUSPECT = re.compile(r"[aeo]\^|[ou][+*][`'?~.a-z]|a\([`'?~.a-z]", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z](?:[A-Za-z^(+*'`?~]|\.(?=[A-Za-z^(+*'`?~]))*\.?")
_LETTER = re.compile(r"(dd)|([aeo]\^|a\(|[ou][+*]|[aeiouy])(['`?~.]?)|([a-z])", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\s*$|[\"”')\]]*\s+[\"“(]?[A-Z]")
_ENOUGH_WORDS, _ENOUGH_SHARE = 3, 0.8
_BEYOND = re.compile("[À-ɏḀ-ỿ]")


def seven_bit(line: str) -> bool:
    """Whether all letters of a line are ASCII, as in VIQR; dashes and quotes may be others."""
    return line.isascii() or not _BEYOND.search(line)


@dataclass(frozen=True, slots=True)
class Converted:
    """A line after conversion: how many words had marks, and how many of those became syllables."""

    text: str
    marked: int
    sound: int


def convert_lines(lines: Sequence[str]) -> tuple[list[str], int, int]:
    """The lines with VIQR converted; words with marks, and sound ones among them, in the converted lines.

    Nothing is converted unless the document holds several words with a mark that only VIQR has, and nearly
    all words with marks are Vietnamese.
    """
    if sum(len(SUSPECT.findall(line)) for line in lines if seven_bit(line)) < _ENOUGH_WORDS:
        return list(lines), 0, 0
    escapes = any("\\." in line for line in lines)
    found = [_convert(line, escapes) if seven_bit(line) else Converted(line, 0, 0) for line in lines]
    kept = [line.sound > 0 and line.sound >= _ENOUGH_SHARE * line.marked for line in found]
    marked = sum(line.marked for line, keep in zip(found, kept, strict=True) if keep)
    sound = sum(line.sound for line, keep in zip(found, kept, strict=True) if keep)
    if sound < _ENOUGH_WORDS:
        return list(lines), 0, 0
    texts = [new.text if keep else old for old, new, keep in zip(lines, found, kept, strict=True)]
    return texts, marked, sound


def _convert(line: str, escapes: bool) -> Converted:
    marked = sound = 0
    pieces: list[str] = []
    last = 0
    for match in _WORD.finditer(line):
        written = match.group()
        sentence_end = not escapes and _SENTENCE_END.match(line, match.end()) is not None
        word, rest = _decoded(written, sentence_end)
        if word + rest == written:
            continue
        marked += 1
        if vietnamese(word):
            sound += 1
            pieces += [line[last : match.start()], word, rest]
            last = match.end()
    text = "".join([*pieces, line[last:]])
    return Converted(text.replace("\\.", ".").replace("\\?", "?") if sound else line, marked, sound)


def _decoded(written: str, sentence_end: bool) -> tuple[str, str]:
    """A word in Unicode and the punctuation behind it."""
    letters: list[str] = []
    at = 0
    while letter := _LETTER.match(written, at):
        crossed, vowel, tone, plain = letter.groups()
        if sentence_end and tone in (".", "?") and letter.end() == len(written):
            tone = ""
        at = letter.end() if tone or not letter.group(3) else letter.end() - 1
        if crossed:
            letters.append("Đ" if crossed[0] == "D" else "đ")
        elif plain:
            letters.append(plain)
        else:
            letters.append(vowel[0] + _MARKS.get(vowel[1:], "") + _TONES.get(tone, ""))
    return unicodedata.normalize("NFC", "".join(letters)), written[at:]
