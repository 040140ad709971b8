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
# A number of things: not a year, not part of a date, a document number, a range of years or a clause number.
_AMOUNT = (
    rf"(?<![\w/.,-])(?!{_YEAR}\b)\d+(?:[.,]\d+)*(?![\w/-])(?!\.\s|\)|\s*(?:tháng|/))|\b(?:một|hai|ba|bốn|năm|mười) (?:trăm|nghìn|triệu)"
)
_ORGANISATION = rf"(?:Uỷ|Ủy) ban|UBND|Hội đồng|HĐND|Ban |Sở |Bộ |Tỉnh [uủ]|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch|Mặt trận"


@dataclass(frozen=True, slots=True)
class Expectation:
    """`asked` is how a refusal names it ("số liệu"); `pattern` matches a sentence that holds one."""

    asked: dict[str, str]
    pattern: re.Pattern[str]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence, its own clause number aside, holds what is asked for."""
        return self.pattern.search(re.sub(r"^\s*(?:Điều\s+)?\d{1,3}[.)]\s", "", sentence)) is not None


def _expect(vi: str, en: str, pattern: str) -> Expectation:
    return Expectation({"vi": vi, "en": en}, re.compile(pattern))


# Cue in the question (matched without diacritics, so that it works however the question was typed), and
# what the answer must hold. The first cue that matches counts.
_EXPECTATIONS: tuple[tuple[re.Pattern[str], Expectation], ...] = tuple(
    (re.compile(cue), expectation)
    for cue, expectation in (
        (r"\b(bao nhieu|may) (phan tram|%)|\b(ty|ti) le (la )?bao nhieu|percent", _expect("tỷ lệ phần trăm", "a percentage", r"\d\s*%|phần trăm")),
        (r"\bkhoa may\b|\bky hop (thu )?may\b", _expect("khóa, kỳ họp", "the term or session", r"(?i)khóa|khoá|kỳ họp")),
        (r"\bthu (hang )?may\b|\bdung thu\b|\bhang may\b|\bvi tri thu may", _expect("thứ hạng", "a rank", r"(?i)\bthứ \d|hạng \d|nhóm")),
        (r"\b(dieu|khoan|diem|muc) (may|so may)\b", _expect("vị trí trong văn bản", "a place in the text", r"")),
        (r"\bngay (thang nam )?(nao|bao nhieu|may)\b|\bvao ngay\b|what date|which day", _expect("ngày tháng", "a date", _DATE)),
        (r"\b(khi nao|bao gio|luc nao|thoi diem nao|thoi han|thang may)\b|^when\b", _expect("thời gian", "a time", rf"{_DATE}|{_YEAR}|(?i:ngay sau|trước khi|hằng năm|hàng năm|quý|tháng \d)")),
        (r"\bnam (nao|bao nhieu|may)\b|what year|which year", _expect("năm", "a year", _YEAR)),
        (r"\bgiai doan nao\b", _expect("giai đoạn", "a period", rf"{_YEAR}\s*[-–]\s*{_YEAR}")),
        (r"\b(bao nhieu|may (nguoi|vu|em|dua|xa|du an|tram|ty|trieu|ngay|thang|lan|can bo|ho|con)|so luong|how (many|much))\b", _expect("số liệu", "a figure", _AMOUNT)),
        (r"\b(cong ty|doanh nghiep|nha dau tu|chu dau tu|nha thau|tap doan) nao\b|which company", _expect("tên doanh nghiệp", "a company", rf"(?:Công ty|Tập đoàn|Doanh nghiệp|Liên danh)\s+[{_UPPER}]")),
        (r"\b(xa|phuong|thi tran|thon) nao\b|which commune", _expect("tên xã, phường", "the name of a commune", rf"(?:xã|phường|thị trấn|thôn)\s+[{_UPPER}]")),
        (r"\bhuyen nao\b|which district", _expect("tên huyện", "the name of a district", rf"(?:huyện|thị xã|thành phố)\s+[{_UPPER}]")),
        (r"\bnguoi nao\b|\bai (la|da|se|ky|chiu|phai|duoc|to chuc|thuc hien|lam)\b|^ai\b|^who\b", _expect("người hoặc cơ quan", "a person or body", rf"{_ORGANISATION}|(?i:ông|bà)\s+[{_UPPER}]")),
    )
)  # fmt: skip


# "máy" and "may" are not "mấy" where diacritics were typed.
_NOT_HOW_MANY = re.compile(r"\bm[áàảãạaâầẩẫậ]y\b")


def expectation_of(question: str) -> Expectation | None:
    """What the question asks for, or None when any statement may answer it."""
    text = nfc(question).lower()
    if has_diacritics(text):
        text = _NOT_HOW_MANY.sub("_", text)
    plain = strip_diacritics(text)
    return next((expected for cue, expected in _EXPECTATIONS if cue.search(plain)), None)
