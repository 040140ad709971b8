"""Windows: the stretches of a passage that get a vector each.

A window is a sentence, so that a vector speaks of one thing and the best sentence of a paragraph is known
without encoding anything at question time. Short sentences join the next one; a sentence longer than the
encoder reads is cut, never truncated: every character but blanks is inside some window.
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.passage import Passage, Zone
from corpus.sentences import Span, clauses, sentences

_MIN_WORDS = 4  # "Chương II." or "4. Yêu cầu." says nothing alone
_CONTEXT_TOKENS = 96  # room kept for the titles of Điều and mục in front of the words; half where all is less


@dataclass(frozen=True, slots=True)
class Window:
    """`passage.text[start:end]`; `encoded` is the text the encoder reads: heading titles, then the words."""

    id: str
    passage_id: str
    start: int
    end: int
    encoded: str


def windows(passage: Passage, count_tokens: Callable[[str], int], max_tokens: int) -> list[Window]:
    """The windows of a passage, in order. Bare headings have none: their words are in the context."""
    if passage.zone is Zone.HEADING:
        return []
    limit = max_tokens - _CONTEXT_TOKENS if max_tokens > _CONTEXT_TOKENS else max(1, max_tokens // 2)
    spans = [
        part
        for span in _joined(passage.text, sentences(passage.text))
        for part in _fitting(passage.text, span, count_tokens, limit)
    ]
    return [_window(passage, span, count_tokens, max_tokens) for span in spans]


def heading_context(passage: Passage) -> str:
    """Titles of the headings above a passage, outermost first, and the header of its table; or empty."""
    titles = [heading.title for heading in passage.headings[-3:] if heading.title]
    return ". ".join([*titles, passage.header] if passage.header else titles)


def _window(passage: Passage, span: Span, count_tokens: Callable[[str], int], max_tokens: int) -> Window:
    words = span.of(passage.text)
    context = heading_context(passage)
    if not words.startswith(context):
        words = _with_context(context, words, count_tokens, max_tokens)
    return Window(f"{passage.id}:{span.start}", passage.id, span.start, span.end, words)


def _with_context(context: str, words: str, count_tokens: Callable[[str], int], max_tokens: int) -> str:
    """The titles, then the words. Where both are too long the titles lose their outermost words first."""
    while context:
        encoded = f"{context}. {words}"
        if len(encoded) <= max_tokens or count_tokens(encoded) <= max_tokens:
            return encoded
        pieces = context.split()
        context = " ".join(pieces[(len(pieces) + 3) // 4 :])
    return words


def _joined(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and len(joined[-1].of(text).split()) < _MIN_WORDS:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _fitting(text: str, span: Span, count_tokens: Callable[[str], int], limit: int) -> list[Span]:
    """`span` in parts of at most `limit` tokens: at semicolons, then at blanks, then anywhere."""
    # A token has at least one character, so most sentences need no count.
    if span.end - span.start <= max(1, limit) or count_tokens(span.of(text)) <= limit:
        return [span]
    parts = clauses(text, span)
    if len(parts) == 1:
        parts = _halves(text, span)
    return [piece for part in parts for piece in _fitting(text, part, count_tokens, limit)]


def _halves(text: str, span: Span) -> list[Span]:
    middle = (span.start + span.end) // 2
    blank = text.find(" ", middle, span.end)
    cut = blank if blank != -1 else middle
    return [part for part in (Span(span.start, cut), Span(cut, span.end)) if part.of(text).strip()]
