"""Sentences that a language model wrote, each with what its check came to, as HTML.

Of sentences that were left out only the reasons are shown, never their words. Knows nothing about what stands
around them.
"""

from collections.abc import Sequence

from assistant.answer import GENERATED, Answer, CheckedSentence, Verdict
from chat.escaping import escaped, shown
from chat.exchange import Writing
from chat.markers import marked_words, marker
from chat.texts import Texts

_SIGNS = {Verdict.SUPPORTED: "✓", Verdict.REPLACED: "”"}


def render_mode(answer: Answer, texts: Texts, turn: int | None = None) -> str:
    """The line that says how an answer came about; with `turn`, a button that asks for quotations alone."""
    written = answer.mode == GENERATED
    label, about = (texts.generated, texts.generated_about) if written else (texts.quoted, texts.quoted_about)
    button = ""
    if turn is not None:
        button = (
            f' <button type="button" class="again" data-quoting="{turn}">'
            f"{escaped(texts.ask_quoting)}</button>"
        )
    return (
        f'<div class="mode {"written" if written else "quoted"}"><details><summary>{escaped(label)}</summary>'
        f"<p>{escaped(about)}</p></details>{button}</div>"
    )


def render_sentences(sentences: Sequence[CheckedSentence], citations: int, turn: int, texts: Texts) -> str:
    """A line for each sentence that is shown, its verdict first; `citations`: how many there are."""
    lines = "".join(_sentence(one, citations, turn, texts) for one in sentences if one.text)
    return f'<ol class="reply-text sentences">{lines}</ol>' if lines else ""


def left_out_told(sentences: Sequence[CheckedSentence], texts: Texts) -> str:
    """How many sentences were left out, as one plain line; "" when none was."""
    count = sum(one.verdict is Verdict.REMOVED for one in sentences)
    if not count:
        return ""
    return texts.left_out_one if count == 1 else texts.left_out_many.format(count=count)


def render_left_out(sentences: Sequence[CheckedSentence], texts: Texts) -> str:
    """The same with the reasons, never the words."""
    told = left_out_told(sentences, texts)
    reasons = dict.fromkeys(one.reason for one in sentences if one.verdict is Verdict.REMOVED and one.reason)
    if not reasons:
        return f'<p class="left-out">{escaped(told)}</p>' if told else ""
    items = "".join(f"<li>{shown(reason)}</li>" for reason in reasons if reason)
    return f'<details class="left-out"><summary>{escaped(told)}</summary><ul>{items}</ul></details>'


def render_writing(writing: Writing, turn: int, texts: Texts) -> str:
    """What is known of an answer while it is being written: checked sentences, and that more may come."""
    lines = render_sentences(writing.sentences, len(writing.citations), turn, texts)
    return (
        f'<div class="reply pending writing">{lines}'
        f'<p class="reply-text waiting">{escaped(texts.writing)}</p></div>'
    )


def _sentence(sentence: CheckedSentence, citations: int, turn: int, texts: Texts) -> str:
    replaced = sentence.verdict is Verdict.REPLACED
    # A quotation's own "[1]" is a footnote of its document.
    words = shown(sentence.text) if replaced else marked_words(sentence.text, citations, turn, texts)
    known = (number for number in sentence.markers if 1 <= number <= citations)
    markers = "".join(f" {marker(number, turn, texts)}" for number in known)
    about = texts.replaced if replaced else texts.supported
    reason = f'<span class="why">{escaped(texts.replaced)}</span>' if replaced else ""
    return (
        f'<li class="sentence {sentence.verdict.value}"><span class="check" title="{escaped(about)}" '
        f'aria-hidden="true">{_SIGNS[sentence.verdict]}</span>'
        f'<span class="words">{words}{markers}{reason or _unseen(about)}</span></li>'
    )


def _unseen(text: str) -> str:
    return f'<span class="unseen"> ({escaped(text)})</span>'
