"""Which part of an official text each paragraph is in: letterhead, title, căn cứ, body, closing, signature.

Looks at whole paragraphs from top to bottom. Does not know the outline inside the body.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.passage import Heading, Level, Zone
from ingest.genres import attached_genre_of, genre_of, is_capitals
from ingest.letterhead import ADDRESSEE, letterhead
from ingest.markers import article, division, item, opens_body
from ingest.names import is_person_name, person_name
from ingest.parts import after_signature, annex, attached, letterhead_lines, starts_over
from ingest.printed_number import number_at_start

_AUTHORITY = re.compile(
    r"^(HỘI ĐỒNG|THƯỜNG TRỰC|[UỦ][ỶY] BAN|QUỐC HỘI|CHÍNH PHỦ|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|"
    r"BAN (THƯỜNG VỤ|CHẤP HÀNH)|"
    r"TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|KHO[ÁA]|KHÓA|KỲ HỌP)"
)
_PREAMBLE = re.compile(r"^[-–]?\s*(Căn cứ|Trên cơ sở|Theo đề nghị|Xét|Thực hiện|Sau khi)\b")
_OPERATIVE = re.compile(
    r"^(?:(QUYẾT NGHỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|YÊU CẦU|BAN HÀNH)\s*:?|"
    r"(?:[^\W\d_a-z]+ ){2,16}(?:QUYẾT NGHỊ|QUYẾT ĐỊNH)\s*:?)$"
)
# "Luật này đã được Quốc hội … thông qua", not "Nghị quyết này được xây dựng theo Luật đã được … thông qua".
_CLOSING = re.compile(
    r"^(?:Nghị quyết|Luật|Bộ luật|Pháp lệnh) này\b,?\s*(?:đã )?được\s+"
    r"(?:(?:Quốc hội|Hội đồng|HĐND|[UỦ][ỷy] ban|Đại hội|Ban Chấp hành)\b[^.;]*?)?thông qua\b"
)
_SIGNATURE = re.compile(r"^(Nơi nhận\s*:|TM\.|T/M\b|KT\.|K/T\b|TL\.|TUQ\.)")
_OFFICE_ALONE = re.compile(r"^(CHỦ TỊCH|CHỦ TỌA|CHỦ TOẠ)$")
_MAX_LETTERHEAD = 45  # paragraphs; a genre word in capitals further down is not the title
_MAX_TITLE = 6
_LONGEST_TITLE = 600  # characters; the longest trích yếu of the test corpus has 420
_ROW = "| "  # what the caller puts before a row of a table


@dataclass(frozen=True, slots=True)
class Zoned:
    """The zone of a paragraph, and the annex or attached text that begins with it."""

    zone: Zone
    part: Heading | None = None


class _Ahead(IntEnum):
    """What of an outline follows a paragraph before the next signature or part."""

    NOTHING = 0
    NUMBERS = 1
    ARTICLES = 2


def zones(paragraphs: list[str], quoted: list[bool]) -> list[Zoned]:
    """The zone of each paragraph. A text without a title line or căn cứ is body from its first line."""
    title = _title_line(paragraphs)
    if title is not None:
        found = [Zoned(Zone.LETTERHEAD)] * title + [Zoned(Zone.TITLE)]
    else:
        found = [Zoned(zone) for zone in letterhead(paragraphs[:_MAX_LETTERHEAD])]
    zone = Zone.TITLE if title is not None else Zone.PREAMBLE
    if not found and paragraphs and annex(paragraphs[0], ended=True):
        zone = Zone.BODY  # an annex that is a file of its own
    body = _Body(paragraphs, quoted, zone)
    has_operative = any(_OPERATIVE.match(text) for text in paragraphs[len(found) :])
    for index in range(len(found), len(paragraphs)):
        text = paragraphs[index]
        if body.zone in (Zone.TITLE, Zone.AUTHORITY, Zone.PREAMBLE):
            body.zone = _before_body(body.zone, text, has_operative, index - (title or 0))
            operative = body.zone is Zone.BODY and _OPERATIVE.match(text)
            found.append(Zoned(Zone.PREAMBLE if operative else body.zone))
        else:
            found.append(body.read(index))
    return found


class _Body:
    """From the first Điều on: where parts begin and end, and where they are signed."""

    def __init__(self, paragraphs: list[str], quoted: list[bool], zone: Zone) -> None:
        self.zone = zone
        self._paragraphs = paragraphs
        self._quoted = quoted
        self._ahead = _ahead(paragraphs)
        self._part: Heading | None = None
        self._signed = False  # the signer's name has been read
        self._title_at = 0  # where the title of another document of the file stands, below its letterhead

    def read(self, index: int) -> Zoned:
        """The zone of the paragraph; to be asked for every one, in order."""
        if self._quoted[index]:
            return Zoned(self.zone)
        if self.zone is not Zone.LETTERHEAD and (head := letterhead_lines(self._paragraphs, index)):
            self._title_at, self.zone = index + head, Zone.LETTERHEAD
        if index < self._title_at:
            return Zoned(Zone.LETTERHEAD)
        begins = self._begins(index)
        if begins:
            self.zone, self._part, self._signed = Zone.BODY, begins, False
        else:
            text = self._paragraphs[index]
            if self._part and self.zone is Zone.SIGNATURE and after_signature(text):
                self.zone = Zone.BODY  # a form of the annex was signed, not the annex
            self.zone = _after_start(self.zone, self._paragraphs, index, self._ahead[index])
            self._note_signature(text)
        return Zoned(self.zone, begins)

    def _begins(self, index: int) -> Heading | None:
        found = _part(self._paragraphs, index, self.zone, self._part, self._ahead[index])
        if found or not self._signed:
            return found
        in_annex = self._part is not None and self._part.level is Level.ANNEX
        return None if in_annex else after_signature(self._paragraphs[index])

    def _note_signature(self, text: str) -> None:
        # Recipients may stand below the name; they are no text of their own.
        recipients = text.startswith("Nơi nhận")
        signs = self.zone is Zone.SIGNATURE and not recipients
        self._signed = signs and (self._signed or person_name(text) is not None)


def _title_line(paragraphs: list[str]) -> int | None:
    for index, text in enumerate(paragraphs[:_MAX_LETTERHEAD]):
        if genre_of(text) and not (text.endswith(":") and _OPERATIVE.match(text)):
            return index
        if _in_gazette(text, paragraphs[index + 1 : index + 2]):
            return index
        if opens_body(text) or ADDRESSEE.match(text):
            return None
    return None


def _in_gazette(text: str, below: list[str]) -> bool:
    """Whether a genre in small letters is the title: "Quyết định⏎của Thủ tướng số 115/2004/QĐ-TTg"."""
    return genre_of(text.upper()) == text.lower() and bool(below) and number_at_start(below[0]) is not None


def _part(
    paragraphs: list[str], index: int, zone: Zone, inside: Heading | None, ahead: _Ahead
) -> Heading | None:
    """The part that begins here. An annex holds forms with titles and signatures of their own."""
    if paragraphs[index].startswith(_ROW):
        return None
    in_annex = inside is not None and inside.level is Level.ANNEX
    ended = zone is not Zone.BODY or index == 0 or paragraphs[index - 1].endswith("./.")
    may_be_named = ended or in_annex or (inside is not None and ahead is not _Ahead.ARTICLES)
    found = annex(paragraphs[index], may_be_named)
    return (
        found if found or (in_annex and zone is not Zone.LETTERHEAD) else attached(paragraphs, index, ended)
    )


def _ahead(paragraphs: list[str]) -> list[_Ahead]:
    found = [_Ahead.NOTHING] * len(paragraphs)
    for index in range(len(paragraphs) - 1, 0, -1):
        text = paragraphs[index]
        if _SIGNATURE.match(text) or annex(text, ended=True) or attached_genre_of(text) or starts_over(text):
            continue
        if article(text) or division(text):
            found[index - 1] = _Ahead.ARTICLES
        else:
            found[index - 1] = max(found[index], _Ahead.NUMBERS if item(text) else _Ahead.NOTHING)
    return found


def _after_start(zone: Zone, paragraphs: list[str], index: int, ahead: _Ahead) -> Zone:
    text = paragraphs[index]
    if zone in (Zone.SIGNATURE, Zone.CLOSING) or _SIGNATURE.match(text):
        return Zone.SIGNATURE
    if _OFFICE_ALONE.match(text):
        # With a name below it signs; without one it may head a list of members.
        named = index + 1 < len(paragraphs) and is_person_name(paragraphs[index + 1])
        return Zone.SIGNATURE if ahead <= (_Ahead.NUMBERS if named else _Ahead.NOTHING) else Zone.BODY
    if _CLOSING.match(text) and ahead is _Ahead.NOTHING:
        return Zone.CLOSING
    return Zone.BODY


def _before_body(zone: Zone, text: str, has_operative: bool, distance: int) -> Zone:
    if _OPERATIVE.match(text) or opens_body(text):
        return Zone.BODY
    if _PREAMBLE.match(text):
        return Zone.PREAMBLE
    if zone is Zone.PREAMBLE:
        # Before an operative marker every paragraph is still căn cứ, however it begins.
        return Zone.PREAMBLE if has_operative else Zone.BODY
    if _AUTHORITY.match(text) and is_capitals(text):
        return Zone.AUTHORITY
    may_be_title = distance <= _MAX_TITLE and len(text) <= _LONGEST_TITLE and not text.startswith(_ROW)
    if zone is Zone.TITLE and may_be_title and not text.endswith((".", ":", ";")):
        return Zone.TITLE
    return Zone.PREAMBLE if has_operative else Zone.BODY
