"""Documents named by their number: "Kết luận 99-KL/TU", "chỉ thị 26", "Nghị quyết số 24 năm 2022".

Reads a question and finds the citations of such a document in a text. One number may belong to several
documents; telling them apart is for `assistant.cited`. Missing parts match anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document
from corpus.sentences import Span
from corpus.text import strip_diacritics

_KINDS = (
    "nghị quyết",
    "chỉ thị",
    "kết luận",
    "quyết định",
    "kế hoạch",
    "thông báo",
    "công văn",
    "công điện",
    "thông tư",
    "nghị định",
    "hướng dẫn",
    "quy định",
    "quy chế",
    "đề án",
    "chương trình",
    "luật",
    "lệnh",
    "pháp lệnh",
)
# These are verbs and plain nouns as well: "quyết định 5 dự án". A number alone does not make them a name.
_EVERYDAY = frozenset(
    [
        "quyết định",
        "kế hoạch",
        "quy định",
        "quy chế",
        "hướng dẫn",
        "thông báo",
        "lệnh",
    ]
)
_KIND = rf"(?P<kind>{'|'.join(strip_diacritics(kind) for kind in _KINDS)})"
_NEVER_ALONE = frozenset(strip_diacritics(kind) for kind in _EVERYDAY)
_SUFFIX = r"(?P<suffix>\s?[-/]\s?(?:\d{4}/)?[a-z]{2,}[\w&-]*(?:[-/][a-z]\w*)*)"
_DATE = r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"
_LONG_DATE = r"(?P<day2>\d{1,2}) thang (?P<month2>\d{1,2}) nam (?P<year2>\d{4})"
_DATED = (
    rf"(?:,? \(?(?:ban hanh |ky )?ngay (?:{_DATE}|{_LONG_DATE})"
    r"|,? (?:ban hanh |ky )?nam (?P<only_year>\d{4}))?"
)
# Letters may follow the number only in a suffix; "nghị quyết 6 tháng cuối năm" has no number.
_NAMED = re.compile(
    rf"\b{_KIND}(?P<so>,? so)?:? 0*(?P<number>\d{{1,4}})(?!\d|[.,]\d|\s?%)"
    rf"(?:{_SUFFIX}|(?<! (?:19|20)\d\d)(?!\w|[/-]\d| thang| nam \d{{4}}\s?[-–]))"
    rf"(?P<dated>{_DATED})"
)
_CODE = re.compile(rf"(?<![\w/.-])0*(?P<number>\d{{1,4}})(?:{_SUFFIX})(?P<dated>{_DATED})")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of a document: `suffix` "cttu" for CT/TU, `issued` "2022-10-14", "2022" or ""."""

    kind: str
    number: int
    suffix: str
    issued: str
    span: Span

    def may_be(self, other: "Reference") -> bool:
        """Whether both may name one document: nothing that both state differs."""
        return (
            self.number == other.number
            and (not self.kind or not other.kind or self.kind == other.kind)
            and (not self.suffix or not other.suffix or self.suffix == other.suffix)
            and (self.issued.startswith(other.issued) or other.issued.startswith(self.issued))
        )


def references_in(text: str) -> list[Reference]:
    """Every document named by number in a text, in order."""
    folded = strip_diacritics(text).lower()
    if len(folded) != len(text):
        return []  # offsets would be wrong; NFC Vietnamese never comes here
    found = [
        _reference(match, match.group("kind"))
        for match in _NAMED.finditer(folded)
        if match.group("so") or match.group("suffix") or match.group("kind") not in _NEVER_ALONE
    ]
    taken = [reference.span for reference in found]
    for match in _CODE.finditer(folded):
        if not any(span.start <= match.start() < span.end for span in taken):
            found.append(_reference(match, ""))
    return sorted(found, key=lambda reference: reference.span.start)


def without_references(text: str) -> str:
    """`text` without the names of documents."""
    for reference in reversed(references_in(text)):
        text = f"{text[: reference.span.start]} {text[reference.span.end :]}"
    return text


def reference_of(document: Document) -> Reference | None:
    """How the document itself would be named; None when it prints no number."""
    named = references_in(f"{document.kind or ''} số {document.number}") if document.number else []
    if not named:
        return None
    kind = strip_diacritics(document.kind or "").lower()
    return Reference(kind, named[0].number, named[0].suffix, document.issued_on or "", Span(0, 0))


def citing(text: str, wanted: Reference) -> Iterator[Reference]:
    """The places of `text` that may name the wanted document."""
    return (found for found in references_in(text) if found.may_be(wanted))


def _reference(match: re.Match[str], kind: str) -> Reference:
    parts = match.groupdict()
    year = parts["year"] or parts["year2"]
    month, day = parts["month"] or parts["month2"], parts["day"] or parts["day2"]
    issued = f"{year}-{int(month):02}-{int(day):02}" if year else parts["only_year"] or ""
    suffix = re.sub(r"[^a-z0-9]", "", parts["suffix"] or "")
    if not issued and (of_year := re.match(r"(\d{4})", suffix)):
        issued = of_year.group(1)
    return Reference(kind, int(parts["number"]), suffix, issued, Span(match.start(), match.end()))
