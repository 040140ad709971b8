"""The source panel: each cited paragraph once, whole, with the quoted words highlighted by their offsets.

Never looks for a quote in a text. Knows nothing about the conversation beside it except its numbering.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from chat import texts
from chat.emphasis import Span, decisive_spans, emphasised
from chat.escaping import escaped, shortened, shown
from chat.exchange import Exchange
from corpus.citation import Citation

_CAPTION_LENGTH = 120


def render_sources(exchanges: Sequence[Exchange]) -> str:
    """The sources of every answer; all but the newest are hidden until one of their markers is clicked."""
    sections = [_section(number, exchange) for number, exchange in enumerate(exchanges, 1)]
    if not sections:
        return f'<p class="no-sources">{escaped(texts.NO_SOURCES_YET)}</p>'
    newest = len(sections)
    return "".join(
        f'<section class="sources-of" data-turn="{number}"{_hidden(number != newest)}>{body}</section>'
        for number, body in enumerate(sections, 1)
    )


def _hidden(yes: bool) -> str:
    return " hidden" if yes else ""


def highlighted(text: str, spans: Mapping[int, Span], decisive: Sequence[Span] = ()) -> str:
    """`text` with the `spans` (marker number to offsets) in `<mark>`, `decisive` in bold; its text content
    is `text` itself.

    Spans may touch or overlap: the text is cut at every edge, and each piece names all markers it belongs
    to. The visible number is drawn by the style sheet, so that copying the paragraph gives its exact words.
    """
    edges = sorted({0, len(text), *(edge for span in spans.values() for edge in span)})
    return "".join(
        _piece(emphasised(text, start, end, decisive), start, end, spans) for start, end in pairwise(edges)
    )


def _piece(piece: str, start: int, end: int, spans: Mapping[int, Span]) -> str:
    covering = [number for number, span in spans.items() if span[0] <= start and end <= span[1]]
    if not covering:
        return piece
    label = "".join(f"[{number}]" for number in covering if spans[number][0] == start)
    cites = " ".join(str(number) for number in covering)
    label_attribute = f' data-label="{label}"' if label else ""
    return f'<mark data-cites="{cites}"{label_attribute}>{piece}</mark>'


def _section(turn: int, exchange: Exchange) -> str:
    note = f" {escaped(texts.ASKED_AS_TYPED)}" if exchange.as_typed else ""
    caption = (
        f'<p class="sources-caption">{escaped(texts.SOURCES_OF)} '
        f"<q>{shown(shortened(exchange.question, _CAPTION_LENGTH))}</q>{note}</p>"
    )
    if exchange.answer is None or not exchange.answer.citations:
        return "" if exchange.pending else f'{caption}<p class="no-sources">{escaped(texts.NO_SOURCES)}</p>'
    cards = "".join(_card(turn, group) for group in _by_passage(exchange.answer.citations))
    back = f'<button type="button" class="back" data-back="{turn}">{escaped(texts.BACK_TO_ANSWER)}</button>'
    return caption + cards + back


def _by_passage(citations: Sequence[Citation]) -> list[dict[int, Citation]]:
    """Citations by their number, those of one paragraph together, in order of first mention."""
    groups: dict[tuple[str, str], dict[int, Citation]] = {}
    for number, citation in enumerate(citations, 1):
        groups.setdefault((citation.document.id, citation.passage.id), {})[number] = citation
    return list(groups.values())


def _card(turn: int, citations: Mapping[int, Citation]) -> str:
    first = next(iter(citations.values()))
    numbers = "".join(f'<span class="number">[{number}]</span>' for number in citations)
    cites = " ".join(str(number) for number in citations)
    spans = {number: citation.span_in_passage for number, citation in citations.items()}
    decisive = [
        span for number, citation in citations.items() for span in decisive_spans(citation, spans[number][0])
    ]
    header = first.passage.header
    columns = f'<p class="table-header">{shown(header)}</p>' if header else ""
    return (
        f'<article class="card" tabindex="-1" data-turn="{turn}" data-cites="{cites}">'
        f'<h3>{numbers} <span class="location">{shown(first.passage.location_on_page)}</span></h3>'
        f'<p class="document">{shown(first.document.name)}</p>{columns}'
        f'<p class="passage">{highlighted(first.passage.text, spans, decisive)}</p></article>'
    )
