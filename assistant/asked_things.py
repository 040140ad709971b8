"""Table of things that a question can ask for, by its wording, and how a sentence that holds one looks.

Cues are regular expressions over the question in small letters; they are compared without diacritics when
the question was typed without. Order matters: the first cue that matches counts. `held` is matched against
the sentence as printed. Holds wording only; `assistant.expectation` applies it.
"""

_UPPER = "A-ZĐÀ-ỸĂÂÊÔƠƯ"
_YEAR = r"(?:19|20)\d\d"
_DATE = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}"
_TIME = rf"{_DATE}|{_YEAR}|(?i:ngay sau|trước khi|hằng năm|hàng năm|quý|tháng \d)"
# A number of things: not a year, not part of a date, of a document's number or of a range of years.
AMOUNT = (
    rf"(?<![\w/.,-])(?!{_YEAR}\b)\d+(?:[.,]\d+)*(?![\w/-])(?!\.\s|\)|\s*(?:tháng|năm|/))"
    r"|\b(?:một|hai|ba|bốn|năm|mười) (?:trăm|nghìn|triệu)"
)
_BODY = (
    r"\b(?:(?:Uỷ|Ủy) ban|UBND|Hội đồng|HĐND|Ban |Sở |Bộ |Tỉnh [uủ]|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch|"
    r"Mặt trận|Trung ương)"
    r"|\b(?i:cơ quan|cấp [uủ]y|chính quyền|các cấp|người đứng đầu|lực lượng|thường vụ|thường trực)\b"
)
_PERSON = rf"\b(?i:ông|bà|đồng chí)\s+[{_UPPER}]"
_CODE = rf"\d+\s?[-/]\s?[{_UPPER}\d][\w/-]*"
_CAPITALS = rf"[{_UPPER}]\w*(?:\s+[{_UPPER}]\w*)*"
_NAMED = rf"(?:\s+\w+){{0,6}}?\s+{_CAPITALS}"  # "Nhà máy xử lý rác và phát điện Bắc Giang"
_KINDS = r"(nghị quyết|chỉ thị|kết luận|quyết định|kế hoạch|văn bản|luật|nghị định)"

_POST = r"(giám đốc|chủ tịch|bí thư|trưởng|phó|thủ trưởng|chánh|chỉ huy|chủ trì)"

# Where the pattern finds signs of what is asked for, not the thing itself.
SIGNS_ONLY = frozenset(
    [
        "thông tin tại thời điểm này",
        "địa chỉ hoặc số liên hệ",
        "căn cứ pháp lý này",
        "thứ hạng",
        "mức xử phạt",
        "sở, ngành phụ trách",
        "nguyên nhân",
        "thủ tục này",
        "tiêu chí, điều kiện",
        "người hoặc cơ quan",
        "khóa, kỳ họp",
    ]
)
# How a refusal in English names what is missing.
ENGLISH_NAMES = {
    "thông tin tại thời điểm này": "information as of now",
    "địa chỉ hoặc số liên hệ": "an address or contact number",
    "tỷ lệ phần trăm": "a percentage",
    "khóa, kỳ họp": "the term or session",
    "số, ký hiệu văn bản": "the number of a document",
    "căn cứ pháp lý này": "this legal basis",
    "thứ hạng": "a rank",
    "ngày tháng": "a date",
    "tháng": "a month",
    "thời gian": "a time",
    "năm": "a year",
    "giai đoạn": "a period",
    "mức xử phạt": "a penalty",
    "số liệu": "a figure",
    "tên doanh nghiệp": "the name of a company",
    "tên xã, phường": "the name of a commune or ward",
    "tên huyện": "the name of a district",
    "sở, ngành phụ trách": "the department in charge",
    "tên cụ thể": "names",
    "nguyên nhân": "a cause",
    "thủ tục này": "this procedure",
    "tiêu chí, điều kiện": "criteria or conditions",
    "tên người": "the name of a person",
    "người hoặc cơ quan": "a person or body",
    "nhiệm kỳ": "a term of office",
}

