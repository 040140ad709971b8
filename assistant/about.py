"""Questions about a document itself: its number, date, signer.

These are printed in letterhead and signature or nowhere. Where they are not printed the honest answer is
that; the text's many other numbers and dates belong to the documents it cites.
"""

import re
from dataclasses import dataclass

from corpus.passage import Passage, Zone


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is asked for, in each language; `printed` matches a paragraph of `zones` that states it."""

    asked: dict[str, str]
    zones: frozenset[Zone]
    printed: re.Pattern[str]


_THIS = r"((nghị quyết|văn bản|chỉ thị|quyết định|kế hoạch|tài liệu)( này| trên)?)"
_NUMBERED = re.compile(r"\d+\s*[-/]\s*[A-ZĐ]{2}|\bsố \d")
_DATE = r"ngày\s*\d{1,2}\s+tháng\s*\d{1,2}\s+năm"
_NAME = r"^[A-ZĐÀ-Ỹ][a-zà-ỹđ]+( [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,4}$"


def _attribute(vi: str, en: str, printed: str, *zones: Zone) -> Attribute:
    return Attribute({"vi": vi, "en": en}, frozenset(zones), re.compile(printed))


_ATTRIBUTES = (
    (
        re.compile(r"số,? (ký|kí) hiệu|(số hiệu|mã số|số) (của )?" + _THIS + r"|" + _THIS + r"( mang)? số (mấy|bao nhiêu|nào)"),
        _attribute("số, ký hiệu", "the number", r"\b[Ss]ố\b\s*:?\s*\d", Zone.LETTERHEAD),
    ),
    (
        re.compile(r"\b(ai|người nào|ông nào|đồng chí nào|lãnh đạo nào)( là người)?( đã)? ký|người ký|chữ ký của ai"),
        _attribute("người ký", "the signer", _NAME, Zone.SIGNATURE),
    ),
    (
        re.compile(_THIS + r".{0,30}(ban hành|ký|thông qua|ra đời).{0,15}(ngày|khi|bao giờ|lúc|hôm|năm) ?(nào|mấy)?|ngày (ban hành|ký|thông qua).{0,20}" + _THIS),
        _attribute("ngày ban hành", "the date of issue", _DATE, Zone.LETTERHEAD, Zone.CLOSING),
    ),
    (
        re.compile(_THIS + r".{0,20}(có )?hiệu lực|hiệu lực.{0,20}" + _THIS),
        _attribute("ngày có hiệu lực", "the effective date", r"có hiệu lực.{0,40}ngày", Zone.BODY, Zone.CLOSING),
    ),
)  # fmt: skip


def attribute_asked(question: str) -> Attribute | None:
    """The attribute of the document itself that is asked for; None when a cited document is meant."""
    if _NUMBERED.search(question):
        return None
    text = question.lower()
    return next((attribute for pattern, attribute in _ATTRIBUTES if pattern.search(text)), None)


def states(passage: Passage, attribute: Attribute) -> bool:
    """Whether the paragraph states the attribute of the document it belongs to."""
    return passage.zone in attribute.zones and attribute.printed.search(passage.text) is not None
