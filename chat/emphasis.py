"""The decisive words of a quotation (the number, date or name asked for) in bold, by their offsets.

Never looks for words in a text. Knows nothing about what surrounds the text it is given.
"""

from collections.abc import Iterable

from chat.escaping import shown
from corpus.citation import Citation

Span = tuple[int, int]


def decisive_spans(citation: Citation, start: int) -> list[Span]:
    """The decisive spans of `citation` in a text whose character `start` is the quotation's first."""
    shift = start - citation.start
    return [(first + shift, last + shift) for first, last in citation.decisive]


def emphasised(text: str, start: int, end: int, decisive: Iterable[Span]) -> str:
    """`text[start:end]` for element content, with what lies of the `decisive` spans in it in bold.

    Spans may touch, overlap, or reach over the edges; the text content is `text[start:end]` itself.
    """
    parts = []
    done = start
    for span in sorted(decisive):
        first, last = max(span[0], done), min(span[1], end)
        if first < last:
            parts.append(shown(text[done:first]))
            parts.append(f'<strong class="decisive">{shown(text[first:last])}</strong>')
            done = last
    return "".join([*parts, shown(text[done:end])])
