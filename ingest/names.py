"""Lines of a signature block that are the name of a person.

Does not know who signs for whom. A line that may as well be an office or a stamp is no name.
"""

import re
from itertools import takewhile

_NOT_NAMES = re.compile(
    r"(?:phó|quyền|trưởng|chủ tịch|chủ toạ|chủ tọa|giám đốc|tổng|hiệu trưởng|chánh|bộ trưởng|thủ tướng|"
    r"bí thư|đã ký|nơi nhận|kính gửi|như trên|như điều)\b"
)
_MAX_WORDS = 5
_DEGREE = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS|DS)\b\.?\s?|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) )+(?=[^\W\d_])"
)
# In capitals a line may be anything; a family name tells a person. These are nine in ten of all.
_FAMILY_NAMES = frozenset(
    {
        "NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "PHAN", "VŨ", "VÕ",
        "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG", "LÝ", "ĐÀO", "ĐINH",
        "MAI", "TRỊNH", "TRƯƠNG", "LÂM", "PHÙNG", "TÔ", "TẠ", "HÀ", "CAO",
        "LƯƠNG", "CHU", "THÁI", "QUÁCH", "TĂNG", "NÔNG", "HỨA", "KIỀU", "VƯƠNG",
    }
)  # fmt: skip


def person_name(line: str) -> str | None:
    """The name that a line consists of, or that follows the office: "CHỦ TỊCH Nguyễn Văn A"."""
    plain = _DEGREE.sub("", line.strip())
    if is_person_name(plain):
        return plain
    words = plain.split()
    if 2 <= len(words) <= _MAX_WORDS and words[0] in _FAMILY_NAMES and all(map(str.isalpha, words)):
        return plain if plain.isupper() else None
    office = next((i for i, word in enumerate(words) if not word.isupper() or len(word) == 1), len(words))
    if office < 2:
        return None
    # "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn A DANH SÁCH …": an export has put it all into one line.
    name = " ".join(takewhile(_is_name_word, words[office:]))
    return name if is_person_name(name) else None


def is_person_name(line: str) -> bool:
    """Whether a line is two to five words with a capital each: "Nguyễn Thị Kim Ngân", "Y Thanh Hà"."""
    words = line.split(" ")
    if not 2 <= len(words) <= _MAX_WORDS or _NOT_NAMES.match(line.lower()):
        return False
    return all(map(_is_name_word, words)) and any(len(word) > 1 for word in words)


def _is_name_word(word: str) -> bool:
    return word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower())
