"""The source panel: each cited paragraph once, whole, with the quoted words highlighted by their offsets.

Never looks for a quote in a text. Knows nothing about the conversation beside it except its numbering.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from chat import links
from chat.emphasis import Span, decisive_spans, emphasised
from chat.escaping import escaped, shortened, shown
from chat.exchange import Exchange
from chat.grouping import by_passage
from chat.texts import VI, Texts
from corpus.citation import Citation, cited_as

_CAPTION_LENGTH = 120


def render_sources(exchanges: Sequence[Exchange], texts: Texts = VI) -> str:
    """The sources of every answer; all but the newest are hidden until one of their markers is clicked."""
    sections = [_section(number, exchange, texts) for number, exchange in enumerate(exchanges, 1)]
    if not sections:
        return f'<p class="no-sources">{escaped(texts.no_sources_yet)}</p>'
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


def _section(turn: int, exchange: Exchange, texts: Texts) -> str:
    told = exchange.manner_told(texts)
    note = f" {escaped(told)}" if told else ""
    caption = (
        f'<p class="sources-caption">{escaped(texts.sources_of)} '
        f"<q>{shown(shortened(exchange.question, _CAPTION_LENGTH))}</q>{note}</p>"
    )
    if not exchange.citations:
        return "" if exchange.pending else f'{caption}<p class="no-sources">{escaped(texts.no_sources)}</p>'
    cards = "".join(
        _card(turn, group, texts, changed=not exchange.changed.isdisjoint(group))
        for group in by_passage(exchange.citations)
    )
    back = f'<button type="button" class="back" data-back="{turn}">{escaped(texts.back_to_answer)}</button>'
    return caption + cards + back


def _card(turn: int, citations: Mapping[int, Citation], texts: Texts, *, changed: bool) -> str:
    first = next(iter(citations.values()))
    numbers = "".join(f'<span class="number">[{number}]</span>' for number in citations)
    cites = " ".join(str(number) for number in citations)
    header = first.passage.header
    columns = f'<p class="table-header">{shown(header)}</p>' if header else ""
    warning = f'<p class="changed">{escaped(texts.changed)}</p>' if changed else ""
    passage = shown(first.passage.text) if changed else _highlighted_passage(citations)
    return (
        f'<article class="card" tabindex="-1" data-turn="{turn}" data-cites="{cites}">'
        f'<h3>{numbers} <span class="location">{shown(first.passage.location_on_page)}</span></h3>'
        f'<p class="document">{shown(first.document.name)}</p>{warning}{columns}'
        f'<p class="passage">{passage}</p>{_actions(citations, texts, changed=changed)}</article>'
    )


def _highlighted_passage(citations: Mapping[int, Citation]) -> str:
    spans = {number: citation.span_in_passage for number, citation in citations.items()}
    decisive = [
        span for number, citation in citations.items() for span in decisive_spans(citation, spans[number][0])
    ]
    return highlighted(next(iter(citations.values())).passage.text, spans, decisive)


def _actions(citations: Mapping[int, Citation], texts: Texts, *, changed: bool) -> str:
    """What can be done with a source: take its words along, or see them where they stand."""
    first = next(iter(citations.values()))
    address = links.document(first) if changed else links.place_in_document(first)
    return (
        '<p class="card-actions"><button type="button" class="copy" '
        f'data-copy="{escaped(copied(citations))}" '
        f'data-copied="{escaped(texts.copied)}" data-not-copied="{escaped(texts.not_copied)}">'
        f'{escaped(texts.copy)}</button><a href="{escaped(address)}" target="_blank" rel="noopener">'
        f'{escaped(texts.open_in_document)}<span class="unseen"> {escaped(texts.in_new_tab)}</span></a></p>'
    )


def copied(citations: Mapping[int, Citation]) -> str:
    """The quotations of one paragraph with their place, for a text of one's own: “a” “b” (place document)."""
    quotes = " ".join(f"“{citation.quote}”" for citation in citations.values())
    return f"{quotes} ({cited_as(next(iter(citations.values())))})"
