"""Whether the text layer of a PDF page says what the page shows.

Looks for characters the file does not name, for words whose letters are missing ("C N P Ủ" for "CHÍNH PHỦ")
and for marked letters that make no syllable. Old encodings (TCVN3, VNI) are no damage: they are repaired
elsewhere; neither are English, French or figures. Does not repair.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.syllable import is_syllable
from ingest.readers.pdf_chars import UNMAPPED, Page
from ingest.readers.pdf_lines import Line, rows_of

_FEW_CHARACTERS = 100  # a scan may carry a page number or the text of a digital signature
_PICTURE = 0.4  # of the page; seals and signatures cover less than a tenth
_MANY_DRAWINGS = 300  # letters drawn as shapes: a page of 2,000 letters has as many
_BROKEN_WORDS = (
    3  # words with a character that has no name; 0 on 260 sound pages, 27 and more on damaged ones
)
_VOWEL = re.compile(r"[aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.I)
_MARKED = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
# Latin-1 letters and signs that TCVN3 and VNI use for Vietnamese letters and Unicode text does not.
_OLD_ENCODING = re.compile(r"[a-z][¡-¿−∙ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ]|[ÄÅËÏÖØÜäåëïöøü][a-z]", re.I)
_OLD_SHARE = 0.05
# Abbreviations without a vowel that stand alone in capitals, and Roman numerals.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        "BC BS BV CB CC CĐ CN CP CQ CT CV DN DV ĐB ĐC ĐD ĐT GD GS GV HC HĐ HN HS HT KH KP KT KV LĐ LS MT NC "
        "NĐ NN NQ NV PC PL PT QĐ QH QL SX TB TC TH TK TL TM TP TS TT TW VB VH VN VP VT XD XH",
    )
)
_ROMAN = re.compile(r"[IVXLCDM]+")
_CAPITALS_SHARE = 0.8  # of the words of a heading
_FEWEST_WORDS = 40  # to judge a page by its share of syllables
_LEAST_SYLLABLES = 0.7  # sound pages: 0.9 and more of the words with Vietnamese letters


@dataclass(frozen=True, slots=True)
class Damage:
    """`scan`: the page is a picture. `broken`: no word of the text layer can be trusted. `holes`: words with
    a character that has no name, the others are sound. `gaps`: headings that have lost letters.
    """

    scan: bool = False
    broken: bool = False
    holes: int = 0
    gaps: int = 0

    @property
    def partial(self) -> bool:
        """Whether the rest of the page is sound."""
        return not (self.scan or self.broken)


def damage_of(page: Page) -> Damage:
    """What is wrong with the text of a page."""
    if page.characters < _FEW_CHARACTERS and (page.picture >= _PICTURE or page.drawings >= _MANY_DRAWINGS):
        return Damage(scan=True)
    texts = [word.text for word in page.words]
    if _no_syllables(texts):
        return Damage(broken=True)
    # A lone one is a bullet.
    holes = sum(UNMAPPED in text and any(char.isalnum() for char in text) for text in texts)
    return Damage(
        holes=holes if holes >= _BROKEN_WORDS else 0, gaps=sum(map(lost_letters, rows_of(page.words)))
    )


def _no_syllables(texts: Sequence[str]) -> bool:
    tokens = [token.lower() for text in texts for token in re.findall(r"[^\W\d_]+", text)]
    old = sum(_OLD_ENCODING.search(text) is not None for text in texts)
    if len(tokens) < _FEWEST_WORDS or old >= _OLD_SHARE * len(texts):
        return False
    marked = [token for token in tokens if _MARKED.search(token)]
    enough = len(marked) >= _FEWEST_WORDS / 4
    return enough and sum(map(is_syllable, marked)) < _LEAST_SYLLABLES * len(marked)


def lost_letters(row: Line) -> int:
    """1 for a heading in capitals with rests of words without a vowel: "NG Ị ĐỊN", "C N P Ủ"."""
    words = [word.text.strip(".,;:()“”\"'") for word in row.words]
    letters = [word for word in words if word.isalpha()]
    capitals = sum(word.isupper() for word in letters)
    if len(letters) < 2 or capitals < _CAPITALS_SHARE * len(letters):
        return 0
    rests = [_is_rest(word) for word in letters]
    return int(sum(rests) >= 2 or (sum(rests) == 1 and len(letters) >= 4 and _rest_inside(letters, rests)))


def _is_rest(word: str) -> bool:
    short = len(word) <= 2 and word.isupper() and not _VOWEL.search(word)
    return (
        short
        and word not in _ABBREVIATIONS
        and not (_ROMAN.fullmatch(word) and word not in ("C", "L", "M", "D"))
    )


def _rest_inside(letters: list[str], rests: list[bool]) -> bool:
    """Whether the one rest stands between words: "QUY ĐỊN C UNG", unlike "NHÓM B" and "K = 1"."""
    at = rests.index(True)
    return 0 < at < len(letters) - 1
