"""A model's text, as it streams in, cut into sentences with their markers.

A marker behind the full stop belongs to the sentence before it; a line end ends a sentence; list signs and
emphasis are not text. Does not judge what a sentence says.
"""

import re

from corpus.sentences import Span, sentences

_LINE_END = re.compile(r"[\r\n\u2028\u2029]+")
_LIST_SIGN = re.compile(r"^\s*(?:[-•+–>#]+\s+|\(?\d{1,2}[.)]\s+(?=\S))")
_EMPHASIS = str.maketrans("", "", "*`")
_MARKERS = re.compile(r"(?:\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\][.,;]?)+")
_UNFINISHED = re.compile(r"\s*(?:\[[\d,; ]*)?")


class SentenceReader:
    """Takes pieces of text, gives whole sentences."""

    def __init__(self) -> None:
        self._rest = ""
        self._opens_line = True

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece completes."""
        *lines, self._rest = _LINE_END.split(self._rest + piece.translate(_EMPHASIS))
        done = []
        for line in lines:
            done += self._taken(line, _cut(line))
            self._opens_line = True
        started = _cut(self._rest)
        # The last one may go on, and so may the one before it while only a marker has come.
        if len(started) > 1 and not _UNFINISHED.fullmatch(started[-1].of(self._rest)):
            done += self._taken(self._rest, started[:-1])
            self._rest = self._rest[started[-1].start :]
        return done

    def close(self, *, complete: bool) -> list[str]:
        """What is left at the end; a sentence that was cut off is left out unless the text is `complete`."""
        parts = _cut(self._rest)
        return self._taken(self._rest, parts if complete else parts[:-1])

    def _taken(self, line: str, parts: list[Span]) -> list[str]:
        texts = [part.of(line) for part in parts]
        if texts and self._opens_line:
            texts[0] = _LIST_SIGN.sub("", texts[0])
            self._opens_line = False
        return [text for text in texts if text.strip()]


def _cut(line: str) -> list[Span]:
    """The sentences of a line, each with the markers behind it."""
    found: list[Span] = []
    for span in sentences(line):
        own = _MARKERS.match(line, span.start, span.end)
        if own and found:
            found[-1] = Span(found[-1].start, own.end())
            rest = line[own.end() : span.end]
            span = Span(span.end - len(rest.lstrip()), span.end)
        if span.start < span.end:
            found.append(span)
    return found
