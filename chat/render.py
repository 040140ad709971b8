"""The conversation as HTML: questions, answers with clickable markers, refusals, problems.

Pure functions of what was asked and answered; knows nothing about Gradio or about the source panel's markup.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Note, RankedPassage
from chat.emphasis import decisive_spans, emphasised
from chat.escaping import escaped, shortened, shown
from chat.exchange import MOST_QUESTIONS, Conversation, Exchange
from chat.opinion import render_opinion
from chat.texts import VI, Texts
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage

_MARKER_OR_LINE_END = re.compile(r"\[(\d{1,3})\]|\n")
_NEAREST_LENGTH = 300


def render_conversation(conversation: Conversation, texts: Texts = VI, *, fresh: bool = False) -> str:
    """Every question with what came of it; a short welcome when nothing was asked yet.

    `fresh`: the newest answer has just come, and its quotations are to appear one after the other.
    """
    exchanges = conversation.exchanges
    if not exchanges:
        return (
            f'<div class="welcome"><p class="welcome-first">{escaped(texts.welcome)}</p>'
            f"<p>{escaped(texts.welcome_more)}</p></div>"
        )
    turns = "".join(
        _turn(number, exchange, texts, fresh=fresh and number == len(exchanges))
        for number, exchange in enumerate(exchanges, 1)
    )
    full = texts.full.format(most=MOST_QUESTIONS)
    end = f'<p class="full">{escaped(full)}</p>' if conversation.full else ""
    return (
        f'<ol class="turns" data-conversation="{escaped(conversation.id)}">{turns}</ol>{end}'
        f"{_downloads(conversation, texts)}"
    )


def _downloads(conversation: Conversation, texts: Texts) -> str:
    if not any(exchange.turn_id for exchange in conversation.exchanges):
        return ""
    links = "".join(
        f'<a href="conversations/{escaped(conversation.id)}/export.{kind}" download>{escaped(label)}</a>'
        for kind, label in (("docx", texts.download_word), ("md", texts.download_markdown))
    )
    return f'<p class="downloads"><span>{escaped(texts.download)}</span>{links}</p>'


def _turn(turn: int, exchange: Exchange, texts: Texts, *, fresh: bool) -> str:
    state = "pending" if exchange.pending else "done"
    return (
        f'<li class="turn{" fresh" if fresh else ""}" data-turn="{turn}" data-state="{state}">'
        f'<div class="question">{shown(exchange.question)}{_note(exchange, texts)}</div>'
        f"{_reply(turn, exchange, texts)}{render_opinion(exchange, texts)}</li>"
    )


def _note(exchange: Exchange, texts: Texts) -> str:
    return f' <span class="note">{escaped(texts.asked_as_typed)}</span>' if exchange.as_typed else ""


def _reply(turn: int, exchange: Exchange, texts: Texts) -> str:
    if exchange.answer is not None:
        return render_answer(exchange.answer, turn, texts, offers_as_typed=exchange.offers_as_typed)
    if exchange.problem is not None:
        return f'<div class="reply problem"><p class="reply-text">{shown(exchange.problem)}</p></div>'
    return f'<div class="reply pending"><p class="reply-text">{escaped(texts.pending)}</p></div>'


def render_answer(answer: Answer, turn: int, texts: Texts = VI, *, offers_as_typed: bool = False) -> str:
    """One answer or refusal; `turn` is its number in the conversation, by which markers find their source.

    `offers_as_typed`: with a button that asks the same question again in just its words.
    """
    understood = _understood(answer.understood_as, turn if offers_as_typed else None, texts)
    if answer.refused:
        nearest = _nearest(answer.passages[0], texts) if answer.passages else ""
        text = f'<p class="reply-text">{shown(answer.text)}</p>'
        return f'<div class="reply refusal">{understood}{text}{nearest}</div>'
    text = f'<p class="reply-text"><span>{_with_markers(answer, turn, texts)}</span></p>'
    places = _places(answer.citations, turn)
    return f'<div class="reply">{understood}{text}{places}{_notes(answer.notes, texts)}</div>'


def _understood(reading: str | None, turn: int | None, texts: Texts) -> str:
    if reading is None:
        return ""
    button = ""
    if turn is not None:
        button = (
            f' <button type="button" class="as-typed" data-as-typed="{turn}">'
            f"{escaped(texts.ask_as_typed)}</button>"
        )
    return f'<p class="understood"><span>{escaped(texts.understood_as)} {shown(reading)}</span>{button}</p>'


def _with_markers(answer: Answer, turn: int, texts: Texts) -> str:
    """The text, a `<span>` for each line, its markers as buttons. A number without a citation stays text."""
    text, citations = answer.text, answer.citations
    quoted = _quoted(text, citations)
    decisive = [span for start, citation in quoted for span in decisive_spans(citation, start)]
    parts = []
    done = 0
    for match in _MARKER_OR_LINE_END.finditer(text):
        if match.group() == "\n":
            between = "</span><span>"
        elif _is_marker(match, quoted, len(citations)):
            between = _marker(int(match.group(1)), turn, texts)
        else:
            continue
        parts += [emphasised(text, done, match.start(), decisive), between]
        done = match.end()
    return "".join([*parts, emphasised(text, done, len(text), decisive)])


def _is_marker(match: re.Match[str], quoted: Sequence[tuple[int, Citation]], citations: int) -> bool:
    # Official texts have footnotes of their own: "[1]" inside quoted words is not our marker.
    inside_quote = any(start <= match.start() < start + len(citation.quote) for start, citation in quoted)
    return 1 <= int(match.group(1)) <= citations and not inside_quote


def _marker(number: int, turn: int, texts: Texts) -> str:
    return (
        f'<button type="button" class="marker" data-turn="{turn}" data-cite="{number}" '
        f'aria-label="{escaped(texts.see_source)} {number}">[{number}]</button>'
    )


def _quoted(text: str, citations: Sequence[Citation]) -> list[tuple[int, Citation]]:
    """Where `text` repeats the citations' words: tells markers from footnotes, and what may be in bold.

    Nothing is cited by it.
    """
    starts = []
    cursor = 0
    for citation in citations:
        start = text.find(citation.quote, cursor)
        if start >= 0:
            cursor = start + len(citation.quote)
            starts.append((start, citation))
    return starts


def _places(citations: Sequence[Citation], turn: int) -> str:
    lines = []
    for number, citation in enumerate(citations, 1):
        place = _place(citation.passage, citation.document)
        lines.append(
            f'<li><button type="button" class="place" data-turn="{turn}" data-cite="{number}">'
            f'<span class="number">[{number}]</span> {place}</button></li>'
        )
    return f'<ul class="places">{"".join(lines)}</ul>'


def _notes(notes: Sequence[Note], texts: Texts) -> str:
    if not notes:
        return ""
    lines = "".join(f"<li>{shown(note.text)}</li>" for note in notes)
    return f'<div class="notes"><p class="notes-title">{escaped(texts.notes)}</p><ul>{lines}</ul></div>'


def _nearest(found: RankedPassage, texts: Texts) -> str:
    text = found.passage.text
    excerpt = shortened(text[found.nearest :], _NEAREST_LENGTH)
    short = f"… {excerpt}" if found.nearest else excerpt
    whole = ""
    if found.nearest or (short.endswith("…") and not text.endswith("…")):
        whole = (
            f"<details><summary>{escaped(texts.whole_passage)}</summary>"
            f'<p class="passage">{shown(text)}</p></details>'
        )
    place = _place(found.passage, found.document)
    return (
        f'<div class="nearest"><p class="nearest-title">{escaped(texts.nearest)} '
        f'<span class="nearest-warning">({escaped(texts.nearest_warning)}):</span></p>'
        f'<p>{place}</p><p class="nearest-text">{shown(short)}</p>{whole}</div>'
    )


def _place(passage: Passage, document: Document) -> str:
    return (
        f'<span class="location">{shown(passage.location_on_page)}</span> – '
        f'<span class="document">{shown(document.name)}</span>'
    )
