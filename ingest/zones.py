"""Which part of an official text each paragraph is in: letterhead, title, căn cứ, body, closing, signature.

Looks at whole paragraphs from top to bottom. Does not know the outline inside the body.
"""

import re

from corpus.passage import Zone
from corpus.text import strip_diacritics

# Genres of Nghị định 30/2020/NĐ-CP, Phụ lục III, those of the Party, and the laws; as on the title line.
GENRES = (
    "Nghị quyết liên tịch", "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo",
    "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo",
    "Biên bản", "Tờ trình", "Hợp đồng", "Công điện", "Kết luận", "Bộ luật", "Luật", "Pháp lệnh",
    "Nghị định", "Thông tư liên tịch", "Thông tư", "Lệnh", "Công văn",
)  # fmt: skip
_GENRE_LINE = re.compile(rf"^({'|'.join(genre.upper() for genre in GENRES)})\b")
_AUTHORITY = re.compile(
    r"^(HỘI ĐỒNG|[UỦ][ỶY] BAN|QUỐC HỘI|CHÍNH PHỦ|CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|BAN (THƯỜNG VỤ|CHẤP HÀNH)|"
    r"TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|KHO[ÁA]|KHÓA|KỲ HỌP)"
)
_PREAMBLE = re.compile(r"^[-–]?\s*(Căn cứ|Trên cơ sở|Theo đề nghị|Xét|Thực hiện|Sau khi)\b")
_OPERATIVE = re.compile(r"^(QUYẾT NGHỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|YÊU CẦU|BAN HÀNH)\s*:?$")
_BODY_START = re.compile(r"^(Điều \d+[.:]|(Phần|Chương|Mục)\s+\S+|[IVX]+[.\-–]\s|1[.)]\s)", re.IGNORECASE)
_CLOSING = re.compile(r"^(Nghị quyết|Luật|Bộ luật|Pháp lệnh) này\b.{0,40}\b(thông qua|được)\b.*thông qua")
_SIGNATURE = re.compile(r"^(Nơi nhận\s*:|TM\.|T/M\b|KT\.|K/T\b|TL\.|TUQ\.|CHỦ TỊCH$|CHỦ TỌA$)")
_ANNEX = re.compile(r"^PHỤ LỤC\b(?!.*\|)")
_MAX_LETTERHEAD = 30  # paragraphs; a genre word in capitals further down is not the title
_MAX_TITLE = 6
_MAX_CAPITALS = 200  # a longer paragraph in capitals is text, not a heading


def genre_of(paragraph: str) -> str | None:
    """The genre named by a title line, in small letters ("nghị quyết"), else None."""
    match = _GENRE_LINE.match(paragraph)
    if match is None or not is_capitals(paragraph):
        return None
    return match.group(1).lower()


def is_capitals(paragraph: str) -> bool:
    """Whether all letters are capitals."""
    return paragraph.isupper() and len(paragraph) <= _MAX_CAPITALS


def annex_start(paragraph: str) -> bool:
    """Whether a paragraph opens an annex."""
    return _ANNEX.match(paragraph) is not None


def zones(paragraphs: list[str]) -> list[Zone]:
    """The zone of each paragraph. A text without a title line or căn cứ is body from its first line."""
    title = _title_line(paragraphs)
    found: list[Zone] = []
    if title is not None:
        found = [Zone.LETTERHEAD] * title + [Zone.TITLE]
    zone = Zone.TITLE if title is not None else Zone.PREAMBLE
    has_operative = any(_OPERATIVE.match(text) for text in paragraphs[len(found) :])
    for index in range(len(found), len(paragraphs)):
        text = paragraphs[index]
        zone = _next_zone(zone, text, has_operative, index - (title or 0))
        found.append(Zone.PREAMBLE if zone is Zone.BODY and _is_operative(found, text) else zone)
    return found


def _title_line(paragraphs: list[str]) -> int | None:
    for index, text in enumerate(paragraphs[:_MAX_LETTERHEAD]):
        if genre_of(text):
            return index
        if _BODY_START.match(text):
            return None
    return None


def _is_operative(before: list[Zone], text: str) -> bool:
    return bool(_OPERATIVE.match(text)) and before[-1:] in ([Zone.PREAMBLE], [Zone.AUTHORITY], [Zone.TITLE])


def _next_zone(zone: Zone, text: str, has_operative: bool, distance: int) -> Zone:
    if zone in (Zone.TITLE, Zone.AUTHORITY, Zone.PREAMBLE):
        return _before_body(zone, text, has_operative, distance)
    if annex_start(text):
        return Zone.BODY
    if zone is Zone.SIGNATURE or _SIGNATURE.match(text):
        return Zone.SIGNATURE
    if _CLOSING.match(text):
        return Zone.CLOSING
    return Zone.BODY


def _before_body(zone: Zone, text: str, has_operative: bool, distance: int) -> Zone:
    if _OPERATIVE.match(text) or _BODY_START.match(text):
        return Zone.BODY
    if _PREAMBLE.match(text):
        return Zone.PREAMBLE
    if zone is Zone.PREAMBLE:
        # Before an operative marker every paragraph is still căn cứ, however it begins.
        return Zone.PREAMBLE if has_operative else Zone.BODY
    if _AUTHORITY.match(text) and is_capitals(text):
        return Zone.AUTHORITY
    if zone is Zone.TITLE and distance <= _MAX_TITLE and not text.endswith((".", ":", ";")):
        return Zone.TITLE
    return Zone.PREAMBLE if has_operative else Zone.BODY


def plain(text: str) -> str:
    """Lower case without diacritics, for comparing names that old fonts and typists spell differently."""
    return strip_diacritics(text).lower()
