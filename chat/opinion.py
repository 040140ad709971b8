"""The row below an answer in which people say what they think of it.

Knows its markup; what becomes of an opinion is the business of `handlers`.
"""

from chat.escaping import escaped
from chat.exchange import Exchange
from chat.texts import Texts

_THUMB = (
    '<svg viewBox="0 0 24 24" width="17" height="17" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round"><path d="M14 9V5a3 3 0 0 0-3-3l-4 9v11h11.3a2 2 0 0 0 '
    '2-1.7l1.4-9a2 2 0 0 0-2-2.3zM7 22H4a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2h3"/></svg>'
)
_FLAG = (
    '<svg viewBox="0 0 24 24" width="17" height="17" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round"><path d="M4 22V3h11l1 3h5v10h-8l-1-3H4"/></svg>'
)
LONGEST_COMMENT = 1000


def render_opinion(exchange: Exchange, texts: Texts) -> str:
    """The row, pressed as the records have it; nothing for an answer that nobody keeps."""
    if exchange.turn_id is None or exchange.answer is None:
        return ""
    choices = [("up", _THUMB, texts.good), ("down", _THUMB, texts.bad)]
    if exchange.answer.citations:
        choices.append(("wrong_source", _FLAG, texts.wrong_source))
    buttons = "".join(_button(*choice, pressed=choice[0] == exchange.verdict) for choice in choices)
    hidden = "" if exchange.verdict else " hidden"
    comment = escaped(exchange.comment or "")
    field = f"comment-{escaped(exchange.turn_id)}"
    return (
        f'<div class="opinion" role="group" aria-label="{escaped(texts.rate)}" '
        f'data-turn-id="{escaped(exchange.turn_id)}">{buttons}<p class="thanks" role="status"></p>'
        f'<form class="comment"{hidden}><label for="{field}">{escaped(texts.comment)}</label>'
        f'<textarea id="{field}" rows="2" maxlength="{LONGEST_COMMENT}">{comment}</textarea>'
        f'<button type="submit" class="small">{escaped(texts.send_comment)}</button></form></div>'
    )


def _button(verdict: str, icon: str, label: str, *, pressed: bool) -> str:
    return (
        f'<button type="button" class="verdict {verdict}" data-verdict="{verdict}" '
        f'aria-pressed="{"true" if pressed else "false"}">{icon}<span>{escaped(label)}</span></button>'
    )
