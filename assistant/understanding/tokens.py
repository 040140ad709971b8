"""The words of a question with their place in it, and which of them no step may respell.

Numbers, codes of documents, dates, addresses and abbreviations in capitals stay as typed. Knows form only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_WORD = re.compile(r"[^\W_]+")
_PROTECTED = re.compile(
    r"\b\d+[a-zđ]?\s?[-/]\s?[A-ZĐ]{2,}[\wĐđ]*(?:[-/][A-ZĐ][\wĐđ]*)*"  # 17-CT/TU, 24/NQ-HĐND
    r"|\b\d+\s?[-/]\s?(?:nq|ct|kl|qđ|qd|kh|tb|cv|nđ|nd|tt|ttr|hd|bc|cđ|ubnd|hđnd|hdnd)(?:[-/][^\W\d]\w*)*\b"
    r"|\b\d+/\d{4}/[\wĐđ-]+"  # 72/2020/QH14
    r"|\b\d+(?:[.,/-]\d+)*(?!\w)%?"
    r"|\S+@\S+|https?://\S+|\bwww\.\S+|\b\w+\.(?:vn|com|org|net|docx?|pdf)\b"
    r"|\b(?:[Đđ]iểm|[Dd]iem)\s+[a-zđ]\d?\b"
    r"|[\"“”][^\"“”]{1,80}[\"“”]",
)


@dataclass(frozen=True, slots=True)
class Token:
    """`question[start:end]`; `fixed`: stays as typed; `parts`: says nothing about the words beside it."""

    text: str
    start: int
    end: int
    fixed: bool = False
    parts: bool = False


def protected_spans(question: str) -> list[tuple[int, int]]:
    """Where numbers, codes, dates, addresses and quoted words stand."""
    return [match.span() for match in _PROTECTED.finditer(question)]


def tokens_of(question: str, fixed_spans: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """The words of a question in order; those in `fixed_spans` are fixed, too."""
    protected, fixed = protected_spans(question), list(fixed_spans)
    found = []
    for match in _WORD.finditer(question):
        token = Token(match.group(), match.start(), match.end())
        parts = _inside(token, protected) or (token.text.isupper() and len(token.text) > 1)
        parts = (parts or token.text.isdigit()) and not _inside(token, fixed)
        found.append(replace(token, fixed=parts or _inside(token, fixed), parts=parts))
    return found


def _inside(token: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)
