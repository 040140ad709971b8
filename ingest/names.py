"""Lines of a signature block that are the name of a person.

Does not know who signs for whom. A line that may as well be an office or a stamp is no name.
"""

import re

_NOT_NAMES = re.compile(
    r"(?:phó|quyền|trưởng|chủ tịch|chủ toạ|chủ tọa|giám đốc|tổng|hiệu trưởng|chánh|bộ trưởng|thủ tướng|"
    r"bí thư|đã ký|nơi nhận|kính gửi)\b"
)
_MAX_WORDS = 5


_DEGREE = re.compile(r"^(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS)\.?\s?)+(?=[^\W\d_])")


def person_name(line: str) -> str | None:
    """The name that a line consists of, or that follows the office: "CHỦ TỊCH Nguyễn Văn A"."""
    words = line.split()
    office = next((i for i, word in enumerate(words) if not word.isupper() or len(word) == 1), len(words))
    candidates = [line, _DEGREE.sub("", line)]
    if office >= 2:
        # "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn A": an export has put the block into one line.
        candidates.append(" ".join(words[office:]))
    return next((name for name in candidates if is_person_name(name)), None)


def is_person_name(line: str) -> bool:
    """Whether a line is two to five words with a capital each: "Nguyễn Thị Kim Ngân", "Y Thanh Hà"."""
    words = line.split(" ")
    if not 2 <= len(words) <= _MAX_WORDS or _NOT_NAMES.match(line.lower()):
        return False
    return all(map(_is_name_word, words)) and any(len(word) > 1 for word in words)


def _is_name_word(word: str) -> bool:
    return word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower())
