"""Where an annex, or a text issued together with a decision, begins: its numbering starts again at 1.

Does not know zones: the caller says whether the closing formula or the signature has been passed.
"""

import re
from itertools import islice

from corpus.passage import Heading, Level
from ingest.capitals import UPPER
from ingest.genres import attached_genre_at_start, attached_genre_of, genre_of, is_capitals
from ingest.issuer import names_body
from ingest.markers import article, division, opens_body

_ANNEX = re.compile(r"^PHỤ LỤC\b(?!.*\|)\s*(?:SỐ\s*)?(?:([IVXLC]+|\d{1,3}[A-Z]?)\b)?")
_ANNEX_LINE = re.compile(
    rf"^Phụ lục\s*(?:số\s*)?([IVXLC]+|\d{{1,3}}[A-Za-z]?)?\s*[.:]?(?:$|\s(?=[{UPPER}]{{2,}} [{UPPER}]{{2,}}))"
)
_ANNOUNCEMENT = re.compile(r"^\(?(?:Ban hành )?[Kk]èm theo\b|^\(Ban hành (?:theo|cùng)\b")
_ANNOUNCED_WITHIN = 5  # lines from the title line to "(Ban hành kèm theo …)"
_OFFICE = re.compile(
    r"^(?:TM|T/M|KT|K/T|TL|TUQ|Q)\b|^(?:PHÓ |QUYỀN )?(?:CHỦ |GIÁM |TRƯỞNG|BÍ |CHÁNH|TỔNG|HIỆU )"
)
_MOTTO = re.compile(r"CỘNG H[ÒO][ÀA] XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM$")
_COUNTRY = "VIỆT NAM"
_DOTS = re.compile(r"\.{3}|…")
_BASIS = re.compile(r"[-–]?\s?(?:Căn cứ|Thực hiện|Xét|Theo đề nghị)\b|Điều 1[.:]|I[.-]")
_LONGEST_HEAD = 10  # paragraphs
_TO_BASIS = 12
_ISSUER = 3  # paragraphs of the left column, which is read before the right one
_FIRST = frozenset({"I", "1", "thứ nhất", "THỨ NHẤT"})
_UNNAMED = "Văn bản"
_LEAST_TEXT = 40  # characters; stamps and second signers are shorter


def annex(text: str, ended: bool) -> Heading | None:
    """The annex that a paragraph opens. In small letters it has to stand alone, the text having `ended`."""
    if text[:1] != "P":
        return None
    match = _ANNEX.match(text) or (_ANNEX_LINE.match(text) if ended else None)
    return Heading(Level.ANNEX, match.group(1) or "") if match else None


def attached(paragraphs: list[str], index: int, ended: bool) -> Heading | None:
    """The attached text that a paragraph opens.

    After the signature a title line says so, "(Ban hành kèm theo …)", or a Điều 1 where nothing should be;
    before it only a title line with that announcement does.
    """
    text = paragraphs[index]
    genre = attached_genre_of(text) if ended else genre_of(text)
    if genre and (ended or _is_announced(paragraphs, index)):
        return Heading(Level.ATTACHED, genre.capitalize(), text[len(genre) :].strip(" :."))
    unnamed = ended and (
        starts_over(text)
        or _ANNOUNCEMENT.match(text)
        or (is_capitals(text) and not _OFFICE.match(text) and _is_announced(paragraphs, index))
    )
    return Heading(Level.ATTACHED, _UNNAMED) if unnamed else None


def after_signature(text: str) -> Heading | None:
    """The attached text that begins with what follows the signer's name, being no part of the signature."""
    if genre := attached_genre_at_start(text):
        return Heading(Level.ATTACHED, genre.capitalize(), text[len(genre) :].strip(" :."))
    signs = _OFFICE.match(text) or names_body(text) or text[0] in "-–+(/[" or text[-1] in ";,"
    return None if signs or len(text) < _LEAST_TEXT else Heading(Level.ATTACHED, _UNNAMED)


def letterhead_lines(paragraphs: list[str], index: int) -> int:
    """How many paragraphs from `index` are the letterhead of another document of the file; 0 for none.

    Forms in annexes have letterheads, too: dots to fill in tell them apart.
    """
    if _COUNTRY not in paragraphs[index] or not _MOTTO.search(paragraphs[index]):
        return 0
    if any(_DOTS.search(text) for text in islice(paragraphs, max(0, index - _ISSUER), index)):
        return 0
    for title in range(index + 1, min(index + 1 + _LONGEST_HEAD, len(paragraphs))):
        if _DOTS.search(paragraphs[title]) or opens_body(paragraphs[title]):
            return 0
        if genre_of(paragraphs[title]) and not paragraphs[title].endswith(":"):
            return title - index if _has_basis(paragraphs, title) else 0
    return 0


def _has_basis(paragraphs: list[str], title: int) -> bool:
    return any(_BASIS.match(text) for text in islice(paragraphs, title + 1, title + 1 + _TO_BASIS))


def starts_over(text: str) -> bool:
    """Whether a paragraph is the first Điều, Chương or Phần of a text."""
    opened = article(text) or division(text)
    return opened is not None and opened.level is not Level.SECTION and opened.number in _FIRST


def _is_announced(paragraphs: list[str], index: int) -> bool:
    named = attached_genre_of(paragraphs[index])
    for text in islice(paragraphs, index + 1, index + 1 + _ANNOUNCED_WITHIN):
        if _ANNOUNCEMENT.match(text):
            return True
        # "ỦY BAN NHÂN DÂN …" above "QUY ĐỊNH" is its letterhead.
        if opens_body(text) or _OFFICE.match(text) or (not named and attached_genre_of(text)):
            return False
    return False
