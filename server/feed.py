"""From the thread that answers to the event loop of who listens: items in order, none held back.

Knows nothing of questions or queues; of what is passed on only that drafts may be left out.
"""

import asyncio
from typing import Generic, TypeVar

from assistant.progress import Draft

T = TypeVar("T")
MOST_WAITING = 1000  # items not yet taken: a reader who is that far behind is told no more drafts


class Feed(Generic[T]):
    """Make it where it is read, in the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[T] = asyncio.Queue()
        self._closed = False

    def put(self, item: T) -> None:
        """Pass an item on at once; from any thread, and never waits for the reader."""
        try:
            self._loop.call_soon_threadsafe(self._arrived, item)
        except RuntimeError:  # the loop has ended, and whoever read in it
            self._closed = True

    async def get(self) -> T:
        """The next item, in the order in which they were put."""
        return await self._waiting.get()

    def close(self) -> None:
        """Keep nothing more: nobody reads."""
        self._closed = True
        self._waiting = asyncio.Queue()

    def _arrived(self, item: T) -> None:
        # Sentences are as many as an answer has; drafts one a token, and of no use to who is late.
        too_many = isinstance(item, Draft) and self._waiting.qsize() >= MOST_WAITING
        if not (self._closed or too_many):
            self._waiting.put_nowait(item)
