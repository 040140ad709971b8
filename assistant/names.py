"""Proper names in a question: "Bắc Ninh", "Nguyễn Văn A".

Knows capitals only: a name of one syllable, or one typed in small letters, is not seen.
"""

import re
from itertools import pairwise

from corpus.text import syllable_key

_UPPER = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_NAME = re.compile(rf"\b[{_UPPER}][a-zà-ỹđ]+(?: [{_UPPER}][a-zà-ỹđ]*)+")
_LAW = re.compile(rf"\b(?:Luật|Bộ luật|Pháp lệnh) [{_UPPER}]\w*(?: [a-zà-ỹđ]+)?")
# Capitals of titles and offices, which a question may write otherwise than the text does.
_OFFICES = frozenset(
    [
        "điều",
        "luật",
        "nghị",
        "chỉ",
        "kết",
        "quyết",
        "ủy",
        "uỷ",
        "hội",
        "ban",
        "sở",
        "bộ",
        "tỉnh",
        "huyện",
        "xã",
        "đảng",
        "mặt",
        "chính",
        "quốc",
        "thủ",
        "chủ",
        "trung",
        "nhân",
    ]
)


def neighbours(name: tuple[str, ...]) -> list[str]:
    """Search terms of the pairs of syllables in a name."""
    return ["_".join(map(syllable_key, pair)) for pair in pairwise(name)]


def names_in(question: str) -> list[tuple[str, ...]]:
    """The names of two syllables or more, in small letters; the first word is no evidence of a name."""
    found = []
    for match in _NAME.finditer(question):
        syllables = match.group().lower().split()
        if match.start() == 0:
            syllables = syllables[1:]
        if len(syllables) > 1 and not _OFFICES.intersection(syllables):
            found.append(tuple(syllables))
    return found


def laws_in(question: str) -> list[str]:
    """How the names of the laws in a question begin: "Luật Đất đai"; how they go on is unsure."""
    return [match.group() for match in _LAW.finditer(question)]
