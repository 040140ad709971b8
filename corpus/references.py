"""Documents named by their number: "Kết luận 99-KL/TU", "chỉ thị 26", "Nghị quyết số 24 năm 2022".

One grammar for what people type and for what official texts print, both orthographies: state (24/NQ-HĐND,
30/2020/NĐ-CP, 72/2020/QH14) and Party (17-CT/TU). One number may belong to several documents; telling them
apart is for others. Missing parts match anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.document import Document
from corpus.sentences import Span
from corpus.text import strip_diacritics

KINDS = (
    "nghị quyết liên tịch", "nghị quyết", "chỉ thị", "kết luận", "quyết định", "kế hoạch", "thông báo",
    "công văn", "công điện", "thông tư liên tịch", "thông tư", "nghị định", "hướng dẫn", "quy định",
    "quy chế", "đề án", "chương trình", "báo cáo", "tờ trình", "bộ luật", "luật", "lệnh", "pháp lệnh",
)  # fmt: skip
# These are verbs and plain nouns as well: "quyết định 5 dự án". A number alone does not make them a name.
_EVERYDAY = frozenset(
    ["quyết định", "kế hoạch", "quy định", "quy chế", "hướng dẫn", "thông báo", "lệnh", "báo cáo", "tờ trình"]
)
_SPELLED = {strip_diacritics(kind): kind for kind in KINDS}
KIND = "|".join(sorted(_SPELLED, key=len, reverse=True))
_NEVER_ALONE = frozenset(strip_diacritics(kind) for kind in _EVERYDAY)
# "Số:  256 /2004/QĐ-UB", "525/2012/NQLT/UBTVQH13 -ĐCTUBTWMTTQVN", "157/TB_UBND": blanks occur anywhere.
_SUFFIX = (
    r"(?P<suffix>\s?[-/–]\s?(?:\d{4}\s?/\s?)?[a-z]{2,}[\w&]*(?:\.[a-z]\w*)*"
    r"(?:\s?[-/–]\s?[a-z][\w&]*(?:\.[a-z]\w*)*|[-/]\d\w*)*)"
)
DATE = r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"
LONG_DATE = r"(?P<day2>\d{1,2}) ?thang ?(?P<month2>\d{1,2}) nam (?P<year2>\d{4})"
DATED = (
    rf"(?:,? \(?(?:ban hanh |ky )?ngay ?(?:{DATE}|{LONG_DATE})"
    r"|,? (?:ban hanh |ky )?nam (?P<only_year>\d{4}))?"
)
# Capitals for a character class: a range "À-Ỹ" has small letters in it.
UPPER = "A-Z" + "".join(c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())
_SMALL_CODES = frozenset(["ctr", "ttr"])  # "19/Ctr-UBND" beside "19/CTr-UBND"
_NUMBER = r"0*(?P<number>\d{1,5})(?P<letter>[a-zđ]?)"
# Letters may follow the number only in a suffix; "nghị quyết 6 tháng cuối năm" has no number.
_NAMED = re.compile(
    rf"\b(?P<kind>{KIND})(?P<so>,? so)?:? {_NUMBER}(?!\w|[.,]\d|\s?%)"
    rf"(?:{_SUFFIX}|(?<! (?:19|20)\d\d)(?![/-]\d| thang| nam \d{{4}}\s?[-–]))"
    rf"(?P<dated>{DATED})"
)
_CODE = re.compile(rf"(?<![\w/.-])(?:so:? )?(?<![\w/.-]){_NUMBER}(?:{_SUFFIX})(?P<dated>{DATED})")


def _letter_table() -> dict[int, str]:
    """Every letter that has one without marks, in small: folding must not move an offset."""
    table = {code: chr(code).lower() for code in range(0x41, 0x5B)}
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)):
        plain = strip_diacritics(chr(code)).lower()
        if len(plain) == 1:
            table[code] = plain
    lookalikes = {ord("Ð"): "d", ord("ð"): "d"}  # the Icelandic letter, as old typing programs have it
    return table | lookalikes | {ord("\n"): " ", ord("\t"): " ", 0xA0: " "}


_PLAIN = _letter_table()


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of a document: `suffix` "cttu" for CT/TU, `issued` "2022-10-14", "2022" or "".

    `kind` is without diacritics. `letter` is that of numbers as "5a".
    """

    kind: str
    number: int
    suffix: str
    issued: str
    span: Span
    letter: str = ""

    def may_be(self, other: "Reference") -> bool:
        """Whether both may name one document: nothing that both state differs."""
        return (
            (self.number, self.letter) == (other.number, other.letter)
            and (not self.kind or not other.kind or self.kind == other.kind)
            and (not self.suffix or not other.suffix or self.suffix == other.suffix)
            and (self.issued.startswith(other.issued) or other.issued.startswith(self.issued))
        )


