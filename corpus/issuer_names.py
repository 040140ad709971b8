"""Names of issuing bodies, printed in capitals in a letterhead, as they are written in running text.

Only bodies whose spelling follows a rule are respelt; any other name stays as printed. Does not know who
issued what.
"""

import re

_COUNCIL = re.compile(
    r"(?P<body>HỘI ĐỒNG NHÂN DÂN|THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN|(?:CHỦ TỊCH )?[UỦ][ỶY] BAN NHÂN DÂN)"
    r"(?: (?P<area>TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU) (?P<name>.+))?"
)
_PARTY = re.compile(
    r"(?P<body>(?:BAN THƯỜNG VỤ )?(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|ĐẢNG) [UỦ][ỶY])(?: (?P<name>.+))?"
)
_MINISTRY = re.compile(r"(?P<body>BỘ|SỞ) (?P<name>.+)")
_FIXED = {
    name.upper(): name
    for name in (
        "Quốc hội",
        "Ủy ban Thường vụ Quốc hội",
        "Ủy ban thường vụ Quốc hội",
        "Chính phủ",
        "Thủ tướng Chính phủ",
        "Chủ tịch nước",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Ban Chấp hành Trung ương",
        "Tòa án nhân dân tối cao",
        "Viện kiểm sát nhân dân tối cao",
        "Ngân hàng Nhà nước Việt Nam",
        "Bộ Công Thương",
        "Sở Công Thương",
    )
}
_BETWEEN_FIELDS = re.compile(r"(, | - | – | VÀ )")


def named_in_sentence(printed: str) -> str:
    """ "HỘI ĐỒNG NHÂN DÂN TỈNH BẮC GIANG" as "Hội đồng nhân dân tỉnh Bắc Giang"."""
    name = " ".join(printed.split())
    if not name.isupper():
        return name
    if name in _FIXED:
        return _FIXED[name]
    if match := _COUNCIL.fullmatch(name):
        area = f" {match['area'].lower()} {_proper(match['name'])}" if match["area"] else ""
        return f"{_sentence(match['body'])}{area}"
    if match := _PARTY.fullmatch(name):
        return f"{_sentence(match['body'])}{' ' + _proper(match['name']) if match['name'] else ''}"
    if match := _MINISTRY.fullmatch(name):
        return f"{_sentence(match['body'])} {_fields(match['name'])}"
    return name


def _sentence(text: str) -> str:
    lower = text.lower()
    # The party committee and the people's committee inside a longer name keep their capital.
    for inner in ("ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân", "tỉnh ủy", "tỉnh uỷ"):
        lower = lower.replace(inner, inner[0].upper() + inner[1:])
    return lower[0].upper() + lower[1:]


def _proper(name: str) -> str:
    # "BÀ RỊA - VŨNG TÀU", "TP.": every syllable of a place begins with a capital.
    return re.sub(r"\w+", lambda word: word.group()[0] + word.group()[1:].lower(), name)


def _fields(name: str) -> str:
    # Of a ministry's name each field begins with a capital: "Văn hóa, Thể thao và Du lịch".
    parts = _BETWEEN_FIELDS.split(name)
    return "".join(
        part.lower() if number % 2 else part[:1] + part[1:].lower() for number, part in enumerate(parts)
    )
