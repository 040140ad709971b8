"""The words of a question with their place in it, and which of them no step may respell.

Numbers, codes of documents, dates, addresses and abbreviations in capitals stay as typed. Knows form only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_WORD = re.compile(r"[^\W_]+")
_PROTECTED = re.compile(
    r"\b\d+[a-zđ]?\s?[-/]\s?[A-ZĐ]{2,}[\wĐđ]*(?:[-/][A-ZĐ][\wĐđ]*)*"  # 17-CT/TU, 24/NQ-HĐND
    r"|\b\d+/\d{4}/[\wĐđ-]+"  # 72/2020/QH14
    r"|\b\d+(?:[.,/-]\d+)*(?!\w)%?"
    r"|\S+@\S+|https?://\S+|\bwww\.\S+|\b\w+\.(?:vn|com|org|net|docx?|pdf)\b"
    r"|\b(?:[Đđ]iểm|[Dd]iem)\s+[a-zđ]\b"
    r"|[\"“”][^\"“”]{1,80}[\"“”]",
)


@dataclass(frozen=True, slots=True)
class Token:
    """`question[start:end]`; `fixed` when it must stay as typed."""

    text: str
    start: int
    end: int
    fixed: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit; its neighbours say nothing about each other."""
        return self.text[0].isdigit()


def protected_spans(question: str) -> list[tuple[int, int]]:
    """Where numbers, codes, dates, addresses and quoted words stand."""
    return [match.span() for match in _PROTECTED.finditer(question)]


def tokens_of(question: str, fixed_spans: Iterable[tuple[int, int]] = ()) -> list[Token]:
    """The words of a question in order; those in `fixed_spans` are fixed, too."""
    shouted = question.upper() == question
    protected = [*protected_spans(question), *fixed_spans]
    found = []
    for match in _WORD.finditer(question):
        token = Token(match.group(), match.start(), match.end())
        inside = any(start <= token.start and token.end <= end for start, end in protected)
        capitals = token.text.isupper() and len(token.text) > 1 and not shouted
        found.append(replace(token, fixed=inside or capitals or token.text.isdigit()))
    return found
