"""The same question as other people would have typed it.

Every variant is drawn from the question's own text and a seed, so it is the same on every machine. Knows
spelling and keyboards; does not know what the product can undo.
"""

import random
import re
import unicodedata
from collections.abc import Callable

from corpus.text import nfc, strip_diacritics

_WORD = re.compile(r"[^\W\d_]+")
_WORDS_A_SLIP = 8
_LEAST_LETTERS = 3  # of a word that gets a slip: a shorter one would become another word
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # circumflex doubles the letter
# Tone on the first or on the second vowel of an open syllable: "hòa" and "hoà". Not after q: "quý" is one way
# only.
_FIRST = re.compile(r"(?<![qQ])([ou])([\u0300\u0301\u0309\u0303\u0323])([aey])(?!\w)", re.IGNORECASE)
_LAST = re.compile(r"(?<![qQ])([ou])([aey])([\u0300\u0301\u0309\u0303\u0323])(?!\w)", re.IGNORECASE)
# As officials write them; a list of its own, so that the product's lexicon is not measured against itself.
_SHORT_FORMS = {
    "ủy ban nhân dân": "UBND",
    "uỷ ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "giải phóng mặt bằng": "GPMB",
    "cải cách hành chính": "CCHC",
    "thủ tục hành chính": "TTHC",
    "kinh tế - xã hội": "KT-XH",
    "kinh tế xã hội": "KTXH",
    "chuyển đổi số": "CĐS",
    "công nghệ thông tin": "CNTT",
    "quốc phòng - an ninh": "QP-AN",
    "an ninh trật tự": "ANTT",
    "an toàn giao thông": "ATGT",
    "phòng cháy chữa cháy": "PCCC",
    "bảo hiểm xã hội": "BHXH",
    "bảo hiểm y tế": "BHYT",
    "ngân sách nhà nước": "NSNN",
    "đầu tư công": "ĐTC",
    "doanh nghiệp": "DN",
    "khu công nghiệp": "KCN",
    "quản lý nhà nước": "QLNN",
    "xây dựng": "XD",
    "nông thôn mới": "NTM",
    "giáo dục và đào tạo": "GD&ĐT",
    "khoa học và công nghệ": "KH&CN",
    "văn bản": "VB",
    "nghị quyết": "NQ",
    "chỉ thị": "CT",
    "kế hoạch": "KH",
}
_LONGEST_FIRST = re.compile(
    "|".join(sorted(map(re.escape, _SHORT_FORMS), key=len, reverse=True)), re.IGNORECASE
)


def variants(question: str, seed: int) -> dict[str, str]:
    """Name of the variant to its text; variants that leave the question as it is are absent."""
    made = {name: variant(name, question, seed) for name in NAMES}
    return {name: text for name, text in made.items() if text != question}


def variant(name: str, question: str, seed: int) -> str:
    """The variant of that name, one of NAMES; the question itself where it leaves nothing."""
    text = _ALL[name](question, random.Random(f"{seed}:{name}:{question}"))
    return text if text.strip() else question


def _half_accents(question: str, draw: random.Random) -> str:
    return _WORD.sub(lambda m: strip_diacritics(m.group()) if draw.random() < 0.5 else m.group(), question)


def _tone_placement(question: str, draw: random.Random) -> str:
    """The tone mark of an open syllable on the other vowel."""
    # Only the tones apart: a circumflex or horn belongs to its letter.
    apart = "".join(_tone_apart(letter) for letter in nfc(question))
    moved = _FIRST.sub(r"\1\3\2", apart)
    return nfc(moved if moved != apart else _LAST.sub(r"\1\3\2", apart))


def _tone_apart(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks if mark in _TONES)
    return nfc("".join(mark for mark in marks if mark not in _TONES)) + tones


def _slips(question: str, draw: random.Random) -> str:
    """A slip of the finger in one word of eight, one at least."""
    places = [m.span() for m in _WORD.finditer(question) if m.end() - m.start() >= _LEAST_LETTERS]
    if not places:
        return question
    chosen = draw.sample(places, max(1, len(places) // _WORDS_A_SLIP))
    for start, end in sorted(chosen, reverse=True):
        question = question[:start] + _slipped(question[start:end], draw) + question[end:]
    return question


def _slipped(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    kind = draw.choice(("swapped", "dropped", "doubled", "neighbour"))
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    return word[:at] + _neighbour(word[at], draw) + word[at + 1 :]


def _neighbour(letter: str, draw: random.Random) -> str:
    plain = strip_diacritics(letter).lower()
    row = next((row for row in _ROWS if plain in row), "")
    at = row.find(plain)
    beside = [row[i] for i in (at - 1, at + 1) if row and 0 <= i < len(row)]
    return draw.choice(beside) if beside else letter


def _abbreviated(question: str, draw: random.Random) -> str:
    return _LONGEST_FIRST.sub(lambda match: _SHORT_FORMS[match.group().lower()], nfc(question))


def _telex(question: str, draw: random.Random) -> str:
    """Typed for a Vietnamese keyboard that was switched off: "xử lý" as "xuwr lys"."""
    return _WORD.sub(lambda match: _telex_keys(match.group()), question)


def _telex_keys(word: str) -> str:
    keys, tone = "", ""
    for letter in nfc(word):
        apart = unicodedata.normalize("NFD", letter)
        base, marks = apart[0], apart[1:]
        keys += "dd" if letter == "đ" else "Dd" if letter == "Đ" else base
        for mark in marks:
            if mark in _TONES:
                tone = _TONES[mark]
            elif mark in _SHAPES:
                keys += _SHAPES[mark] or base.lower()
    return keys + tone


def _without_mark(question: str, draw: random.Random) -> str:
    return question.rstrip(" ?!.…")


_ALL: dict[str, Callable[[str, random.Random], str]] = {
    "no_diacritics": lambda question, draw: strip_diacritics(question),
    "half_accents": _half_accents,
    "tone_placement": _tone_placement,
    "nfd": lambda question, draw: unicodedata.normalize("NFD", question),
    "typing_slips": _slips,
    "abbreviations": _abbreviated,
    "telex_keys": _telex,
    "upper_case": lambda question, draw: question.upper(),
    "no_question_mark": _without_mark,
}
NAMES = tuple(_ALL)
