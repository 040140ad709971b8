"""The conversation as HTML: questions, answers with clickable markers, refusals, problems.

Pure functions of what was asked and answered; knows nothing about Gradio or about the source panel's markup.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, RankedPassage
from chat import texts
from chat.escaping import escaped, shortened, shown
from chat.exchange import Exchange
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage

_MARKER = re.compile(r"\[(\d{1,3})\]")
_NEAREST_LENGTH = 300


def render_conversation(exchanges: Sequence[Exchange]) -> str:
    """Every question with what came of it; a short welcome when nothing was asked yet."""
    if not exchanges:
        return (
            f'<div class="welcome"><p class="welcome-first">{escaped(texts.WELCOME)}</p>'
            f"<p>{escaped(texts.WELCOME_MORE)}</p></div>"
        )
    turns = "".join(_turn(number, exchange) for number, exchange in enumerate(exchanges, 1))
    return f'<ol class="turns">{turns}</ol>'


def _turn(turn: int, exchange: Exchange) -> str:
    state = "pending" if exchange.pending else "done"
    return (
        f'<li class="turn" data-turn="{turn}" data-state="{state}">'
        f'<div class="question">{shown(exchange.question)}</div>{_reply(turn, exchange)}</li>'
    )


def _reply(turn: int, exchange: Exchange) -> str:
    if exchange.answer is not None:
        return render_answer(exchange.answer, turn)
    if exchange.problem is not None:
        return f'<div class="reply problem"><p class="reply-text">{shown(exchange.problem)}</p></div>'
    return f'<div class="reply pending"><p class="reply-text">{escaped(texts.PENDING)}</p></div>'


def render_answer(answer: Answer, turn: int) -> str:
    """One answer or refusal; `turn` is its number in the conversation, by which markers find their source."""
    understood = ""
    if answer.understood_as is not None:
        understood = f'<p class="understood">{escaped(texts.UNDERSTOOD_AS)} {shown(answer.understood_as)}</p>'
    if answer.refused:
        nearest = _nearest(answer.passages[0]) if answer.passages else ""
        text = f'<p class="reply-text">{shown(answer.text)}</p>'
        return f'<div class="reply refusal">{understood}{text}{nearest}</div>'
    lines = _with_markers(answer.text, answer.citations, turn).split("\n")
    text = f'<p class="reply-text">{"".join(f"<span>{line}</span>" for line in lines)}</p>'
    return f'<div class="reply">{understood}{text}{_places(answer.citations, turn)}</div>'


def _with_markers(text: str, citations: Sequence[Citation], turn: int) -> str:
    """`text` with its markers as buttons. A number without a citation stays text."""
    quoted = _quoted(text, citations)
    parts = []
    done = 0
    for match in _MARKER.finditer(text):
        number = int(match.group(1))
        # Official texts have footnotes of their own: "[1]" inside quoted words is not our marker.
        inside_quote = any(start <= match.start() < end for start, end in quoted)
        if not 1 <= number <= len(citations) or inside_quote:
            continue
        parts.append(shown(text[done : match.start()]))
        parts.append(
            f'<button type="button" class="marker" data-turn="{turn}" data-cite="{number}" '
            f'aria-label="{escaped(texts.see_source(number))}">[{number}]</button>'
        )
        done = match.end()
    parts.append(shown(text[done:]))
    return "".join(parts)


def _quoted(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where `text` repeats the citations' words. Tells markers from footnotes; nothing is cited by it."""
    spans = []
    cursor = 0
    for citation in citations:
        start = text.find(citation.quote, cursor)
        if start >= 0:
            cursor = start + len(citation.quote)
            spans.append((start, cursor))
    return spans


def _places(citations: Sequence[Citation], turn: int) -> str:
    lines = []
    for number, citation in enumerate(citations, 1):
        place = _place(citation.passage, citation.document)
        lines.append(
            f'<li><button type="button" class="place" data-turn="{turn}" data-cite="{number}">'
            f'<span class="number">[{number}]</span> {place}</button></li>'
        )
    return f'<ul class="places">{"".join(lines)}</ul>'


def _nearest(found: RankedPassage) -> str:
    text = found.passage.text
    short = shortened(text, _NEAREST_LENGTH)
    whole = ""
    if short.endswith("…") and not text.endswith("…"):
        whole = (
            f"<details><summary>{escaped(texts.WHOLE_PASSAGE)}</summary>"
            f'<p class="passage">{shown(text)}</p></details>'
        )
    place = _place(found.passage, found.document)
    return (
        f'<div class="nearest"><p class="nearest-title">{escaped(texts.NEAREST)} '
        f'<span class="nearest-warning">({escaped(texts.NEAREST_WARNING)}):</span></p>'
        f'<p>{place}</p><p class="nearest-text">{shown(short)}</p>{whole}</div>'
    )


def _place(passage: Passage, document: Document) -> str:
    return (
        f'<span class="location">{shown(passage.location)}</span> – '
        f'<span class="document">{shown(document.name)}</span>'
    )
