"""Finds, for every word of a document, in which old encoding it was typed.

The cheapest path through the words (Viterbi): a word's doubts under a reading, plus a price for changing the
reading, dear inside a line, cheaper at a cell or line boundary. So the characters of a line decide, a short
or ambiguous line follows its neighbours, and one file may mix encodings. Time is linear in the words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.encodings.plausible import AS_IS, READINGS, WORD, conversions, doubts, same_everywhere, vietnamese

_IN_LINE, _AT_CELL, _AT_LINE = 8, 5, 4
_LONGEST = 40  # characters; what is longer is no word, and would only fill the caches
_CELL = re.compile(r"\t| \| ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place: `line` from 0, character offsets in it, price of a change in front of it."""

    line: int
    start: int
    end: int
    text: str
    change: int


def words_of(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Word]:
    """The words of the lines with these numbers, in order, but those that read the same everywhere."""
    for number in numbers:
        line = lines[number]
        last, change = 0, _AT_LINE
        for match in WORD.finditer(line):
            change = min(change, _change(line, last, match.start()))
            last = match.end()
            word = match.group()
            if len(word) <= _LONGEST and (len(set(doubts(word))) > 1 or not same_everywhere(word)):
                yield Word(number, match.start(), last, word, change)
                change = _IN_LINE


def _change(line: str, last: int, start: int) -> int:
    if last and start - last == 1 and line[last] == " ":
        return _IN_LINE
    if not last or "\n" in line[last:start]:
        return _AT_LINE
    return _AT_CELL if _CELL.search(line, last, start) else _IN_LINE


def readings(words: Sequence[Word]) -> list[int]:
    """The reading (index into READINGS) of each word: the path with the least doubt."""
    costs = [0, *([_AT_LINE] * (len(READINGS) - 1))]
    came_from: list[list[int]] = []
    states = range(len(READINGS))
    for word in words:
        best = min(states, key=costs.__getitem__)
        turned = costs[best] + word.change
        sources = [state if costs[state] <= turned else best for state in states]
        here = doubts(word.text)
        costs = [min(costs[state], turned) + here[state] for state in states]
        came_from.append(sources)
    path = [AS_IS] * len(came_from)
    state = min(states, key=costs.__getitem__)
    for index in range(len(came_from) - 1, -1, -1):
        path[index] = state
        state = came_from[index][state]
    return path


def converted(word: str, reading: int) -> tuple[str, int]:
    """A word under its line's reading, or under another one where only that gives a syllable.

    "ÖÙng" (VNI) was found inside lines of TCVN3. The second value is the reading that was used.
    """
    if reading == AS_IS or word.isascii():
        return word, AS_IS
    choices = conversions(word)
    own = choices[reading]
    if own is not None and vietnamese(own):
        return own, reading
    if not doubts(word)[AS_IS]:
        return word, AS_IS
    for other, choice in enumerate(choices):
        if other != AS_IS and choice is not None and vietnamese(choice):
            return choice, other
    return (word, AS_IS) if own is None else (own, reading)
