"""Leaves out what a reasoning model says to itself: <think> … </think> before its answer.

Servers that send it apart (`reasoning_content`) need nothing of this. Knows no other tags.
"""

_OPENS, _CLOSES = "<think>", "</think>"


class Thinking:
    """Takes pieces of text, gives them without the thoughts."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False  # with the answer itself
        self.inside = False

    def without(self, piece: str) -> str:
        """What of the text so far is answer and was not given yet."""
        if self._begun:
            return piece
        self._held += piece
        if not self.inside:
            said = self._held.lstrip()
            if said.startswith(_OPENS):
                self.inside = True
            elif _OPENS.startswith(said):
                return ""  # nothing yet, or the beginning of the tag
            else:
                self._begun = True
                return self._held
        _, closed, rest = self._held.partition(_CLOSES)
        if not closed:
            self._held = self._held[-_LONGEST_HELD:]
            return ""
        self.inside, self._begun = False, True
        return rest.lstrip()


_LONGEST_HELD = len(_CLOSES)  # enough to see the closing tag when it comes in pieces
