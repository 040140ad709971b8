"""Số ký hiệu as a text prints its own, of the State ("24/NQ-HĐND") and of the Party ("17-CT/TU").

Reads single lines of a letterhead or title block. Knows how offices type numbers, not what a code means. A
number that has not been given yet, as in drafts ("Số:      /QĐ-UBND"), is `None`.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest.capitals import UPPER
from ingest.genres import GENRES

_LABEL = r"(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Lệnh) số|S[ốỐ])"
# "06 /GM-HĐND", "256 /2004/QĐ-UB", "525/2012/NQLT/UBTVQH13 -ĐCTUBTWMTTQVN", "15972/SXD-QLN& TTBĐS".
_TOKEN = rf"[{UPPER}0-9](?:[{UPPER}a-zđ0-9.]|&\s?(?=[{UPPER}])){{0,40}}"
_CODE = (
    rf"\d{{1,5}}[a-zđ]?(?:\s(?=[{UPPER}]{{2,4}}-[{UPPER}]){_TOKEN}|\s?[-–—/_]\s?{_TOKEN})"
    rf"(?:\s?[-–—/_]\s?{_TOKEN}){{0,6}}"
)
_LABELLED = re.compile(rf"(?<!\w){_LABEL}\s{{0,3}}:?\s{{0,9}}(?P<code>{_CODE})")
_AT_START = re.compile(
    rf"(?P<of>(?:của|CỦA) [^,;.\d]{{3,150}}? )?(?:{_LABEL}|số)\s{{0,3}}:?\s{{0,9}}(?P<code>{_CODE})"
)
_CITES = re.compile(
    "|".join(GENRES), re.IGNORECASE
)  # "của Ủy ban thực hiện Nghị quyết số …" is another's number
_ONLY = re.compile(rf"\(?\s?{_LABEL}\s{{0,3}}:?\s{{0,9}}(?P<code>{_CODE})\s?\)?[.;]?")
_BLANK = re.compile(
    rf"(?<!\w){_LABEL}\s{{0,3}}:?[\s.…]{{0,40}}[-–/]\s?(?:[\s.…]{{0,20}}[-–/]\s?)?[{UPPER}0-9]"
)
_LABEL_ALONE = re.compile(rf"{_LABEL}\s?:?\s?")
_STAMP = re.compile(r"^(?:CÔNG VĂN )?ĐẾN\b|CÔNG BÁO|Công báo")
_SUBJECT = re.compile(r"\bV/[vV]\b.*")
_LONGEST = 1_000  # characters; a longer line is no letterhead


def printed_number(head: Iterable[str]) -> str | None:
    """The first number of the letterhead, without blanks."""
    for whole, below in pairwise([*head, ""]):
        line = _SUBJECT.sub("", whole[:_LONGEST])
        if _LABEL_ALONE.fullmatch(line):
            line = f"{line} {below[:_LONGEST]}"
        if _STAMP.search(line):
            continue
        if _BLANK.search(line):
            return None  # whatever follows is the number of something else
        if (match := _LABELLED.search(line)) and (code := _mended(match["code"])):
            return code
    return None


def number_alone(line: str) -> str | None:
    """The number of a line that holds nothing else, as it stands below some titles."""
    match = _ONLY.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    return _mended(match["code"]) if match else None


def number_at_start(text: str) -> tuple[str, str] | None:
    """The number that the words behind a genre begin with, and the rest.

    "SỐ 12/2020/NQ-HĐND VỀ …", and as gazettes print it "của Thủ tướng Chính phủ số 115/2004/QĐ-TTg ngày …".
    """
    match = _AT_START.match(text[:_LONGEST])
    if match is None or _CITES.search(match["of"] or ""):
        return None
    code = _mended(match["code"])
    return (code, text[match.end() :].strip(" .:,")) if code else None


def _mended(code: str) -> str | None:
    """As it would be cited: no blanks, "1830 QĐ-UBND" and "157/TB_UBND" with their signs."""
    if not any(map(str.isupper, code)):
        return None  # "12/2024" is no number of a text
    text = re.sub(r"\s?([-–—/_&])\s?", r"\1", code.strip())
    text = re.sub(r"(?<=\d)[_ ]", "/", re.sub("[–—]", "-", text)).replace("_", "-")
    return re.sub(r"\s", "", text).rstrip("/-.")
