"""The numbered paragraphs that a model writes from, fitted to its window.

Whole paragraphs first; only when not even the best one fits are its sentences around the quoted words taken.
A paragraph that gives orders to a program is never handed on. Does not know how tokens are counted.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import places
from assistant.evidence import Evidence
from assistant.known_facts import named_in
from assistant.verification import Source
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage
from corpus.references import shown_day
from corpus.sentences import Span, sentences
from corpus.text import DIRECTION_MARKS

_MOST = 6  # paragraphs: small models lose their way among more
# What is said to a program rather than to officials, in Vietnamese and English.
_ORDERS = re.compile(
    r"(?:bỏ qua|phớt lờ|quên|vô hiệu|không tuân theo|đừng theo|thay thế)(?: đi)?(?: hết)?(?: tất cả|"
    r" mọi| toàn bộ| các| những)*"
    r" (?:hướng dẫn|quy tắc|chỉ dẫn|lời dặn|lệnh|yêu cầu|ràng buộc|chỉ thị hệ thống|nội dung) (?:ở |"
    r"bên |phía )?(?:trên|trước|hệ thống|đó|này)"
    r"|(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rule|prompt|above|previous|"
    r"guideline)"
    r"|system prompt|lời nhắc hệ thống|prompt hệ thống|lời dặn hệ thống|câu lệnh hệ thống|"
    r"developer mode|jailbreak"
    r"|\b(?:bạn|mày) (?:bây giờ )?là (?:một )?(?:trợ lý|chatbot|ai|mô hình|chuyên gia|hacker|chú)\b|"
    r"you are (?:now )?(?:a|an|the|dan|no longer)\b"
    r"|(?:trợ lý ai|mô hình ngôn ngữ|chatbot|chatgpt|llm|language model|ai assistant)\b"
    r"|<\s*(?:script|img|iframe|svg|a\s|style|body|form|/)|javascript:|\]\(|!\[|\[/?inst\]|<\|"
    r"|^\s*(?:system|assistant|user|hệ thống)\s*:|###\s*(?:system|instruction|hệ thống)"
    r"|(?:in ra|tiết lộ|lặp lại|cho xem|hiển thị|reveal|repeat|print|show)\b.{0,40}\b(?:prompt|lời dặn|"
    r"quy tắc|hướng dẫn của|instructions|chỉ dẫn)"
    r"|(?:trả lời|ghi|viết|nói|khẳng định|respond|answer|reply|say|write|state) (?:đúng |chỉ |only |"
    r"exactly |just )*(?:rằng|là|một chữ|một từ|that|with)\b",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = re.compile(f"[\u200b-\u200d\u2060-\u2065\ufeff{DIRECTION_MARKS}]")


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph, or of one that is too long `span` of it, as a model is given it."""

    document: Document
    passage: Passage
    span: Span

    @property
    def source(self) -> Source:
        """As the check wants it."""
        return Source(self.span.of(self.passage.text), _about(self.document, self.passage))

    def shown(self, number: int) -> str:
        """As the model reads it."""
        return f"[{number}] ({self.source.about})\n{self.source.text}"


def gives_orders(text: str) -> bool:
    """Whether a text tells a program what to do."""
    return bool(_ORDERS.search(_HIDDEN.sub("", text)))


def grounds_of(evidence: Evidence, quoted: Sequence[Citation]) -> list[Passage]:
    """The quoted paragraphs, then those nearest; only the quoted ones where a place or document is named."""
    passages = [citation.passage for citation in quoted]
    if not _is_bound(evidence):
        nearest = (sentence.passage for sentence in evidence.ranked if not sentence.opposed)
        passages += [one for one in nearest if one.document_id not in evidence.excluded]
    distinct = list({passage.id: passage for passage in passages}.values())
    return [passage for passage in distinct if not gives_orders(passage.text)][:_MOST]


def fitted(
    passages: Sequence[Passage], evidence: Evidence, room: int, count: Callable[[str], int]
) -> list[Ground]:
    """As many of the passages as `room` tokens hold, in order; at least a part of the first."""
    chosen: list[Ground] = []
    for passage in passages:
        ground = Ground(evidence.index.document_of(passage), passage, Span(0, len(passage.text)))
        size = count(ground.shown(len(chosen) + 1))
        if size <= room:
            chosen.append(ground)
            room -= size
        elif not chosen:
            return [_cut(ground, evidence, room, count)]
    return chosen


def _cut(ground: Ground, evidence: Evidence, room: int, count: Callable[[str], int]) -> Ground:
    """The sentences of a paragraph around the one nearest to the question, as many as there is room for."""
    text = ground.passage.text
    parts = sentences(text)
    # A place that was asked for by name need not be among what the search ranked.
    near = (one.span.start for one in evidence.ranked if one.passage.id == ground.passage.id)
    best = next(near, parts[0].start)
    first = last = max(i for i, part in enumerate(parts) if part.start <= best)
    span = parts[first]
    while True:
        wider = [(first, last + 1), (first - 1, last)]
        for low, high in wider:
            if low < 0 or high >= len(parts):
                continue
            grown = Span(parts[low].start, parts[high].end)
            if count(Ground(ground.document, ground.passage, grown).shown(1)) <= room:
                first, last, span = low, high, grown
                break
        else:
            return Ground(ground.document, ground.passage, span)


def _is_bound(evidence: Evidence) -> bool:
    """Whether only the quoted paragraphs may be spoken of: the question names a place or a document."""
    return bool(
        places.place_of(evidence.asked.text)
        or places.place_of(evidence.searched.text)
        or named_in(evidence) is not None
        or evidence.understood.everywhere
    )


def _about(document: Document, passage: Passage) -> str:
    day = f"ngày {shown_day(document.issued_on)}" if document.issued_on else ""
    issuer = document.issuer or ""
    return ", ".join(part for part in (document.name, day, issuer, passage.location) if part)