def folded(text: str) -> str:
    """`text` in small letters without diacritics and line ends, every character at its place."""
    return text.translate(_PLAIN)


def spelled_kind(plain: str) -> str:
    """A kind as documents have it: "nghị định" for "nghi dinh"; what is no kind stays."""
    return _SPELLED.get(plain, plain)


def references_in(text: str, *, printed: bool = False) -> list[Reference]:
    """Every document named by number in a text, in order.

    `printed`: in an official text, where codes are in capitals; "24/7" and "5/xã" are none.
    """
    plain = folded(text)
    named = [
        (match, _reference(match, match["kind"]))
        for match in _NAMED.finditer(plain)
        if match["so"] or match["suffix"] or match["kind"] not in _NEVER_ALONE
    ]
    taken = {position for match, _ in named for position in range(match.start(), match.end())}
    alone = ((match, _reference(match, "")) for match in _CODE.finditer(plain) if match.start() not in taken)
    found = [
        reference
        for match, reference in (*named, *alone)
        if not printed or not match["suffix"] or _is_code(text[match.start("suffix") : match.end("suffix")])
    ]
    return sorted(found, key=lambda reference: reference.span.start)


def without_references(text: str) -> str:
    """`text` without the names of documents."""
    for reference in reversed(references_in(text)):
        text = f"{text[: reference.span.start]} {text[reference.span.end :]}"
    return text


def reference_of(document: Document) -> Reference | None:
    """How the document itself would be named; None when it prints no number."""
    return named_by(document.kind, document.number, document.issued_on)


def named_by(kind: str | None, number: str | None, issued_on: str | None) -> Reference | None:
    """How a document with these attributes would be named; None without a number."""
    named = references_in(f"{kind or ''} số {number}") if number else []
    if not named:
        return None
    first = named[0]
    plain = strip_diacritics(kind or "").lower()
    return Reference(plain, first.number, first.suffix, issued_on or "", Span(0, 0), first.letter)


def citing(text: str, wanted: Reference) -> Iterator[Reference]:
    """The places of `text` that may name the wanted document."""
    return (found for found in references_in(text) if found.may_be(wanted))


def issued_in(parts: dict[str, str | None]) -> str:
    """The date among the groups of `DATED`: ISO 8601, a year, or ""; an impossible day leaves the year."""
    year, only = parts["year"] or parts["year2"], parts["only_year"] or ""
    if not year:
        return only
    month, day = int(parts["month"] or parts["month2"] or 0), int(parts["day"] or parts["day2"] or 0)
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:  # "21/21/2023" is a slip of the pen
        return year


def shown_day(day: str) -> str:
    """An ISO day as official texts write it, "02/6/2023": a zero before 1 to 9, and before months 1, 2."""
    year, month, number = (int(part) for part in day.split("-"))
    return f"{number:02}/{month:02}/{year}" if month < 3 else f"{number:02}/{month}/{year}"


def _reference(match: re.Match[str], kind: str) -> Reference:
    suffix = re.sub(r"[^a-z0-9]", "", match["suffix"] or "")
    issued = issued_in(match.groupdict())
    if not issued and (of_year := re.match(r"((?:19|20)\d\d)", suffix)):
        issued = of_year.group(1)
    span = Span(match.start(), match.end())
    return Reference(kind, int(match["number"]), suffix, issued, span, match["letter"])


def _is_code(suffix: str) -> bool:
    """Whether the first word of a suffix is an abbreviation: "TTg", but not "Bangbieu" of an address."""
    word = re.search(r"[^\W\d_]+", suffix)
    if word is None or not word[0][0].isupper():
        return False
    return sum(map(str.isupper, word[0])) >= 2 or word[0].lower() in _SMALL_CODES
