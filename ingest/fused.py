"""Letterhead, title and căn cứ that an export has put into one line: a paragraph each again.

Cuts only above the first Điều, and only where a new paragraph of a letterhead is certain. Nothing but the
blank at the cut is changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ingest.capitals import UPPER
from ingest.extract import Block
from ingest.genres import GENRES, is_capitals
from ingest.markers import article

_HEAD = 60  # paragraphs
_MOTTO = r"CỘNG H[ÒO][ÀA] XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_NAMES = rf"(?:TP\.\s?)?[{UPPER}][\w.]*(?: (?:phố|tỉnh|[{UPPER}])[\w.]*){{0,4}}"
_GENRE = "|".join(sorted((genre.upper() for genre in GENRES), key=len, reverse=True))
# Each alternative is a place between two words where the line is cut.
_CUTS = (
    re.compile(rf" (?={_MOTTO})|(?<=CHỦ NGHĨA VIỆT NAM) "),
    re.compile(r" (?=ĐẢNG CỘNG SẢN VIỆT NAM$)"),
    re.compile(r" (?=Độc lập ?[-–] ?Tự do ?[-–] ?Hạnh phúc)|(?<=Hạnh phúc) "),
)
_NUMBER_LINE = re.compile(r"(?:Số|Luật số|Nghị quyết số)\s*:|Số\s+\d+\s?-[A-ZĐ]")
_SUBJECT = re.compile(r" (?=V/v\b)")
_PLACE = re.compile(rf" (?={_NAMES}, ngày)")
_AFTER_DATE = re.compile(rf"(?<=năm (?:19|20)\d\d) (?={_GENRE}\b)")
_TITLE = re.compile(rf"(?:{_GENRE})(?= [^:])")
_BASIS = re.compile(r"(?<=[;.,]) (?=Căn cứ |Theo đề nghị |Xét (?:đề nghị|Tờ trình|Báo cáo) )")
_BASIS_AFTER_CAPITALS = re.compile(
    r" (?=(?:-\s)?(?:Căn cứ|Trên cơ sở|Theo đề nghị|Xét|Thực hiện|Để|Nhằm|Qua|Trong|Ngày|Thời gian|Hiện nay|"
    r"Theo|Sau khi|Tiếp tục|Triển khai) )"
)
_OPERATIVE = re.compile(r" (?=(?:QUYẾT NGHỊ|QUYẾT ĐỊNH)\s?:?$)")
_AUTHORITY = re.compile(
    r" (?=(?:(?:THƯỜNG TRỰC |CHỦ TỊCH )?(?:HỘI ĐỒNG NHÂN DÂN|[UỦ][ỶY] BAN NHÂN DÂN)|QUỐC HỘI|CHÍNH PHỦ|"
    r"BỘ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC)\b)"
)
_BELONGS = re.compile(r"\b(?:CỦA|DO|VÀ|TẠI|VỚI|CHO|ĐẠI BIỂU|TỊCH|TRỰC|PHÒNG|TRƯỚC|LUẬT|TỔ CHỨC)$")
_LONGEST = 20_000  # characters; a longer line is no letterhead


def unfused(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with fused lines of the head cut; the body is left alone."""
    result: list[Block] = []
    titled = False
    for index, block in enumerate(blocks):
        if index >= _HEAD or article(block.text):
            return [*result, *islice(blocks, index, None)]
        if block.table is not None or len(block.text) > _LONGEST:
            result.append(block)
            continue
        for piece in _pieces(block.text):
            parts = list(_titled(piece)) if not titled else [piece]
            titled = titled or _TITLE.match(piece) is not None or piece in _GENRE.split("|")
            result.extend(replace(block, text=text) for part in parts for text in _basis(part))
    return result


def _pieces(text: str) -> Iterator[str]:
    """Letterhead lines: body, motto, number, place and date."""
    pieces = [text]
    for cut in _CUTS:
        pieces = [part for piece in pieces for part in cut.split(piece)]
    for piece in pieces:
        if _NUMBER_LINE.match(piece):
            for place in _PLACE.split(piece, maxsplit=1):
                for part in _SUBJECT.split(place, maxsplit=1):
                    yield from _AFTER_DATE.split(part)
        elif piece:
            yield piece


def _titled(piece: str) -> Iterator[str]:
    """Genre, trích yếu, and the body that issues, of a line that begins with the genre."""
    match = _TITLE.match(piece)
    if match is None:
        yield piece
        return
    rest = piece[match.end() :].strip()
    basis = next(
        (cut for cut in _BASIS_AFTER_CAPITALS.finditer(rest) if _capitals_before(rest, cut.start())), None
    )
    title, after = (rest[: basis.start()], rest[basis.end() :]) if basis else (rest, "")
    if not after and len(rest) == len(piece):
        yield piece
        return
    if is_capitals(piece):
        # "NGHỊ QUYẾT VỀ …" in one line is a title as it stands.
        yield piece
        return
    yield match.group()
    authority = [cut for cut in _AUTHORITY.finditer(title) if not _BELONGS.search(title[: cut.start()])]
    if authority:
        yield title[: authority[-1].start()]
        yield title[authority[-1].end() :]
    else:
        yield title
    if after:
        yield after


def _capitals_before(text: str, end: int) -> bool:
    letters = [char for char in text[max(0, end - 40) : end] if char.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def _basis(text: str) -> Iterator[str]:
    cut = _BASIS_AFTER_CAPITALS.search(text)
    if cut and is_capitals(text[: cut.start()]) and _AUTHORITY.match(f" {text}"):
        yield text[: cut.start()]
        text = text[cut.end() :]
    if not text.startswith(("Căn cứ", "- Căn cứ")):
        yield text
        return
    for part in _BASIS.split(text):
        yield from _OPERATIVE.split(part)
