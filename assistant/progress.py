"""What can be told of an answer while a language model is still writing it.

Knows nothing of who listens. An answer of quotations comes at once, so nothing is told before it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import CheckedSentence
from corpus.citation import Citation


@dataclass(frozen=True, slots=True)
class Draft:
    """A piece of text as the model sent it. Unchecked: never to be shown as an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One more sentence with its verdict. `citations`: all so far; the final answer begins with them."""

    sentence: CheckedSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The model failed after all: what was told so far does not count, a quoted answer follows."""


Step = Draft | Checked | Withdrawn
Listener = Callable[[Step], None]


class Telling:
    """Passes a model's progress on to a listener, if there is one, and can take it back."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener, self._any = listener, False

    def __call__(self, step: Step) -> None:
        """Tell of one step."""
        if self._listener is not None:
            self._any = True
            self._listener(step)

    def withdraw(self) -> None:
        """Take back what was told."""
        if self._any and self._listener is not None:
            self._listener(Withdrawn())
