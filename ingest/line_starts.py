"""Lines of a page that begin a paragraph by what they say: a number, a bullet, a letterhead, a signature.

Looks at one line and the words before it. Does not know pages, margins or the outline.
"""

import re

from ingest.capitals import UPPER
from ingest.genres import attached_genre_of, genre_of
from ingest.issuer import names_body

_NUMBER = re.compile(
    r"(?:\d{1,3}[a-zđ]?\s?[.)](?:\s|(?=[^\W\d_]))|\d{1,2}(?:\.\d{1,2})+\.?\s|\d{1,2}\s?[-–]\s(?=[^\W\d_])|"
    r"[IVXL]+\s?[.\-–]\s|[A-HĐ]\.\s|[a-zđ]\)\s?|[a-zđ]\.?\d{1,2}\)\s?|\(\d{1,2}\)\s)\S"
)
_DIVISION = re.compile(
    r"(?:Phần|PHẦN) (?:thứ|THỨ|[IVXLC]+\b|\d)|(?:Chương|CHƯƠNG)(?: (?:[IVXLC]+|\d{1,3})\b|$)|"
    r"(?:(?:Tiểu m|M)ục|(?:TIỂU )?MỤC)(?: (?:[IVXLC]+|\d{1,3})\b|$)"
)
# "Điều 10 của Nghị định …" at the start of a line is a reference; "Điều" alone is a heading cut in two.
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)(?: \d{1,4}[a-zđ]?\s?(?:[.:](?!\d)|$)|$)")
_BULLET = re.compile(r"[-–+*•●○▪□]\s*(\S)")
_BASIS = re.compile(r"(?:Căn cứ|Trên cơ sở|Theo đề nghị|Xét|Thực hiện)\b")
_FIXED = re.compile(
    r"Nơi nhận\b|Kính gửi\b|(?:TM|T/M|KT|K/T|TL|TUQ)\b\.?\s?[A-ZĐ]|V/v\b|Số\s?:|(?:Luật|Nghị quyết) số\s?:|"
    r"\(?(?:Ban hành )?[Kk]èm theo (?:Quyết|Nghị|Thông|Công|Tờ|Kế)|Độc lập\b|CỘNG H[ÒO][ÀA]\b|"
    r"ĐẢNG CỘNG SẢN|PHỤ LỤC\b|Phụ lục(?: số)?(?: (?:[IVXLC]+|\d{1,3}[A-Z]?))?[.:]?$|Mẫu số \d|"
    r"[^\W\d_][^,;.]{1,40}, ngày\s*(?:\d{1,2}\s*)?(?:tháng\b|$)"
)
_PLACE_AND_DATE = re.compile(r"[^\W\d_][^;.]{1,40}, ngày.{0,30}\bnăm\s?(?:\d{4})?$")
_HALF_A_PLACE = re.compile(rf"(?:[{UPPER}]\w+ ?)+$")  # "Hà⏎Nội, ngày 27 tháng 11"
_PARTY_NUMBER = re.compile(r"Số\s+\d{0,4}\s*-[A-ZĐ]")
_OPERATIVE = re.compile(r"(?:QUYẾT NGHỊ|QUYẾT ĐỊNH|YÊU CẦU|BAN HÀNH)\s*:?$")
_OFFICE = re.compile(r"(?:TM|T/M|KT|K/T|TL|TUQ|Q)\b|(?:PHÓ |QUYỀN )?(?:CHỦ|GIÁM|TRƯỞNG|BÍ|CHÁNH|TỔNG|HIỆU) ")
# A line that ends so goes on: what follows is its number, not a marker.
_GOES_ON = re.compile(
    r"(?:Điều|[Kk]hoản|[Đđ]iểm|[Mm]ục|Chương|Phần|[Ss]ố|[Pp]hụ lục|ngày|tháng|năm|và|hoặc|của|tại|theo|với|"
    r"đến|từ|các|cho|về|là|bằng)$|[Kk]hoản \w+,?$|[Đđ]iểm \w,?$|"
    r"(?:BAN HÀNH|CỦA|VÀ|THEO|THỰC HIỆN|VỚI|CÁC|SỐ|VỀ|TRONG|TẠI|CHO|DO|ĐỐI VỚI)$|"
    r"^(?:Luật |Nghị quyết )?[Ss]ố\s?:$"
)
_ENDS = re.compile(r"[.;:!?…”\"]$|[./]\.$")
_ENOUGH = 100
_CAPITALS = 0.85  # share of capitals: "THEO QUYẾT ĐỊNH SỐ 06/QĐ-TTg" is a line in capitals


def ends_sentence(line: str) -> bool:
    """Whether a line may be the last of its paragraph."""
    return bool(_ENDS.search(line))


def goes_on(line: str) -> bool:
    """Whether a line ends in the middle of a phrase: "theo quy định tại khoản 2 Điều"."""
    return bool(_GOES_ON.search(line[-24:]))


def is_heading(line: str) -> bool:
    """Whether a line opens a Phần, Chương, Mục or Điều."""
    return bool(_ARTICLE.match(line) or _DIVISION.match(line))


def in_capitals(text: str) -> bool:
    """Whether (nearly) all letters are capitals; the first hundred characters tell."""
    start = text[:_ENOUGH]
    capitals, small = sum(map(str.isupper, start)), sum(map(str.islower, start))
    return capitals > 0 and capitals >= _CAPITALS * (capitals + small)


def begins_paragraph(line: str, paragraph: str, before: str) -> bool:
    """Whether `line` begins a paragraph though no blank line stands above it.

    `paragraph` is what has been joined so far, `before` its last line.
    """
    if _FIXED.match(line) or _PARTY_NUMBER.match(line) or _OPERATIVE.match(line):
        return not (_HALF_A_PLACE.match(before) and not in_capitals(before) and ", ngày" in line)
    if goes_on(before):
        return False
    if _PLACE_AND_DATE.match(before) or genre_of(line) == line.lower():
        return True
    if _numbered(line, before):
        return True
    if _BASIS.match(line):
        return before[-1] in ";,.:" or in_capitals(before)
    return _changes_case(line, paragraph, before)


def _numbered(line: str, before: str) -> bool:
    if _ARTICLE.match(line) or _DIVISION.match(line) or _NUMBER.match(line):
        return True
    if (bullet := _BULLET.match(line)) is None:
        return False
    # "chính trị⏎- xã hội" is one phrase.
    return bullet.group(1).isupper() or before.endswith(",") or ends_sentence(before)


def _changes_case(line: str, paragraph: str, before: str) -> bool:
    """Titles, letterheads and signatures: lines in capitals between lines in small letters."""
    if in_capitals(paragraph):
        if not in_capitals(line):
            return " " in paragraph and (not line[0].islower() or genre_of(paragraph) is not None)
        titled = genre_of(paragraph) or attached_genre_of(line) == line.lower()
        signs = _OFFICE.match(paragraph) and _OFFICE.match(line)
        return bool(
            (titled and len(paragraph) < len("NGHỊ QUYẾT LIÊN TỊCH:")) or signs or _bodies(line, paragraph)
        )
    return in_capitals(line) and " " in line and ends_sentence(before)


def _bodies(line: str, paragraph: str) -> bool:
    """A letterhead names the higher body above the issuing one."""
    return names_body(paragraph) and names_body(line)
