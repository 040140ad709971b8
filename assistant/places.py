"""Places named in a question: "khoản 7 Điều 2", "điểm a khoản 1 Điều 75", "đoạn cuối Điều 1".

Reads numbers and levels; does not know which documents have such a place.
"""

import re
from collections.abc import Mapping, Sequence

from corpus.passage import Passage
from corpus.text import folded_terms, has_diacritics, strip_diacritics

_LEVELS = {
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "muc": "mục",
    "chuong": "Chương",
    "phu luc": "Phụ lục",
    "bang": "bảng",
    "dong": "dòng",
}
# Counted in the location, not in the outline above a paragraph.
_COUNTED = frozenset({"bảng", "dòng"})
# Typed with diacritics, "mức vi phạm" is no mục VI; without them only digits are safe.
_PLACE = re.compile(
    r"\b([Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hụ lục|[Bb]ảng|[Dd]òng)\s+(?:số\s+)?"
    r"((?:\d{1,3}[a-zđ]?|[IVXLC]{1,6})(?:\.(?:\d{1,3}|[a-zđ]))*|[a-zđ])(?!\w|[/-]\w)"
)
_PLACE_FOLDED = re.compile(r"\b(dieu|khoan|muc|chuong|phu luc)\s+(?:so\s+)?(\d{1,3})(?!\w|[/-]\w)")
# Paragraphs are counted in words, too. "cuối" is the last one, as -1.
_PARAGRAPH = re.compile(
    r"(?<!giai )\bđoạn(?: văn)?(?: thứ)? (\d{1,2}|nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|đầu(?: tiên)?|"
    r"cuối(?: cùng)?)\b"
    r"|\b(?:paragraph) (\d{1,2})\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "nhất": 1,
    "một": 1,
    "đầu": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "cuối": -1,
}
_RELATIVE = re.compile(
    r"\b(điều|khoản|mục|điểm)(?: ở)?(?: ngay)?(?: liền)? (trước(?: đó| nó)?|kế trước|liền trước|"
    r"sau(?: đó| nó)?|kế tiếp|tiếp theo|"
    r"liền sau|kế|tiếp|đó|này|ấy|trên)\b(?! \w+ (?:khoản|điều))",
    re.IGNORECASE,
)
_OUTERMOST_FIRST = ("Phụ lục", "Chương", "Điều", "mục", "khoản", "điểm", "bảng", "dòng")
_BACK, _STAY = ("trước", "kế trước", "liền"), ("đó", "này", "ấy", "trên")
# What is left of a question that asks for a place as a whole: "Khoản 7 Điều 2 quy định những gì?"
_ASKS_ALL = re.compile(
    r"\b(noi dung|nguyen van|van de|tom tat|quy dinh|noi|neu|co|chuyen|viec|cho|lien quan|gom|ghi|viet|"
    r"yeu cau|de cap|ve|la|gi|nhung|cac|cua|trong|"
    r"nghi quyet|chi thi|van ban|luat|nay|the nao|ra sao|cho biet|toi|hoi|doc|trich|xem|tai|dau|thi|"
    r"nhan dinh|nhiem vu|ke|ra|giup|day du|chi tiet|cu the|em|xin|da|a|con|tiep|nua)\b"
)


def place_of(question: str) -> dict[str, str]:
    """Level to number for every place named, e.g. `{"Điều": "2", "khoản": "7"}`; empty when there is none."""
    pattern = _PLACE if has_diacritics(question) else _PLACE_FOLDED
    matches = pattern.finditer(question if has_diacritics(question) else question.lower())
    return {_LEVELS[strip_diacritics(match.group(1)).lower()]: match.group(2) for match in matches}


def paragraph_of(question: str) -> int | None:
    """The paragraph (đoạn) that is named, counted from 1, -1 for the last; None when none is."""
    match = _PARAGRAPH.search(question)
    if not match:
        return None
    number = (match.group(1) or match.group(2)).lower().split()[0]
    return int(number) if number.isdigit() else _ORDINALS[number]


def with_place_of_history(question: str, place: Mapping[str, str]) -> str:
    """`question` with "khoản trước đó" replaced by the place meant, counted from `place`, if it can be."""
    match = _RELATIVE.search(question)
    if not match:
        return question
    level = _LEVELS[strip_diacritics(match.group(1)).lower()]
    direction = match.group(2).lower()
    step = 0 if direction in _STAY else -1 if direction.startswith(_BACK) else 1
    number = place.get(level, "")
    if not number.isdigit() or int(number) + step < 1:
        return question
    above = _OUTERMOST_FIRST[: _OUTERMOST_FIRST.index(level)]
    meant = {outer: place[outer] for outer in above if outer in place} | {level: str(int(number) + step)}
    return f"{question[: match.start()]}{place_name(meant)}{question[match.end() :]}"


def names_a_relative_place(question: str) -> bool:
    """Whether a place is named by its distance from one named before: "khoản trước đó"."""
    return _RELATIVE.search(question) is not None


def place_name(place: dict[str, str]) -> str:
    """The place as officials write it, innermost first: "khoản 7 Điều 2"."""
    return " ".join(f"{level} {place[level]}" for level in reversed(_OUTERMOST_FIRST) if level in place)


def as_items(place: Mapping[str, str]) -> dict[str, str]:
    """The same place in a document that numbers by mục, as directives do.

    "khoản 2" is its mục 2, and "điểm b khoản 3" its mục 3.b.
    """
    if set(place) == {"khoản"}:
        return {"mục": place["khoản"]}
    if set(place) == {"khoản", "điểm"}:
        return {"mục": f"{place['khoản']}.{place['điểm']}"}
    return dict(place)


def lies_in(passage: Passage, place: dict[str, str]) -> bool:
    """Whether a passage is at or below the place."""
    path = {level: number.lower() for level, number in passage.heading_path}
    steps = passage.location.lower().split(", ")
    return all(
        (level not in _COUNTED and path.get(level) == number.lower())
        or _is_step(level, number.lower(), steps)
        for level, number in place.items()
    )


def _is_step(level: str, number: str, steps: Sequence[str]) -> bool:
    """Whether one step of a location is the place or lies below it: "mục II.1.a" is in "mục II"."""
    step = f"{level.lower()} {number}"
    return any(one == step or (level == "mục" and one.startswith(f"{step}.")) for one in steps)


def asks_for_all(question: str, document_names: Sequence[str]) -> bool:
    """Whether nothing but the place, and perhaps its document, is named: its paragraphs are the answer."""
    without = _PARAGRAPH.sub(" ", _PLACE.sub(" ", question))
    rest = _PLACE_FOLDED.sub(" ", strip_diacritics(without).lower())
    known = {word for name in document_names for word in folded_terms(name)}
    return all(word in known for word in folded_terms(_ASKS_ALL.sub(" ", rest)))
