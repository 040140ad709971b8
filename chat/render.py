"""The conversation as HTML: questions, answers with clickable markers, refusals, problems.

Pure functions of what was asked and answered; knows nothing about Gradio or about the source panel's markup.
"""

from collections.abc import Sequence

from assistant.answer import GENERATED, Answer, Note, RankedPassage
from chat.escaping import escaped, shortened, shown
from chat.exchange import MOST_QUESTIONS, Conversation, Exchange
from chat.generated import render_left_out, render_mode, render_sentences, render_writing
from chat.grouping import by_passage
from chat.markers import marked_quotations
from chat.opinion import render_opinion
from chat.texts import VI, Texts
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage

_NEAREST_LENGTH = 300


def render_conversation(
    conversation: Conversation, texts: Texts = VI, *, fresh: bool = False, modes: bool = False
) -> str:
    """Every question with what came of it; a short welcome when nothing was asked yet.

    `fresh`: the newest answer has just come, and its quotations are to appear one after the other. `modes`: a
    language model is on, so that quoted answers too have to say what they are.
    """
    exchanges = conversation.exchanges
    if not exchanges:
        return (
            f'<div class="welcome"><p class="welcome-first">{escaped(texts.welcome)}</p>'
            f"<p>{escaped(texts.welcome_more)}</p></div>"
        )
    turns = "".join(
        _turn(number, exchange, texts, fresh=fresh and number == len(exchanges), modes=modes)
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


def _turn(turn: int, exchange: Exchange, texts: Texts, *, fresh: bool, modes: bool) -> str:
    state = "pending" if exchange.pending else "done"
    return (
        f'<li class="turn{" fresh" if fresh else ""}" data-turn="{turn}" data-state="{state}">'
        f'<div class="question">{shown(exchange.question)}{_note(exchange, texts)}</div>'
        f"{_reply(turn, exchange, texts, modes=modes)}{render_opinion(exchange, texts)}</li>"
    )


def _note(exchange: Exchange, texts: Texts) -> str:
    told = exchange.manner_told(texts)
    return f' <span class="note">{escaped(told)}</span>' if told else ""


def _reply(turn: int, exchange: Exchange, texts: Texts, *, modes: bool) -> str:
    if exchange.answer is not None:
        return render_answer(
            exchange.answer, turn, texts, offers_as_typed=exchange.offers_as_typed, modes=modes
        )
    if exchange.problem is not None:
        return f'<div class="reply problem"><p class="reply-text">{shown(exchange.problem)}</p></div>'
    if exchange.writing is not None:
        return render_writing(exchange.writing, turn, texts)
    return f'<div class="reply pending"><p class="reply-text">{escaped(texts.pending)}</p></div>'


def render_answer(
    answer: Answer, turn: int, texts: Texts = VI, *, offers_as_typed: bool = False, modes: bool = False
) -> str:
    """One answer or refusal; `turn` is its number in the conversation, by which markers find their source.

    `offers_as_typed`: with a button that asks the same question again in just its words. `modes`: say of a
    quoted answer too that it is one.
    """
    understood = _understood(answer.understood_as, turn if offers_as_typed else None, texts)
    if answer.refused:
        nearest = _nearest(answer.passages[0], texts) if answer.passages else ""
        text = f'<p class="reply-text">{shown(answer.text)}</p>'
        return f'<div class="reply refusal">{understood}{text}{nearest}</div>'
    rest = f"{_places(answer.citations, turn)}{_notes(answer.notes, texts)}"
    if answer.mode == GENERATED:
        lines = render_sentences(answer.sentences, len(answer.citations), turn, texts)
        text = f"{render_mode(answer, texts, turn)}{lines}{render_left_out(answer.sentences, texts)}"
    else:
        mode = render_mode(answer, texts) if modes else ""
        text = f'{mode}<p class="reply-text">{marked_quotations(answer, turn, texts)}</p>'
    return f'<div class="reply">{understood}{text}{rest}</div>'


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


def _places(citations: Sequence[Citation], turn: int) -> str:
    """One line for a paragraph, however often it is cited; it leads to the first place in it."""
    lines = []
    for group in by_passage(citations):
        number, first = next(iter(group.items()))
        numbers = " ".join(f'<span class="number">[{one}]</span>' for one in group)
        lines.append(
            f'<li><button type="button" class="place" data-turn="{turn}" data-cite="{number}">'
            f"{numbers} {_place(first.passage, first.document)}</button></li>"
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
