"""Numbers, dates and codes of a text, in forms that can be compared.

"02/6/2023" and "ngày 2 tháng 6 năm 2023" are one date, "05 năm" and "năm năm" one number, "8 nghìn tỷ" and
"8.000 tỷ" too. Does not know what a number counts beyond the unit behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from corpus.text import strip_diacritics

_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTH = "|".join([*_MONTHS, *(name[:3] for name in _MONTHS), "sept"])
_DATES = (
    re.compile(r"(?<![\w/])(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?i)\b(?:ngày\s+)?(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:\s+năm\s+(?P<y>\d{4}))?\b"),
    re.compile(r"(?i)\btháng\s+(?P<m>\d{1,2})\s*(?:/|năm\s+|-)\s*(?P<y>\d{4})\b"),
    re.compile(r"(?i)\b(?:ngày|trước|sau|đến|từ|hết|hạn)\s+(?P<d>\d{1,2})\s*/\s*(?P<m>\d{1,2})(?![\d/])"),
    re.compile(
        rf"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b"
    ),
    re.compile(rf"(?i)\b(?P<n>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b"),
    re.compile(rf"(?i)\b(?P<n>{_MONTH})\.?\s+(?P<y>\d{{4}})\b"),
    re.compile(r"(?<![\w/])(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])"),
)
_MONTH_ALONE = re.compile(r"(?i)\btháng\s+(?P<m>\d{1,2})\b(?!\s*(?:đầu|cuối|/))")
_YEAR = re.compile(r"(?<![\w.,/])(?P<y>(?:19|20)\d\d)(?![\d.,/]\d|\w|\s*(?:tỷ|triệu|nghìn|đồng|ha|%))")
CODE = re.compile(
    r"\d+\s?[-/]\s?(?:\d{4}\s?/\s?)?[A-ZĐÐ][A-Za-zĐÐđ]*(?:\s?[-/&]\s?[A-ZĐÐƯ][A-Za-zĐÐđƯư]*\d*)*"
)
_SCALES = {
    "trăm": 1e2,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_SCALE = "|".join(_SCALES)
_DIGITS = re.compile(
    rf"(?<![\w/.,-])(?P<n>\d{{1,3}}(?:[.,]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<s>(?:\s+(?:{_SCALE})\b)*)\s*(?P<u>%|‰|[^\W\d_]+[²³23]?)?(?P<per>\s?/\s?[^\W\d_]+[²³23]?)?",
    re.IGNORECASE,
)
_ONES = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_NOT_FIRST = frozenset(["tư", "lăm", "mốt", "linh", "lẻ", "mươi"])
_ENGLISH_ONES = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        range(2, 13),
        strict=True,
    )
)
_WORDS = rf"(?:{'|'.join(_ONES)}|mười|mươi|linh|lẻ|{_SCALE})"
_SPOKEN = re.compile(rf"(?<!\w)(?P<n>{_WORDS}(?:\s+{_WORDS})*)\s+(?P<u>%|[^\W\d_]+)", re.IGNORECASE)
_SPOKEN_ENGLISH = re.compile(
    rf"(?i)\b(?P<n>{'|'.join(_ENGLISH_ONES)})\s+(?P<s>(?:(?:{_SCALE})\s+)*)(?P<u>[a-z]+)"
)
# Units by which a number measures; behind other words ("10 tỉnh", "10 địa phương") their coverage decides.
_MEASURES = {
    "%": "%",
    "phần": "%",  # "phần trăm"
    "percent": "%",
    "đồng": "đồng",
    "vnd": "đồng",
    "dong": "đồng",
    "usd": "usd",
    "đôla": "usd",
    "ha": "ha",
    "hecta": "ha",
    "hectare": "ha",
    "hectares": "ha",
    "km": "km",
    "m": "m",
    "mét": "m",
    "m2": "m2",
    "m²": "m2",
    "m3": "m3",
    "m³": "m3",
    "tấn": "tấn",
    "tạ": "tạ",
    "tons": "tấn",
    "tonnes": "tấn",
    "kg": "kg",
    "mw": "mw",
    "năm": "năm",
    "years": "năm",
    "year": "năm",
    "tháng": "tháng",
    "months": "tháng",
    "month": "tháng",
    "ngày": "ngày",
    "days": "ngày",
    "day": "ngày",
    "tuần": "tuần",
    "weeks": "tuần",
    "giờ": "giờ",
    "hours": "giờ",
    "người": "người",
    "people": "người",
    "persons": "người",
    "hộ": "hộ",
    "households": "hộ",
    "xã": "xã",
    "communes": "xã",
    "huyện": "huyện",
    "districts": "huyện",
    "dự": "dự",  # dự án
    "projects": "dự",
    "vụ": "vụ",
    "điểm": "điểm",
    "nhà": "nhà",  # nhà máy
    "plants": "nhà",
    "khu": "khu",
    "zones": "khu",
    "nhóm": "nhóm",
    "groups": "nhóm",
    "lần": "lần",
    "đơn": "đơn",  # đơn vị
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`kind`: "number", "date" or "code". `values`: its readings, of which one has to agree; for a number
    pairs of value and unit ("" where none is known), for a date (day, month, year) with 0 for what is not
    said, for a code its letters. `start`, `end`: where it stands.
    """

    kind: str
    values: frozenset[object]
    start: int
    end: int
    text: str

    def stands_for(self, other: "Figure") -> bool:
        """Whether this figure of a paragraph bears out `other` of a sentence."""
        if self.kind != other.kind:
            return False
        agree = {"number": _same_number, "date": _same_date, "code": _same}[self.kind]
        return any(agree(mine, theirs) for mine in self.values for theirs in other.values)

    def is_like(self, other: "Figure") -> bool:
        """Whether both are of one kind, and numbers of one unit."""
        if self.kind != "number" or other.kind != "number":
            return self.kind == other.kind
        return any(_same_unit(mine, theirs) for mine in _units(self) for theirs in _units(other))


