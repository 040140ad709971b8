"""Who issued a cited document: the words behind its name, and whether two such wordings may mean one body.

Knows wordings only: that a Ban Thường vụ and a Ban Chấp hành of one Tỉnh ủy are two bodies, and that "tỉnh"
alone leaves open which.
"""

import re

from corpus.references import UPPER, folded

_STOP = (
    r"về|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|theo|trong|tại|để|đã|được|là|do|có|"
    r"và\s+(?:[a-zđ]|Nghị|Chỉ|Quyết|Kết|Luật|Kế|Thông|số)"
)
_OF = re.compile(
    rf"\s*,?\s*của\s+(?P<issuer>(?!Luật|Nghị|Bộ luật|Pháp)[{UPPER}][^,;.:()“”]*?)"
    rf"(?=\s+(?:{_STOP})|[,;.:()“”]|\s*$)"
)
_BODIES = ("ban thuong vu", "ban chap hanh", "thuong truc", "ban bi thu", "bo chinh tri")
_PLACE = re.compile(
    r"\b(?:[Tt]ỉnh|TỈNH|[Tt]hành phố|THÀNH PHỐ|TP\.?|[Tt]hành|THÀNH|[Hh]uyện|HUYỆN|[Qq]uận|QUẬN|[Xx]ã|XÃ|"
    r"[Pp]hường|PHƯỜNG)"
    rf"(?:\s+(?:ỦY|UỶ|ủy|uỷ|Ủy|Uỷ))?\s+(?P<place>(?!ỦY|UỶ|Ủy|Uỷ)[{UPPER}]\S*(?:\s+[{UPPER}]\S*){{0,3}})"
)
# Bodies of a province, a district or a commune: the suffix alone does not say of which.
_LOCAL = re.compile(r"(?:tu|hu|dtu|hdnd\w*|ub|ubnd\w*|ctub\w*|tthdnd\w*)$")


def issuer_after(text: str, position: int) -> re.Match[str] | None:
    """The words "của …" that follow a name, group `issuer`; None when nothing does."""
    return _OF.match(text, position)


def place_named(text: str | None) -> str:
    """The province or other place that the name of a body ends with, folded; "" for "HĐND tỉnh"."""
    match = _PLACE.search(text or "")
    return folded(match["place"]).strip(" .,;") if match else ""


def is_local(suffix: str) -> bool:
    """Whether numbers with this suffix are given in every province."""
    return _LOCAL.search(suffix) is not None


def may_be_one(one: str, other: str) -> bool:
    """Whether two issuers, as printed, may be the same body; what one does not say is open."""
    first, second = _body(one), _body(other)
    return not first or not second or first == second


def _body(issuer: str) -> str:
    plain = folded(issuer)
    return next((body for body in _BODIES if body in plain), "")
