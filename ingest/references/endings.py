"""Clauses at the end of a text that put others out of force, inside a sentence on its own effect.

"Quyết định này có hiệu lực từ … và bãi bỏ Quyết định số 5", "Nghị định số 7 hết hiệu lực kể từ ngày …".
"""

import re
from collections.abc import Iterator, Sequence

from corpus.sentences import Span
from ingest.references.cross_reference import CrossReference

_ENDS_OTHERS = re.compile(r"\b(?P<verb>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\b(?! bằng)", re.IGNORECASE)
_EXPIRES = re.compile(r"\bhết hiệu lực\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s+(?:cho\s+)?(?:các\s+|toàn bộ\s+)?(?:(?:điểm|khoản|Điều|Mục|Chương|Phụ lục)\s[^.:]{0,160})?"
    r"(?:của\s+|tại\s+|ban hành\s+|kèm theo\s+|Quy định\s+|Quy chế\s+)*",
)
_NEXT_OBJECT = re.compile(
    r"[^;:]*?(?:[,;]|\bvà|\bcùng)\s+(?:các\s+|(?:điểm|khoản|Điều)\s[^.;:]{0,80})?", re.DOTALL
)
_NESTED = re.compile(
    r"\b(?:của|theo|bởi|kèm theo|căn cứ|tại|quy định ở|trước ngày|kể từ ngày|khi)\s+(?:các\s+)?$"
)
_PASSIVE = re.compile(r"\bđược (?:sửa đổi|bổ sung|thay thế)")  # then those that did it are named
_FAR = 400


def endings(
    text: str, sentence: Span, offset: int, named: Sequence[CrossReference]
) -> Iterator[tuple[str, CrossReference, str]]:
    """Verb, the document put out of force, and the words in which its last day may be named."""
    expires = _EXPIRES.search(text, sentence.start, sentence.end)
    verb = _ENDS_OTHERS.search(text, sentence.start, sentence.end)
    if verb and _speaks_of_itself(text[sentence.start : verb.start()]):
        yield from _objects(text, verb, offset, [one for one in named if one.start - offset >= verb.end()])
    elif expires:
        before = [one for one in named if one.end - offset <= expires.start()]
        for one in before:
            near = expires.start() - (one.end - offset) <= _FAR
            start = max(sentence.start, text.rfind(";", 0, one.start - offset))
            if (
                near
                and not _PASSIVE.search(text, start, one.start - offset)
                and not _NESTED.search(_before(text, one, offset, sentence.start))
            ):
                yield "hết hiệu lực", one, text[expires.end() : sentence.end]


def _objects(
    text: str, verb: re.Match[str], offset: int, named: Sequence[CrossReference]
) -> Iterator[tuple[str, CrossReference, str]]:
    done = verb.end()
    for index, one in enumerate(named):
        start = one.start - offset
        pattern = _OBJECT if index == 0 else _NEXT_OBJECT
        if not pattern.fullmatch(text, done, start) or (index and _ENDS_OTHERS.search(text, done, start)):
            if index == 0:
                return
            continue
        done = one.end - offset
        yield verb["verb"].lower().replace("huỷ", "hủy"), one, ""


def _speaks_of_itself(words: str) -> bool:
    """Whether the subject is the text itself: "Quyết định này có hiệu lực từ … và"."""
    return re.search(r"\bnày\b", words) is not None


def _before(text: str, one: CrossReference, offset: int, start: int) -> str:
    """What leads to a name, without the places inside the document."""
    words = text[max(start, one.start - offset - 200) : one.start - offset]
    return (
        re.sub(r"(?:(?:các\s+)?(?:điểm|khoản|Điều|Mục|Chương)\s[\w,\s]*?)?(?:của\s+)?$", "", words)
        if one.places
        else words
    )