def figures_in(text: str, language: str = "vi") -> tuple[Figure, ...]:
    """The figures of a text in order; what is part of a date or a code is no number."""
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for figure in (*_codes(text), *_dates(text), *_numbers(text, language)):
        if all(figure.end <= start or end <= figure.start for start, end in taken):
            found.append(figure)
            taken.append((figure.start, figure.end))
    return tuple(sorted(found, key=lambda figure: figure.start))


def _codes(text: str) -> Iterator[Figure]:
    for match in CODE.finditer(text):
        plain = strip_diacritics(match.group().replace("Ð", "D")).upper()
        key = re.sub(r"[^A-Z0-9]+", "/", plain)
        yield Figure("code", frozenset([key]), *match.span(), match.group())


def _dates(text: str) -> Iterator[Figure]:
    for pattern in (*_DATES, _MONTH_ALONE, _YEAR):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts.get("m") or 0)
            if name := parts.get("n"):
                month = 1 + next(i for i, full in enumerate(_MONTHS) if full.startswith(name[:3].lower()))
            day, year = int(parts.get("d") or 0), int(parts.get("y") or 0)
            if day <= 31 and month <= 12:
                yield Figure("date", frozenset([(day, month, year)]), *match.span(), match.group())


def _numbers(text: str, language: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        scale = _scaled(match["s"])
        unit = _unit(match["u"])
        if unit and match["per"]:
            unit = f"{unit}/{match['per'].strip(' /').lower()}"
        values = frozenset((value * scale, unit) for value in _read(match["n"], language))
        end = match.end() if unit == "%" else match.end("s") if match["s"] else match.end("n")
        yield Figure("number", values, match.start(), end, text[match.start() : match.end()])
    spoken = _SPOKEN_ENGLISH if language == "en" else _SPOKEN
    for match in spoken.finditer(text):
        value = _english(match) if language == "en" else _spoken(match["n"].lower().split())
        unit = _unit(match["u"])
        # "một", "năm", "hai bên": a word is a number only with a unit behind it or a scale in it.
        if value is not None and (unit or value >= 100):
            yield Figure("number", frozenset([(value, unit)]), *match.span("n"), match.group())


def _read(digits: str, language: str) -> set[float]:
    """1.234,5 as Vietnamese writes it; an English sentence may write 1,234.5 or copy the Vietnamese."""
    vietnamese = re.sub(r"\.(?=\d{3}(?!\d))", "", digits).replace(",", ".")
    found = {vietnamese}
    if language == "en":
        found.add(re.sub(r",(?=\d{3}(?!\d))", "", digits))
    return {float(one) for one in found if one.count(".") <= 1 and "," not in one}


def _scaled(words: str) -> float:
    scale = 1.0
    for word in words.lower().split():
        scale *= _SCALES[word]
    return scale


def _english(match: re.Match[str]) -> float:
    return _ENGLISH_ONES[match["n"].lower()] * _scaled(match["s"])


def _spoken(said: list[str]) -> float | None:
    """The number that words say: "hai mươi lăm" is 25; None for words that say none."""
    if said[0] in _NOT_FIRST:
        return None
    total = current = 0.0
    for place, word in enumerate(said):
        if word in ("mười", "mươi"):
            current = (current or 1) * 10 if word == "mươi" else current + 10
        elif word in _ONES:
            current += _ONES[word]
        elif word in _SCALES:
            if place == 0:
                return None  # "nghìn người": thousands, no number
            current *= _SCALES[word]
            if _SCALES[word] >= 1e3:
                total, current = total + current, 0.0
    return (total + current) or None


def _unit(word: str | None) -> str:
    return _MEASURES.get((word or "").lower(), "")


def _units(figure: Figure) -> set[str]:
    return {cast(tuple[float, str], value)[1] for value in figure.values}


def _same_unit(mine: str, theirs: str) -> bool:
    """Whether numbers of these units may be one another's; "90 triệu đồng" may be "90 triệu đồng/hộ"."""
    if "/" not in mine or "/" not in theirs:
        mine, theirs = mine.partition("/")[0], theirs.partition("/")[0]
    return mine == theirs


def _same_number(mine: object, theirs: object) -> bool:
    my_value, my_unit = cast(tuple[float, str], mine)
    value, unit = cast(tuple[float, str], theirs)
    close = abs(my_value - value) < 1e-9 * max(1.0, abs(value))
    return close and (not my_unit or not unit or _same_unit(my_unit, unit))


def _same_date(mine: object, theirs: object) -> bool:
    """Whether all that a sentence says of a day is said of it."""
    return all(not said or said == held for held, said in zip(mine, theirs, strict=True))  # type: ignore[call-overload]


def _same(mine: object, theirs: object) -> bool:
    return mine == theirs
