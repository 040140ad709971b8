"""What can be told of an answer while a language model is still writing it.

Knows nothing of who listens. An answer of quotations comes at once, so nothing is told before it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.answer import CheckedSentence
from corpus.citation import Citation

T = TypeVar("T")


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


class Relay:
    """Steps from the answering thread to the event loop in which it was made.

    Give `listener` to the question, then read `until` its task is done.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._steps: asyncio.Queue[Step] = asyncio.Queue()

    def listener(self, step: Step) -> None:
        """Called in the answering thread."""
        with suppress(RuntimeError):  # the loop was closed: nobody reads any more
            self._loop.call_soon_threadsafe(self._steps.put_nowait, step)

    async def until(
        self, task: "asyncio.Future[T]", beat_s: float | None = None
    ) -> AsyncIterator[Step | None]:
        """The steps as they come, until `task` is done and none is left; None every `beat_s` seconds of
        silence.
        """
        reading = asyncio.ensure_future(self._steps.get())
        try:
            while True:
                waiting: set[asyncio.Future[Any]] = {reading} if task.done() else {reading, task}
                timeout = 0 if task.done() else beat_s
                await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                if reading.done():
                    yield reading.result()
                    reading = asyncio.ensure_future(self._steps.get())
                    await asyncio.sleep(0)  # lets the next one be there before silence is concluded
                elif task.done():
                    return
                else:
                    yield None
        finally:
            reading.cancel()
