"""Questions about a document itself: its number, date, signer, date of effect.

These are printed in letterhead, closing or signature, or nowhere. Where they are not printed the honest
answer is that; the text's many other numbers and dates belong to the documents it cites.
"""

import re
from dataclasses import dataclass

from corpus.document import Document
from corpus.passage import Passage, Zone
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Attribute:
    """How a refusal names what is asked for; `printed` matches a paragraph of `zones` that states it."""

    asked: str
    zones: frozenset[Zone]
    printed: re.Pattern[str]

    def named(self, language: str) -> str:
        """How a refusal in this language names it."""
        return self.asked if language == "vi" else _ENGLISH[self.asked]


_ENGLISH = {
    "số, ký hiệu": "its number",
    "người ký": "who signed it",
    "ngày ban hành": "its date of issue",
    "ngày có hiệu lực": "its date of effect",
}
_THIS = r"(?:nghị quyết|văn bản|chỉ thị|quyết định|kế hoạch|tài liệu)(?: này| trên)?"
_KIND = re.compile(r"\b(?:nghị quyết|chỉ thị|quyết định|kế hoạch|kết luận|thông tư|nghị định|luật)\b")
_WHEN = r"(?:ngày|khi|bao giờ|lúc|hôm|năm) ?(?:nào|mấy)?"
_WHO = r"(?:ai|người nào|ông nào|đồng chí nào|lãnh đạo nào)"
# "Nghị quyết số 233-NQ/TU ban hành ngày nào?" is about a cited document, whose date the text may well state.
_ANOTHER_DOCUMENT = re.compile(r"\d+\s*[-/]\s*[A-ZĐ]{2}|\bsố \d")
_TABLE = (
    (
        rf"số,? (?:ký|kí) hiệu|(?:số hiệu|mã số|số) (?:của )?{_THIS}"
        rf"|^{_THIS}(?: mang)? số (?:mấy|bao nhiêu|nào)",
        "số, ký hiệu",
        r"\b[Ss]ố\b\s*:?\s*\d",
        {Zone.LETTERHEAD},
    ),
    (
        rf"\b{_WHO}(?: là người)?(?: đã)? ký|người ký|chữ ký của ai",
        "người ký",
        r"^[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,4}$",
        {Zone.SIGNATURE},
    ),
    (
        rf"{_THIS}.{{0,30}}(?:ban hành|(?<!đăng )ký|thông qua|ra đời).{{0,15}}{_WHEN}"
        rf"|ngày (?:ban hành|ký|thông qua).{{0,20}}{_THIS}",
        "ngày ban hành",
        r"ngày\s*\d{1,2}\s+tháng\s*\d{1,2}\s+năm",
        {Zone.LETTERHEAD, Zone.CLOSING},
    ),
    (
        rf"{_THIS}.{{0,20}}(?:có )?hiệu lực|hiệu lực.{{0,20}}{_THIS}",
        "ngày có hiệu lực",
        r"có hiệu lực.{0,40}ngày",
        {Zone.BODY, Zone.CLOSING},
    ),
)
_ATTRIBUTES = tuple(
    (re.compile(cue), Attribute(asked, frozenset(zones), re.compile(printed)))
    for cue, asked, printed, zones in _TABLE
)


def kind_named(question: str) -> str | None:
    """The kind of document a question speaks of ("chỉ thị"); None for "văn bản", which is any."""
    match = _KIND.search(question.lower())
    return match.group() if match else None


def names_another_document(question: str) -> bool:
    """Whether a document is named by its number, so that the question is not about the text at hand."""
    return _ANOTHER_DOCUMENT.search(question) is not None


def attribute_asked(question: str) -> Attribute | None:
    """The attribute of the document itself that is asked for; None when a cited document is meant."""
    if names_another_document(question):
        return None
    text = question.lower()
    return next((attribute for cue, attribute in _ATTRIBUTES if cue.search(text)), None)


def states(passage: Passage, attribute: Attribute) -> bool:
    """Whether the paragraph states the attribute of the document it belongs to."""
    return passage.zone in attribute.zones and attribute.printed.search(passage.text) is not None


def stating(index: Index, document: Document, attribute: Attribute) -> list[Passage]:
    """The paragraphs of a document that state one of its attributes."""
    return [passage for passage in index.passages_of(document.id) if states(passage, attribute)]
