"""Markup, quotation marks, and words that stand in a paragraph just as they are.

Looks at characters; knows nothing of what they say.
"""

import re
from collections.abc import Sequence

from assistant.verification.findings import Fault, Finding, Rest
from assistant.verification.reading import Paragraph
from corpus.sentences import Span
from corpus.text import search_terms

_LEAST_VERBATIM = 20  # characters
_OWN_NUMBER = re.compile(r"(?:Điều\s+)?\d{1,3}[.)]|[a-zđ]\)|-")
_MARKUP = re.compile(r"<\s*[a-z/!]|https?:|www\.|javascript:|\]\(|data:[a-z]", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
_ONLY_QUOTES = re.compile(
    r"(?:Theo )?(?:Nghị quyết|Chỉ thị|Kế hoạch|Quyết định|Báo cáo|Văn bản|Đoạn này|The \w+)?"
    r"(?: (?:nêu rõ|nêu|ghi|quy định|yêu cầu|states|says))?[:,\s.]*",
    re.IGNORECASE,
)


def alien(text: str, cited: Sequence[Paragraph]) -> Finding | None:
    """Markup and quotations that the paragraphs do not have."""
    held = [" ".join(f"{one.source.text} {one.source.about}".split()) for one in cited]
    if (markup := _MARKUP.search(text)) and not any(markup.group() in one for one in held):
        return Finding(Fault.FOREIGN_MARKUP, markup.group())
    spelled = [f" {' '.join(search_terms(one))} " for one in held]
    for quoted in _QUOTED.findall(text):
        # Where the tone is written ("xoá", "xóa") is no other word.
        if not any(f" {' '.join(search_terms(quoted))} " in one for one in spelled):
            return Finding(Fault.QUOTATION, quoted)
    return None


def said_or_quoted(text: str) -> str:
    """The words of a sentence that only quotes ("Kế hoạch nêu: “…”"); else the sentence."""
    quoted = _QUOTED.search(text)
    return (
        quoted[1]
        if quoted and _ONLY_QUOTES.fullmatch(text[: quoted.start()] + text[quoted.end() :])
        else text
    )


def verbatim(text: str, number: int, paragraph: Paragraph) -> Rest | None:
    """Where a paragraph has just these words, from the beginning of a statement to its end."""
    words = text.strip(' .;,“”"')
    held = paragraph.source.text
    start = held.find(words) if len(words) >= _LEAST_VERBATIM else -1
    if start < 0:
        return None
    before, after = held[:start].rstrip(), held[start + len(words) :].lstrip()
    opens = not before or before[-1] in ".;:!?" or (_OWN_NUMBER.fullmatch(before) is not None)
    closes = not after or after[0] in ".;!?"
    if not (opens and closes):
        return None
    end = start + len(words)
    return Rest(number, Span(start, end + (after[:1] == "." and held[end : end + 1] == ".")))
