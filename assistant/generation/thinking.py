"""Takes what a reasoning model thinks aloud out of its text.

Knows the tags of open models that write them into the text itself; servers that send thoughts in a field of
their own are dealt with where that field is read.
"""

import re

_TAGS = ("<think>", "<thinking>", "<thought>")
_OPENED = re.compile("|".join(_TAGS), re.IGNORECASE)
_CLOSED = re.compile("</(?:think|thinking|thought)>", re.IGNORECASE)
_LONGEST = len("</thinking>")


class ThoughtFilter:
    """Given a growing text piece by piece, passes on what follows the thoughts at its beginning."""

    def __init__(self) -> None:
        self._held = ""  # not decided yet, or the end of a thought
        self._thinking = False
        self._begun = False
        self._tail = ""

    def visible(self, piece: str) -> str:
        """What of the text, with this piece, may be passed on now. Leading blanks are no text."""
        if self._begun:
            return piece
        self._held += piece
        if self._thinking:
            closed = _CLOSED.search(self._held)
            if not closed:
                self._held = self._held[-_LONGEST:]
                return ""
            self._thinking = False
            self._held = self._held[closed.end() :]
        self._held = self._held.lstrip()
        if opened := _OPENED.match(self._held):
            self._thinking = True
            rest, self._held = self._held[opened.end() :], ""
            return self.visible(rest)
        if any(tag.startswith(self._held.lower()) for tag in _TAGS):
            return ""
        return self._begin()

    def rest(self) -> str:
        """What is left at the end of the text."""
        return "" if self._thinking or self._begun else self._begin()

    def unmarked(self, piece: str) -> bool:
        """Whether what was passed on, with this piece, turns out to have been a thought without a beginning.

        The templates of some models put the opening tag into the prompt.
        """
        self._tail = (self._tail + piece)[-(_LONGEST + len(piece)) :]
        return _CLOSED.search(self._tail) is not None

    def _begin(self) -> str:
        self._begun = True
        held, self._held = self._held, ""
        return held
