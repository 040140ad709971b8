"""The markers [1], [2] … in an answer's text, as buttons that show their source.

Knows which numbers of a text are markers and which belong to a quoted document; not what surrounds the text.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer
from chat.emphasis import decisive_spans, emphasised
from chat.escaping import escaped, shown
from chat.texts import Texts
from corpus.citation import Citation

_MARKER = re.compile(r"\[(\d{1,3})\]")
_MARKER_OR_LINE_END = re.compile(r"\[(\d{1,3})\]|\n")


def marker(number: int, turn: int, texts: Texts) -> str:
    """One button; `turn` is the number of the answer in the conversation."""
    return (
        f'<button type="button" class="marker" data-turn="{turn}" data-cite="{number}" '
        f'aria-label="{escaped(texts.see_source)} {number}">[{number}]</button>'
    )


def marked_quotations(answer: Answer, turn: int, texts: Texts) -> str:
    """The text of quotations, a `<span>` for each line. A number without a citation stays text."""
    text, citations = answer.text, answer.citations
    quoted = _quoted(text, citations)
    decisive = [span for start, citation in quoted for span in decisive_spans(citation, start)]
    parts = []
    done = 0
    for match in _MARKER_OR_LINE_END.finditer(text):
        if match.group() == "\n":
            between = "</span><span>"
        elif _is_marker(match, quoted, len(citations)):
            between = marker(int(match.group(1)), turn, texts)
        else:
            continue
        parts += [emphasised(text, done, match.start(), decisive), between]
        done = match.end()
    return f"<span>{''.join([*parts, emphasised(text, done, len(text), decisive)])}</span>"


def marked_words(text: str, citations: int, turn: int, texts: Texts) -> str:
    """Words that no document wrote: every number from 1 to `citations` in brackets is a marker."""
    parts = []
    done = 0
    for match in _MARKER.finditer(text):
        if 1 <= int(match.group(1)) <= citations:
            parts += [shown(text[done : match.start()]), marker(int(match.group(1)), turn, texts)]
            done = match.end()
    return "".join([*parts, shown(text[done:])])


def _is_marker(match: re.Match[str], quoted: Sequence[tuple[int, Citation]], citations: int) -> bool:
    # Official texts have footnotes of their own: "[1]" inside quoted words is not our marker.
    inside_quote = any(start <= match.start() < start + len(citation.quote) for start, citation in quoted)
    return 1 <= int(match.group(1)) <= citations and not inside_quote


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
