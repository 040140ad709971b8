"""Telex and VNI keystrokes that were left in the text: "xuwr lys racs", "xu73 ly1 ra1c".

Undoes the keys of one word; whether the result is meant is judged by the reader of the whole question.
"""

import re

from corpus.syllable import is_syllable, spelling, with_tone

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_DOUBLES = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"))
_VNI_MARKS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"u": "ư", "o": "ơ"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VNI = re.compile(r"(?=.*[1-9])[^\W\d_](?:[^\W\d_]|[1-9])*")
_SHORTEST_VNI = 3  # "a1" is the label of a point
_UO = re.compile("ư(?=[ơờớởỡợ])")
_HORN = {"u": "ư", "o": "ơ"}
# A tone key comes after a vowel; "truongf" has an r of its own before it.
_TELEX_TONE = re.compile(r"(?<=[aeiouyâăêôơưw])[sfrxj]|(?<=[cgmnpth])[sfrxj]$")


def typed_out(word: str) -> str | None:
    """The syllable that the keystrokes of `word` (lower case) stand for; None when they stand for none."""
    for decode in (_telex, _vni):
        decoded = decode(word)
        if decoded is None or decoded == word:
            continue
        for form in (decoded, _UO.sub("u", decoded)):  # "thuowr" is "thuở"
            if is_syllable(form):
                return form
    return None


def _telex(word: str) -> str | None:
    if not re.fullmatch(r"[^\W\d_]+", word):
        return None
    tone = ""
    if found := _TELEX_TONE.search(word):
        tone = _TELEX_TONES[found.group()]
        word = word[: found.start()] + word[found.end() :]
    for keys, letter in _TELEX_DOUBLES:
        word = word.replace(keys, letter, 1)
    if "w" in word:
        word = _with_horn(word)
    return None if re.search(r"[wfjz]", word) else _toned(word, tone)


def _with_horn(word: str) -> str:
    """Apply one "w", wherever it was typed, to the vowel before it."""
    before, _, after = word.partition("w")
    if match := re.search(r"uo(?=[^aeou]*$)", before):
        before = before[: match.start()] + "ươ" + before[match.end() :]
    elif match := re.search(r"[aou](?=[^aou]*$)", before):
        letter = {"a": "ă", **_HORN}[match.group()]
        before = before[: match.start()] + letter + before[match.end() :]
    else:
        before += "ư"
    # "uwow" types ư and ơ one by one.
    return before + (
        _with_horn_again(after) if "w" in after else after.replace("o", "ơ", before.endswith("ư"))
    )


def _with_horn_again(after: str) -> str:
    letters, _, rest = after.partition("w")
    return re.sub(r"o(?=[^o]*$)", "ơ", letters) + rest


def _vni(word: str) -> str | None:
    if len(word) < _SHORTEST_VNI or not _VNI.fullmatch(word):
        return None
    letters: list[str] = []
    tone = ""
    for char in word:
        if char in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[char]
        elif char in _VNI_MARKS:
            if not _mark(letters, _VNI_MARKS[char]):
                return None
        else:
            letters.append(char)
    return _toned("".join(letters), tone)


def _mark(letters: list[str], marks: dict[str, str]) -> bool:
    """Put a mark on the last letter that takes it; "uo7" marks both."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in marks:
            letters[at] = marks[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
            return True
    return False


def _toned(word: str, tone: str) -> str | None:
    if not tone:
        return word
    return None if spelling(word).tone else with_tone(word, tone)
