"""An answer that a language model wrote, as HTML: a line a sentence with its verdict, and what was left out.

Pure functions of what was checked. The model's own words appear only where they were found supported.
"""

from collections.abc import Sequence

from assistant.answer import GENERATED, Answer, CheckedSentence, Verdict
from chat.escaping import escaped, shown
from chat.texts import Texts

_SIGNS = {Verdict.SUPPORTED: "✓", Verdict.REPLACED: "❝"}


def render_lines(sentences: Sequence[CheckedSentence], turn: int, texts: Texts) -> str:
    """A `<span>` for each sentence that is shown, its markers as buttons."""
    return "".join(
        f'<span class="sentence {sentence.verdict.value}">{shown(sentence.text)} '
        f"{_markers(sentence, turn, texts)}{_sign(sentence, texts)}</span>"
        for sentence in sentences
        if sentence.verdict is not Verdict.REMOVED
    )


def render_left_out(answer: Answer, texts: Texts) -> str:
    """How many sentences of the model were left out, and why; nothing where none was."""
    left_out = [one for one in answer.sentences if one.verdict is Verdict.REMOVED]
    if not left_out or answer.mode != GENERATED:
        return ""
    count = len(left_out)
    told = texts.removed_one if count == 1 else texts.removed_many.format(count=count)
    reasons = "".join(f"<li>{shown(one.reason)}</li>" for one in left_out if one.reason)
    return f'<details class="left-out"><summary>{escaped(told)}</summary><ul>{reasons}</ul></details>'


def render_mode(answer: Answer, turn: int | None, texts: Texts) -> str:
    """How the answer came about, where a model was asked; `turn`: of a button for quotations only."""
    if answer.model is None or answer.refused:
        return ""
    generated = answer.mode == GENERATED
    label = texts.generated if generated else texts.quoted
    hint = f' title="{escaped(texts.generated_hint)}"' if generated else ""
    button = ""
    if generated and turn is not None:
        about = f'type="button" class="as-typed" data-quoting="{turn}"'
        button = f" <button {about}>{escaped(texts.ask_quoting)}</button>"
    more = f'<span class="unseen">. {escaped(texts.generated_hint)}</span>' if generated else ""
    return (
        f'<p class="mode {answer.mode}"><span{hint}>{escaped(label)}'
        f'<span class="model"> · {shown(answer.model)}</span>{more}</span>{button}</p>'
    )


def marker(number: int, turn: int, texts: Texts) -> str:
    """The button that shows a source."""
    return (
        f'<button type="button" class="marker" data-turn="{turn}" data-cite="{number}" '
        f'aria-label="{escaped(texts.see_source)} {number}">[{number}]</button>'
    )


def _markers(sentence: CheckedSentence, turn: int, texts: Texts) -> str:
    return "".join(marker(number, turn, texts) for number in sentence.markers)


def _sign(sentence: CheckedSentence, texts: Texts) -> str:
    meaning = texts.supported if sentence.verdict is Verdict.SUPPORTED else texts.replaced
    return (
        f' <span class="verdict-sign" role="img" aria-label="{escaped(meaning)}" title="{escaped(meaning)}">'
        f"{_SIGNS[sentence.verdict]}</span>"
    )
