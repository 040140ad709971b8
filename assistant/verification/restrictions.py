"""What limits a statement and was left out: "từ 10 phòng trở lên", "trừ văn bản mật", "nếu …".

A task of some reads as a task of all then. Wording alone: a limit that stands in another sentence, or that is
put as an adjective, is beyond it.
"""

import re
from collections.abc import Iterator

from assistant.verification.figures import Figure
from corpus.text import search_terms

_WHO = (
    r"hộ|hộ dân|hộ gia đình|người|cơ sở|đơn vị|dự án|công trình|doanh nghiệp|khoản|gói thầu|tổ chức|cá nhân|"
    r"trẻ|trẻ em|lô đất|thửa đất|xe|nhà|nhà trọ|nhà ở|hợp đồng|hồ sơ|xã|trường|lớp|đoàn|chuồng"
)
_NUMBER = r"\d[\d.,]*\s*%?"
# Of whom it is said, and the limit: "trở lên" always, a bare "trên" or "dưới" only behind somebody.
_THRESHOLD = re.compile(
    rf"(?P<of>\w+(?:\s+(?!có\b)\w+)?)\s+(?:có\s+)?"
    rf"(?P<limit>(?:từ\s+)?{_NUMBER}\s*[^,;.\d]{{0,25}}?\btrở (?:lên|xuống))|"
    rf"\b(?P<whom>{_WHO})\s+(?:(?!từ\b|trên\b|dưới\b)\w+\s+){{0,3}}?"
    rf"(?P<bound>(?:trên|dưới|từ)\s+{_NUMBER}\s*\w*)",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"(?P<of>\w+\s+\w+),?\s+(?P<limit>(?:ngoại trừ|không bao gồm|trừ)\s+\w+(?:\s+\w+){0,5})", re.IGNORECASE
)
_SAYS_EXCEPTION = re.compile(
    r"\b(?:trừ|ngoại|không bao gồm|ngoài ra|except\w*|exclud\w*|other than|apart from|unless|but not)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:^|[.;:,]\s+|\d[.)]\s+)(?P<limit>(?:nếu|trường hợp|chỉ khi|trong điều kiện)\s+[^,;.]{3,60})",
    re.IGNORECASE,
)
_SAYS_CONDITION = re.compile(
    r"\b(?:nếu|trường hợp|khi|hễ|đối với|if|when|where|whenever|in case|in the event|unless|"
    r"provided)\b",
    re.IGNORECASE,
)


def left_out(said: str, figures: tuple[Figure, ...], held: str, held_figures: tuple[Figure, ...]) -> str:
    """The limit in `held` that `said` leaves out while it speaks of what is limited; or empty.

    `figures`: of `said`; `held_figures`: of `held`.
    """
    spoken = frozenset(search_terms(said))
    for limit, of, at in _thresholds(held):
        own = [one for one in held_figures if at[0] <= one.start < at[1]]
        kept = any(one.stands_for(mine) for one in own for mine in figures)
        if own and not kept and _speaks_of(of, spoken):
            return limit
    if not _SAYS_EXCEPTION.search(said):
        for match in _EXCEPTION.finditer(held):
            if _speaks_of(match["of"], spoken):
                return match["limit"]
    condition = _CONDITION.search(held)
    return condition["limit"] if condition and not _SAYS_CONDITION.search(said) else ""


def _thresholds(held: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Every limit by a number, of whom it is said, and where it stands."""
    for match in _THRESHOLD.finditer(held):
        name = "limit" if match["limit"] else "bound"
        yield match[name], match["of"] or match["whom"], match.span(name)


def _speaks_of(of: str, spoken: frozenset[str]) -> bool:
    return spoken.issuperset(search_terms(of))