# (cue in the question, how a refusal names it, what the sentence must hold)
ASKED_THINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"\b(hôm nay|hôm qua|ngày mai|sáng nay|chiều nay|tối nay|tuần này|tuần tới|tháng này)\b"
        r"|(?<!\d )\btháng tới\b",
        "thông tin tại thời điểm này",
        r"(?i)hôm nay|hôm qua|ngày mai",
    ),
    (
        r"\b(số điện thoại|điện thoại|đường dây nóng|hotline|e-?mail|địa chỉ|gọi số nào)\b",
        "địa chỉ hoặc số liên hệ",
        r"\b0\d{2,4}[.\s]?\d{3}|@|(?i:địa chỉ|đường dây nóng|điện thoại)",
    ),
    (
        r"\b(bao nhiêu|mấy) (phần trăm|%)|\bt[ỷỉ] lệ (là )?bao nhiêu|\(%\)",
        "tỷ lệ phần trăm",
        r"\d\s*%|phần trăm",
    ),
    (r"\bkh[óo][aá] mấy\b|\bkỳ họp (lần )?(thứ )?(mấy|bao nhiêu)\b", "khóa, kỳ họp", r"(?i)khóa|khoá|kỳ họp"),
    (
        rf"\b{_KINDS}\b.*\bsố (bao nhiêu|mấy|nào)\b",
        "số, ký hiệu văn bản",
        _CODE,
    ),
    (
        r"\b(nghị định|thông tư|pháp lệnh) nào\b",
        "căn cứ pháp lý này",
        r"(?i)\b(nghị định|thông tư|pháp lệnh)\s+(số|\d)",
    ),
    (
        r"\b(thứ (hạng )?(mấy|bao nhiêu)|đứng thứ|hạng mấy|vị trí thứ mấy)\b",
        "thứ hạng",
        r"(?i)\b(thứ|hạng) \d|(?<!tỉnh )(?<!phố )(dẫn|đứng) đầu cả nước",
    ),
    (r"\b(ngày (tháng năm )?(nào|bao nhiêu|mấy)|hôm nào)\b|\bvào ngày\b", "ngày tháng", _DATE),
    (r"\btháng mấy\b", "tháng", rf"{_DATE}|(?i:tháng \d)"),
    (r"\b(khi nào|bao giờ|lúc nào|thời điểm nào|thời hạn|chậm nhất)\b", "thời gian", _TIME),
    (r"\bnăm (nào|bao nhiêu|mấy)\b", "năm", _YEAR),
    (r"\bnhiệm kỳ (nào|mấy|bao nhiêu)\b", "nhiệm kỳ", rf"{_YEAR}\s*[-–]\s*{_YEAR}"),
    (r"^lịch\b|\blịch (thi|gọi|tiếp|học|cắt|nghỉ|họp|khám|tiêm|thu gom)\b", "thời gian", _TIME),
    (r"\bgiai đoạn (?:nào|mấy|bao nhiêu)\b", "giai đoạn", rf"{_YEAR}\s*[-–]\s*{_YEAR}"),
    (
        r"\b(bị (xử )?phạt|mức (xử )?phạt|phạt (tiền|tù)|đi tù|hình thức kỷ luật)\b"
        r".*\b(nào|mấy|bao nhiêu|gì|sao)\b",
        "mức xử phạt",
        r"(?i)phạt tiền|phạt tù|khiển trách|cảnh cáo|cách chức|buộc thôi việc|triệu đồng",
    ),
    (
        r"\b(bao nhiêu|số lượng|mấy (vụ|xã|trăm|tỷ|triệu|ngày|lần))\b"
        # "Mấy ông cán bộ … thì sao?", "với mấy bãi rác" count nothing; "nhà máy" looks alike when typed bare.
        r"|(?<!nhà )(?<!bộ )(?<!với )(?<!^)\bmấy\b(?! (ông|bà|anh|chị|cô|chú|bác|cái|con|đứa|tay|vị)\b)"
        r"(?!.*\b(gì|thế nào|ra sao|sao|đâu|nào|không|chưa)\b)|^mấy (người|em|dự án|hộ|năm|tháng|đơn vị)\b",
        "số liệu",
        AMOUNT,
    ),
    # "Dân số tỉnh Bắc Giang?", "Giá đất năm 2024": a quantity is named and nothing else is asked of it.
    (
        r"^(giá(?! đình)|mức (thu|phí|lương|đóng|phạt|hỗ trợ|chi)|lương|học phí|lệ phí|diện tích|dân số|"
        r"tổng số|kinh phí|sản lượng|thu nhập|công suất|quy mô)\b"
        r"(?!.*\b(thế nào|như nào|ra sao|chưa|không|gì|vì sao|tại sao|đâu|nào|làm)\b)",
        "số liệu",
        AMOUNT,
    ),
    (
        r"\b(công ty|nhà thầu|tập đoàn|tư vấn)( \w+){0,3} (?<!thế )(?<!như )nào\b(?! cũng)"
        # "Nhà đầu tư nào được ưu tiên?" asks for a kind of investor, "do nhà đầu tư nào làm?" for a name.
        r"|\b(do|bởi|của|là|tên)( \w+){0,2} (doanh nghiệp|nhà đầu tư|chủ đầu tư)( \w+){0,2} (?<!thế )nào\b"
        r"|\b(doanh nghiệp|nhà đầu tư) nào( \w+)? (trúng|xây|thi công|làm chủ|đang làm|đầu tư vào)\b"
        r"|\btên (các )?(công ty|doanh nghiệp|nhà đầu tư|chủ đầu tư)\b|\bchủ đầu tư\b.*\blà ai\b",
        "tên doanh nghiệp",
        rf"(?:Công ty|Tập đoàn|Doanh nghiệp|Liên danh)\s+[{_UPPER}]",
    ),
    (
        r"\b(xã|phường|thị trấn|thôn) nào\b(?! cũng)",
        "tên xã, phường",
        rf"(?:xã|phường|thị trấn|thôn)\s+{_CAPITALS}",
    ),
    (r"\bhuyện nào\b(?! cũng)", "tên huyện", rf"(?:huyện|thị xã|thành phố)\s+{_CAPITALS}"),
    (
        r"\b(sở|phòng|sở, ngành|sở ngành) nào\b(?! cũng)",
        "sở, ngành phụ trách",
        rf"\b(?:Sở|Ngành|Phòng)\s+[{_UPPER}]",
    ),
    (
        r"\b(khu công nghiệp|cụm công nghiệp|dự án|di tích|công trình|tuyến đường|nhà máy|đô thị)( \w+){0,3}"
        r" (?<!thế )(?<!như )nào\b(?! cũng)"
        r"|\b(kể|nêu|cho biết) tên\b|\btên (là )?gì\b",
        "tên cụ thể",
        rf"(?i:khu công nghiệp|dự án|di tích|công trình|đường|nhà máy|đô thị|chương trình){_NAMED}",
    ),
    (
        r"\b(vì sao|tại sao|nguyên nhân|lý do|do đâu)\b",
        "nguyên nhân",
        r"(?i)\b(do|vì|bởi|nguyên nhân|gây (cản trở|khó|ảnh hưởng)|ảnh hưởng|nhằm|để)\b",
    ),
    (
        r"\b(hồ sơ|giấy tờ)( \w+){0,2} (gồm|cần nộp|cần có|phải nộp|cần những)\b"
        r"|\b(cần|nộp|chuẩn bị)( \w+){0,2} (hồ sơ|giấy tờ) (gì|nào)\b"
        r"|\b(đăng ký|nộp)\b.*\b(ở đâu|bằng cách nào|chỗ nào)\b",
        "thủ tục này",
        r"(?i)hồ sơ (gồm|bao gồm)|nộp (tại|ở)|đăng ký (tại|ở|qua)",
    ),
    (r"\b(tiêu chí|điều kiện)\b.*\b(gì|nào)\b", "tiêu chí, điều kiện", r"(?i)tiêu chí|điều kiện"),
    (
        rf"\b{_POST}\b.*\blà ai\b|\bai (là|đang là|làm|giữ chức) \w*\s?{_POST}"
        r"|\b(ai|người nào|đồng chí nào) (đã |sẽ |được )?"
        r"(chỉ huy|chủ t[oọ][aạà]|chủ trì|điều khiển|đại diện|đứng đầu)\b",
        "tên người",
        _PERSON,
    ),
    (
        r"\bngười nào\b|\blà ai\b|\bai (là|đã|sẽ|ký|chịu|phải|được|tổ chức|thực hiện|ban hành)\b|^ai\b"
        r"|\b(do|giao|giao cho) ai\b|\b(cơ quan|đơn vị) nào\b",
        "người hoặc cơ quan",
        rf"{_BODY}|{_PERSON}",
    ),
)
