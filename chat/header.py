"""The head of the page, the panel of conversations, and the questions suggested next, as HTML.

Knows their markup; not where their contents come from.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from chat.escaping import escaped, shown
from chat.texts import ENGLISH, TITLE, VI, VIETNAMESE, Texts
from chat.visitor import NOBODY, Visitor
from records.clock import VIETNAM
from records.turns import ConversationSummary


def render_header(
    notice: str, visitor: Visitor = NOBODY, texts: Texts = VI, *, kept: bool = False, model: bool = False
) -> str:
    """Title, links to the other pages, language, and who is signed in.

    `kept`: there are conversations. `model`: a language model is on.
    """
    links = [f'<a href="documents">{escaped(texts.documents)}</a>']
    if visitor.is_admin:
        links.append(f'<a href="admin">{escaped(texts.administration)}</a>')
    other = VIETNAMESE if texts.language == ENGLISH else ENGLISH
    label = escaped(texts.other_language)
    buttons = f'<button type="button" data-language="{other}" lang="{other}">{label}</button>'
    if kept:
        buttons = (
            '<button type="button" data-panel="open" aria-expanded="false">'
            f"{escaped(texts.conversations)}</button>{buttons}"
        )
    if visitor.name:
        links.append(
            f'<span class="visitor">{shown(visitor.name)}</span>'
            f'<a href="logout">{escaped(texts.sign_out)}</a>'
        )
    tagline = escaped(texts.tagline_with_model if model else texts.tagline)
    warning = f'<p class="notice" role="alert">{escaped(notice)}</p>' if notice else ""
    return (
        f'<a class="skip" href="#question">{escaped(texts.to_question)}</a>'
        f'<div class="head"><div class="brand"><h1>{escaped(TITLE)}</h1><p>{tagline}</p></div>'
        f'<nav aria-label="{escaped(texts.pages)}">{buttons}{"".join(links)}</nav></div>{warning}'
    )


def render_panel_head(texts: Texts = VI) -> str:
    """Title, close button and search field of the panel of conversations."""
    return (
        f'<div class="panel-head"><h2 id="panel-title">{escaped(texts.conversations)}</h2>'
        f'<button type="button" data-panel="close">{escaped(texts.close)}</button></div>'
        f'<label for="panel-search">{escaped(texts.search)}</label>'
        '<input id="panel-search" type="search" autocomplete="off" maxlength="200">'
    )


def render_panel(
    found: Sequence[ConversationSummary], search: str = "", texts: Texts = VI, problem: str = ""
) -> str:
    """The conversations, newest first, each with its day in Vietnam's time."""
    told = f'<p class="problem" role="alert">{escaped(problem)}</p>' if problem else ""
    if not found:
        return f'{told}<p class="none">{escaped(texts.none_found if search else texts.no_conversations)}</p>'
    today = datetime.now(VIETNAM).date()
    items = "".join(_item(summary, texts, today) for summary in found)
    everything = "" if search else _deletion("", texts.delete_all, texts.delete_all_sure, texts)
    return f'{told}<ul class="conversations">{items}</ul>{everything}'


def _item(summary: ConversationSummary, texts: Texts, today: date) -> str:
    count = texts.questions_one if summary.turns == 1 else texts.questions_many.format(count=summary.turns)
    day = day_of(summary.updated_at, texts, today)
    return (
        f'<li><button type="button" class="open-conversation" data-open="{escaped(summary.id)}">'
        f'<span class="title">{shown(summary.title)}</span>'
        f'<span class="about">{escaped(day)} · {escaped(count)}</span></button>'
        f"{_deletion(summary.id, texts.delete, texts.delete_sure, texts)}</li>"
    )


def _deletion(conversation_id: str, label: str, sure: str, texts: Texts) -> str:
    """A button that first asks; `conversation_id` "" means all."""
    return (
        f'<div class="deletion"><button type="button" class="ask-delete">{escaped(label)}</button>'
        f'<div class="sure" role="group" aria-label="{escaped(sure)}" hidden><span>{escaped(sure)}</span>'
        f'<button type="button" class="delete" data-delete="{escaped(conversation_id)}">'
        f"{escaped(texts.delete)}</button>"
        f'<button type="button" class="keep">{escaped(texts.keep)}</button></div></div>'
    )


def day_of(moment: str, texts: Texts, today: date) -> str:
    """ "Hôm nay, 14:05" or "11/7/2024" of an ISO 8601 moment, in Vietnam's time."""
    local = datetime.fromisoformat(moment)
    local = (local if local.tzinfo else local.replace(tzinfo=UTC)).astimezone(VIETNAM)
    if local.date() == today:
        return f"{texts.today}, {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"{texts.yesterday}, {local:%H:%M}"
    return f"{local.day}/{local.month}/{local.year}"


def render_suggestions(questions: Sequence[str], after: int, texts: Texts = VI) -> str:
    """Questions that can be asked next; `after` is the number of the turn that they follow."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-suggested="{number}">{shown(question)}</button></li>'
        for number, question in enumerate(questions)
    )
    return (
        f'<div class="suggested" data-after="{after}"><h2>{escaped(texts.suggestions)}</h2>'
        f"<ul>{buttons}</ul></div>"
    )
