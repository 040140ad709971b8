"""Places named in a question: "khoản 7 Điều 2", "điểm a khoản 1 Điều 75", "Phụ lục I".

Reads numbers and levels; does not know which documents have such a place.
"""

import re
from collections.abc import Sequence

from corpus.passage import Passage
from corpus.text import folded_terms, has_diacritics, strip_diacritics

_LEVELS = {
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "muc": "mục",
    "chuong": "Chương",
    "phu luc": "Phụ lục",
}
# Typed with diacritics, "mức vi phạm" is no mục VI; without them only digits are safe.
_PLACE = re.compile(
    r"\b([Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hụ lục)\s+(?:số\s+)?"
    r"(\d{1,3}[a-zđ]?|[IVXLC]{1,6}|[a-zđ])(?!\w|[/-]\w)"
)
_PLACE_FOLDED = re.compile(r"\b(dieu|khoan|muc|chuong|phu luc)\s+(?:so\s+)?(\d{1,3})(?!\w|[/-]\w)")
# What is left of a question that asks for a place as a whole: "Khoản 7 Điều 2 quy định những gì?"
_ASKS_ALL = re.compile(
    r"\b(quy dinh|noi|neu|co|gom|ghi|viet|yeu cau|de cap|ve|la|gi|nhung|cac|noi dung|cua|trong|"
    r"nghi quyet|chi thi|van ban|luat|nay|the nao|ra sao|cho biet|toi|hoi|doc|trich|xem|tai|dau|thi|"
    r"nhan dinh|nhiem vu)\b"
)


def place_of(question: str) -> dict[str, str]:
    """Level to number for every place named, e.g. `{"Điều": "2", "khoản": "7"}`; empty when there is none."""
    pattern = _PLACE if has_diacritics(question) else _PLACE_FOLDED
    matches = pattern.finditer(question if has_diacritics(question) else question.lower())
    return {_LEVELS[strip_diacritics(match.group(1)).lower()]: match.group(2) for match in matches}


def place_name(place: dict[str, str]) -> str:
    """The place as officials write it, innermost first: "khoản 7 Điều 2"."""
    levels = ["điểm", "khoản", "mục", "Điều", "Chương", "Phụ lục"]
    return " ".join(f"{level} {place[level]}" for level in levels if level in place)


def lies_in(passage: Passage, place: dict[str, str]) -> bool:
    """Whether a passage is at or below the place."""
    path = {level: number.lower() for level, number in passage.heading_path}
    return all(path.get(level) == number.lower() for level, number in place.items())


def asks_for_all(question: str, document_names: Sequence[str]) -> bool:
    """Whether nothing but the place, and perhaps its document, is named: its paragraphs are the answer."""
    rest = _PLACE_FOLDED.sub(" ", strip_diacritics(_PLACE.sub(" ", question)).lower())
    known = {word for name in document_names for word in folded_terms(name)}
    return all(word in known for word in folded_terms(_ASKS_ALL.sub(" ", rest)))
