"""What kind of thing a question asks for, and whether a sentence holds one.

A sentence on the right topic that lacks the asked number, date or name does not answer; quoting it would
mislead. Recognises kinds by the question's wording and by surface patterns; does not check that the number
found is the one meant.
"""

import re
from dataclasses import dataclass

from corpus.text import has_diacritics, nfc, strip_diacritics

_UPPER = "A-ZĐÀ-ỸĂÂÊÔƠƯ"
_DATE = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}"
_YEAR = r"(?:19|20)\d\d"
_TIME = rf"{_DATE}|{_YEAR}|(?i:ngay sau|trước khi|hằng năm|hàng năm|quý|tháng \d)"
# A number of things: not a year, not part of a date, of a document's number or of a range of years.
_AMOUNT = (
    rf"(?<![\w/.,-])(?!{_YEAR}\b)\d+(?:[.,]\d+)*(?![\w/-])(?!\.\s|\)|\s*(?:tháng|/))"
    r"|\b(?:một|hai|ba|bốn|năm|mười) (?:trăm|nghìn|triệu)"
)
_BODY = (
    r"(?:Uỷ|Ủy) ban|UBND|Hội đồng|HĐND|Ban |Sở |Bộ |Tỉnh [uủ]|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch|Mặt trận"
    rf"|(?i:ông|bà)\s+[{_UPPER}]|[Nn]hân dân|doanh nghiệp"
)
_COMPANY = rf"(?:Công ty|Tập đoàn|Doanh nghiệp|Liên danh)\s+[{_UPPER}]"
_COMMUNE = rf"(?:xã|phường|thị trấn|thôn)\s+[{_UPPER}]"
_DISTRICT = rf"(?:huyện|thị xã|thành phố)\s+[{_UPPER}]"
_CLAUSE_NUMBER = re.compile(r"^\s*(?:Điều\s+)?\d{1,3}[.)]\s")


@dataclass(frozen=True, slots=True)
class Expectation:
    """`asked` is how a refusal names it ("số liệu"); `pattern` matches a sentence that holds one."""

    asked: str
    pattern: re.Pattern[str]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence, its own clause number aside, holds what is asked for."""
        return self.pattern.search(_CLAUSE_NUMBER.sub("", sentence)) is not None


# Cue in the question (compared without diacritics, so that it works however the question was typed), how a
# refusal names the thing, and what the answer must hold. The first cue that matches counts.
_TABLE = (
    (
        r"\b(hom nay|hom qua|ngay mai|sang nay|chieu nay|toi nay|tuan nay|tuan toi|thang nay)\b",
        "thông tin tại thời điểm này",
        r"(?i)hôm nay|hôm qua|ngày mai",
    ),
    (r"\b(bao nhieu|may) (phan tram|%)|\bt[iy] le (la )?bao nhieu", "tỷ lệ phần trăm", r"\d\s*%|phần trăm"),
    (r"\bkhoa may\b|\bky hop (thu )?may\b", "khóa, kỳ họp", r"(?i)khóa|khoá|kỳ họp"),
    (
        r"\b(nghi quyet|chi thi|ket luan|quyet dinh|ke hoach|van ban|luat) so (bao nhieu|may|nao)\b",
        "số, ký hiệu văn bản",
        rf"\d+\s?[-/]\s?[{_UPPER}\d]",
    ),
    (r"\bthu (hang )?may\b|\bdung thu\b|\bhang may\b|\bvi tri thu may\b", "thứ hạng", r"(?i)\b(thứ|hạng) \d"),
    (r"\bngay (thang nam )?(nao|bao nhieu|may)\b|\bvao ngay\b", "ngày tháng", _DATE),
    (r"\b(khi nao|bao gio|luc nao|thoi diem nao|thoi han|thang may)\b", "thời gian", _TIME),
    (r"\bnam (nao|bao nhieu|may)\b", "năm", _YEAR),
    (r"\bgiai doan nao\b", "giai đoạn", rf"{_YEAR}\s*[-–]\s*{_YEAR}"),
    (
        r"\b(bao nhieu|so luong|may (nguoi|vu|em|dua|xa|du an|tram|ty|trieu|ngay|lan|can bo|ho|con))\b",
        "số liệu",
        _AMOUNT,
    ),
    (r"\b(cong ty|doanh nghiep|nha dau tu|chu dau tu|nha thau|tap doan) nao\b", "tên doanh nghiệp", _COMPANY),
    (r"\b(xa|phuong|thi tran|thon) nao\b", "tên xã, phường", _COMMUNE),
    (r"\bhuyen nao\b", "tên huyện", _DISTRICT),
    (
        r"\bnguoi nao\b|\bai (la|da|se|ky|chiu|phai|duoc|to chuc|thuc hien|lam)\b|^ai\b",
        "người hoặc cơ quan",
        _BODY,
    ),
)
_EXPECTATIONS = tuple((re.compile(cue), Expectation(asked, re.compile(held))) for cue, asked, held in _TABLE)
# "máy" and "may" are not "mấy" where diacritics were typed.
_NOT_HOW_MANY = re.compile(r"\bm[áàảãạaâầẩẫậ]y\b")


def expectation_of(question: str) -> Expectation | None:
    """What the question asks for, or None when any statement may answer it."""
    text = nfc(question).lower()
    if has_diacritics(text):
        text = _NOT_HOW_MANY.sub("_", text)
    plain = strip_diacritics(text)
    return next((expected for cue, expected in _EXPECTATIONS if cue.search(plain)), None)
