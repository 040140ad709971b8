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
    r"\b(?:(?:Uỷ|Ủy) ban|UBND|Hội đồng|HĐND|Ban |Sở |Bộ |Tỉnh [uủ]|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch|Mặt trận)"
)
_PERSON = rf"\b(?i:ông|bà|đồng chí)\s+[{_UPPER}]"
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


# Cue in the question, how a refusal names the thing, and what the answer must hold. The first cue that
# matches counts. For a question typed without diacritics the cue is compared without them, too.
_TABLE = (
    (
        r"\b(hôm nay|hôm qua|ngày mai|sáng nay|chiều nay|tối nay|tuần này|tuần tới|tháng này)\b",
        "thông tin tại thời điểm này",
        r"(?i)hôm nay|hôm qua|ngày mai",
    ),
    (r"\b(bao nhiêu|mấy) (phần trăm|%)|\bt[ỷỉ] lệ (là )?bao nhiêu", "tỷ lệ phần trăm", r"\d\s*%|phần trăm"),
    (r"\bkh[óo][aá] mấy\b|\bkỳ họp (thứ )?mấy\b", "khóa, kỳ họp", r"(?i)khóa|khoá|kỳ họp"),
    (
        r"\b(nghị quyết|chỉ thị|kết luận|quyết định|kế hoạch|văn bản|luật) số (bao nhiêu|mấy|nào)\b",
        "số, ký hiệu văn bản",
        rf"\d+\s?[-/]\s?[{_UPPER}\d]",
    ),
    (
        r"\b(thứ (hạng )?mấy|đứng thứ|hạng mấy|vị trí thứ mấy)\b",
        "thứ hạng",
        r"(?i)\b(thứ|hạng) \d",
    ),
    (r"\bngày (tháng năm )?(nào|bao nhiêu|mấy)\b|\bvào ngày\b", "ngày tháng", _DATE),
    (r"\b(khi nào|bao giờ|lúc nào|thời điểm nào|thời hạn|tháng mấy)\b", "thời gian", _TIME),
    (r"\bnăm (nào|bao nhiêu|mấy)\b", "năm", _YEAR),
    (r"\bgiai đoạn nào\b", "giai đoạn", rf"{_YEAR}\s*[-–]\s*{_YEAR}"),
    (
        r"\b(bao nhiêu|số lượng|mấy (người|vụ|em|xã|dự án|trăm|tỷ|triệu|ngày|lần|cán bộ|hộ))\b",
        "số liệu",
        _AMOUNT,
    ),
    # "Dân số tỉnh Bắc Giang?", "Giá đất năm 2024": a quantity is named and nothing else is asked of it.
    (
        r"^(giá(?! đình)|mức (thu|phí|lương|đóng|phạt|hỗ trợ|chi)|lương|học phí|lệ phí|diện tích|dân số|"
        r"tổng số|kinh phí|sản lượng|thu nhập|công suất|quy mô)\b"
        r"(?!.*\b(thế nào|như nào|ra sao|chưa|không|gì|vì sao|tại sao|đâu|nào|làm)\b)",
        "số liệu",
        _AMOUNT,
    ),
    (r"\b(công ty|doanh nghiệp|nhà đầu tư|chủ đầu tư|nhà thầu|tập đoàn) nào\b", "tên doanh nghiệp", _COMPANY),
    (r"\b(xã|phường|thị trấn|thôn) nào\b", "tên xã, phường", _COMMUNE),
    (r"\bhuyện nào\b", "tên huyện", _DISTRICT),
    (r"\blà ai\b|\btên (là )?gì\b.*\b(ông|bà|đồng chí)\b", "tên người", _PERSON),
    (
        r"\bngười nào\b|\bai (là|đã|sẽ|ký|chịu|phải|được|tổ chức|thực hiện|làm)\b|^ai\b",
        "người hoặc cơ quan",
        rf"{_BODY}|{_PERSON}",
    ),
)
_ACCENTED, _FOLDED = (
    tuple((re.compile(spell(cue)), Expectation(asked, re.compile(held))) for cue, asked, held in _TABLE)
    for spell in (str, strip_diacritics)
)


def expectation_of(question: str) -> Expectation | None:
    """What the question asks for, or None when any statement may answer it."""
    text = nfc(question).lower()
    table = _ACCENTED if has_diacritics(text) else _FOLDED
    return next((expected for cue, expected in table if cue.search(text)), None)
