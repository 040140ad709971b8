"""Letters of the old Vietnamese fonts, as readers that do not know them give them (Windows-1252).

TCVN3 (.VnTime) has one character a letter and no toned capitals: .VnTimeH draws those with small letters.
VNI has a base letter followed by a character for mark and tone. Windows-1258 has base letters followed by a
combining tone. Converts words; does not judge whether a word was written that way.
"""

import re
import unicodedata

_TCVN3_LETTERS = (
    "àµ á¸ ả¶ ã· ạ¹ ă¨ ằ» ắ¾ ẳ¼ ẵ½ ặÆ â© ầÇ ấÊ ẩÈ ẫÉ ậË đ® èÌ éÐ ẻÎ ẽÏ ẹÑ êª ềÒ ếÕ ểÓ ễÔ ệÖ ì× íÝ ỉØ ĩÜ ịÞ "
    "òß óã ỏá õâ ọä ô« ồå ốè ổæ ỗç ộé ơ¬ ờê ớí ởë ỡì ợî ùï úó ủñ ũò ụô ư\u00ad ừõ ứø ửö ữ÷ ựù ỳú ýý ỷû ỹü ỵþ "
    "Ă¡ Â¢ Đ§ Ê£ Ô¤ Ơ¥ Ư¦"
)
# PDF writers give the glyphs of .VnTime other names: minus sign and bullet operator for ư and ã.
_TCVN3_IN_PDF = {"\u2212": "ư", "\u2219": "ã", "\u03bc": "à"}
TCVN3: dict[str, str] = {pair[1]: pair[0] for pair in _TCVN3_LETTERS.split(" ")} | _TCVN3_IN_PDF
_TCVN3_TABLE = str.maketrans(TCVN3)
_TCVN3_FOREIGN = re.compile(rf"[^A-Za-z{re.escape(''.join(TCVN3))}]")

GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_TONES = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
_VNI_CIRCUMFLEX = {"â": "", "á": ACUTE, "à": GRAVE, "å": HOOK, "ã": TILDE, "ä": DOT}
_VNI_BREVE = {"ê": "", "é": ACUTE, "è": GRAVE, "ú": HOOK, "ü": TILDE, "ë": DOT}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni_pairs() -> dict[str, str]:
    """Two-character letters, lower case: "aø" to "à", "eä" to "ệ", "öõ" to "ữ"."""
    pairs = {
        base + mark: _VNI_SINGLE.get(base, base) + tone
        for base in "aeouyôö"
        for mark, tone in _VNI_TONES.items()
    }
    pairs |= {
        base + mark: base + _CIRCUMFLEX + tone for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()
    }
    pairs |= {"a" + mark: "a" + _BREVE + tone for mark, tone in _VNI_BREVE.items()}
    # The tone typed as a character of its own behind the circumflex ("VEÂØ"), seen in slides.
    pairs |= {
        base + "â" + mark: base + _CIRCUMFLEX + tone for base in "aeo" for mark, tone in _VNI_TONES.items()
    }
    pairs |= {"aê" + mark: "a" + _BREVE + tone for mark, tone in _VNI_TONES.items()}
    return {pair: unicodedata.normalize("NFC", letter) for pair, letter in pairs.items()}


VNI: dict[str, str] = _vni_pairs() | _VNI_SINGLE
_VNI_UNIT = re.compile("|".join(sorted(VNI, key=len, reverse=True)) + "|[a-z]|(.)", re.IGNORECASE | re.DOTALL)
_1258_OF_1252 = {
    character: bytes([byte]).decode("cp1258")
    for byte in range(0xC0, 0x100)
    if (character := bytes([byte]).decode("cp1252")) != bytes([byte]).decode("cp1258")
}
_1258_TABLE = str.maketrans(_1258_OF_1252)
_1258_FOREIGN = re.compile(r"[^A-Za-zÀ-ÿ]")


def from_tcvn3(word: str) -> str | None:
    """A word of .VnTime in Unicode; None when it holds a character that TCVN3 has not."""
    return None if _TCVN3_FOREIGN.search(word) else word.translate(_TCVN3_TABLE)


def from_vni(word: str) -> str | None:
    """A word of a VNI font in Unicode; None when it is not made of VNI letters."""
    letters: list[str] = []
    for unit in _VNI_UNIT.finditer(word):
        if unit.group(1):
            return None
        typed = unit.group()
        letter = VNI.get(typed.lower(), typed)
        letters.append(letter.upper() if typed[0].isupper() else letter)
    return "".join(letters)


def from_windows_1258(word: str) -> str | None:
    """A word of code page 1258 that was read as 1252, in Unicode; None when it cannot be one."""
    if _1258_FOREIGN.search(word):
        return None
    return unicodedata.normalize("NFC", word.translate(_1258_TABLE))
