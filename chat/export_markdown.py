"""A conversation as a Markdown file, in which no word of a document or question is markup.

Knows CommonMark's marks; not where the conversation comes from.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from chat import exported as words
from chat.exported import ExportedTurn, day_and_time

# Marks that mean something anywhere in a line; ":" and "." only where an address would be made a link.
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$^=!]|(?<=\w):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)")
_LINE_START = re.compile(r"^(\s*)([-+]|\d{1,9}(?=[.)]))")


def markdown_of(turns: Sequence[ExportedTurn], now: datetime) -> str:
    """The file's text."""
    return "\n\n".join(_blocks(turns, now)) + "\n"


def escaped(text: str) -> str:
    """`text` as Markdown that is read as just these characters, on lines of its own."""
    return "  \n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    marked = _MARKS.sub(lambda mark: f"\\{mark.group()}", line.strip())
    start = _LINE_START.match(marked)
    if start is None:
        return marked
    # "1." begins a list; a digit cannot be escaped, so the sign behind it is.
    digits = start[2].isdigit()
    return f"{start[2]}\\{marked[start.end() :]}" if digits else f"\\{marked}"


def _blocks(turns: Sequence[ExportedTurn], now: datetime) -> Iterator[str]:
    yield f"# {words.TITLE}"
    yield f"{words.SUBTITLE}. {words.EXPORTED} {day_and_time(now)}."
    yield words.VERBATIM
    for number, turn in enumerate(turns, 1):
        yield f"## {words.QUESTION} {number}: {escaped(turn.question)}"
        yield f"*{turn.asked}*"
        if turn.understood:
            yield f"{words.UNDERSTOOD}: {escaped(turn.understood)}"
        if turn.manner:
            yield f"*{escaped(turn.manner)}*"
        yield from (escaped(line) for line in turn.lines)
        if turn.sources:
            yield f"{words.SOURCES}:"
            yield "\n".join(_sources(turn))
        if turn.nearest:
            place, text = turn.nearest
            yield f"{words.NEAREST} ({escaped(place)}):"
            yield escaped(text)
        if turn.notes:
            yield f"{words.NOTES}:"
            yield "\n".join(f"- {escaped(note)}" for note in turn.notes)


def _sources(turn: ExportedTurn) -> Iterator[str]:
    for source in turn.sources:
        changed = f" ({words.CHANGED})" if source.changed else ""
        # As code an address is text that nothing turns into a link.
        address = source.address.replace("`", "%60")
        yield f"- \\[{source.number}\\] {escaped(source.cited)}{changed}: `{address}`"
