"""Who issues a text, from the lines of its letterhead: the higher body above, the issuing one below.

Does not know addresses or codes. Where the lowest line is of an unknown sort the issuer is not known either.
"""

import re

from ingest.genres import is_capitals

_BODY = re.compile(
    r"^(HỘI ĐỒNG|[UỦ][ỶY] BAN|UBND|HĐND|QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|"
    r"(TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|ĐẢNG) [UỦ][ỶY]|BAN |SỞ |BỘ |"
    r"VĂN PHÒNG|CỤC|TỔNG CỤC|CHI CỤC|PHÒNG|TRƯỜNG|TRUNG TÂM|VIỆN|BỆNH VIỆN|THANH TRA|THUẾ |CÔNG AN|"
    r"THƯỜNG TRỰC|ĐẢNG ĐOÀN|CHỦ TỊCH [UỦ][ỶY] BAN|KHO BẠC|TÒA ÁN|TOÀ ÁN|LIÊN ĐOÀN|HỘI |MẶT TRẬN)"
)
_ABOVE_ANY_BODY = re.compile(r"CỘNG H[ÒO][ÀA]|ĐẢNG CỘNG SẢN|VIỆT NAM$|ĐỘC LẬP|\d/|^SỐ\b|^NGÀY\b")
_STAMP = re.compile(r"^(DỰ THẢO|H[ỎO][ẢA]? TỐC|(THƯỢNG )?KHẨN|(TỐI |TUYỆT )?MẬT|BẢN SAO|ĐẾN|CÔNG BÁO)\b")
_PLACE = re.compile(r"^(TỈNH|THÀNH PHỐ|TP|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\b(?! [UỦ][ỶY])")
_GOES_ON = re.compile(r"^(?:DÂN(?: |$)|ƯƠNG$|TRUNG ƯƠNG$)")  # "ỦY BAN NHÂN⏎DÂN", "BAN CHẤP HÀNH⏎TRUNG ƯƠNG"
_SESSION = re.compile(r"(?:KHO[ÁA]|KHÓA|KỲ HỌP|NHIỆM KỲ)\b.*")
# The end of a trích yếu about other bodies, cut off by an export: "… CỦA ỦY BAN NHÂN DÂN CẤP XÃ TỈNH X".
_SPOKEN_OF = re.compile(r"\bCẤP (?:XÃ|HUYỆN|TỈNH)\b|[UỦ][ỶY] QUYỀN|TRÊN ĐỊA BÀN|GIẢI QUYẾT|\bTHUỘC\b")
_LONGEST = 300  # characters; a longer line names no body
_LACKS_NAME = re.compile(r"\b(TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG)$")


def issuing_body(letterhead: list[str], authority: list[str]) -> str | None:
    """The body under the title, which is unambiguous, else that of the letterhead.

    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" without a name takes it from the letterhead.
    """
    printed = printed_issuer(letterhead)
    lines = [named for line in authority if (named := _SESSION.sub("", line[:_LONGEST]).strip(" -–,("))]
    below = lines[0] if lines and not _SPOKEN_OF.search(lines[0]) else None
    if below and len(lines) > 1 and (_LACKS_NAME.search(below) or _PLACE.match(lines[1])):
        below = f"{below} {lines[1]}"
    unnamed = _LACKS_NAME.search(below) if below else None
    completed = re.search(rf"\b{unnamed[1]} (.+)$", printed) if unnamed and printed else None
    return f"{below} {completed[1]}" if completed else below or printed


def names_body(line: str) -> bool:
    """Whether a line begins with the name of a body, in capitals."""
    return bool(_BODY.match(line))


def printed_issuer(head: list[str]) -> str | None:
    """The issuing body as the letterhead prints it, its lines joined ("ỦY BAN NHÂN DÂN TỈNH X")."""
    lines = [line.strip() for line in head if _may_name_body(line)]
    first = next((i for i, line in enumerate(lines) if _BODY.match(line)), None)
    if first is None:
        return None
    issuer: str | None = lines[first]
    for line in lines[first + 1 :]:
        if issuer and (_PLACE.match(line) or _LACKS_NAME.search(issuer) or _GOES_ON.match(line)):
            issuer = f"{issuer} {line}"
        else:
            issuer = line if _BODY.match(line) else None
    return issuer


def _may_name_body(line: str) -> bool:
    return is_capitals(line) and not _ABOVE_ANY_BODY.search(line) and not _STAMP.match(line)
