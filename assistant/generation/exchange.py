"""Runs one request on an event loop of its own thread and hands the pieces to the thread that waits for them.

So cancelling really closes the connection, the time limits hold while a piece is being worked on, and the
waiting thread may have an event loop of its own. Knows nothing of language models.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_CLOSING_S = 1.0  # a name server that does not answer must not hold the waiting thread


class Exchange(Generic[T]):
    """`work(put)` in a thread; what it puts comes out of `pieces`, what it returns is `result`.

    `at_end` is called in that thread after everything else, whatever happened.
    """

    def __init__(
        self, work: Callable[[Callable[[str], None]], Coroutine[Any, Any, T]], at_end: Callable[[], None]
    ) -> None:
        self._work = work
        self._at_end = at_end
        self._pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._task: asyncio.Task[None] | None = None
        self._given_up = False
        self._error: BaseException | None = None
        self._results: list[T] = []
        self._thread = threading.Thread(target=self._run, name="language-model", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # no thread to be had
            at_end()
            raise

    def pieces(self) -> Iterator[str]:
        """Each piece as soon as it is there; ends with the work. Raises what the work raised."""
        while (piece := self._pieces.get()) is not None:
            yield piece
        if self._error is not None:
            raise self._error

    @property
    def result(self) -> T:
        """What the work returned; only after `pieces` has ended."""
        return self._results[0]

    def close(self) -> None:
        """Break the work off if it is still going on, and wait until it has closed what it opened."""
        with self._lock:
            self._given_up = True
            if self._task is not None:
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)
        self._thread.join(_CLOSING_S)

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:  # handed on: the waiting thread raises it
            self._end(error)
        finally:
            self._at_end()

    async def _main(self) -> None:
        with self._lock:
            if self._given_up:
                return
            task = self._task = asyncio.create_task(self._answer())
        await asyncio.wait([task])
        with self._lock:
            self._task = None

    async def _answer(self) -> None:
        try:
            self._results.append(await self._work(self._pieces.put))
        except BaseException as error:  # handed on, as above
            self._end(error)
        else:
            self._end(None)

    def _end(self, error: BaseException | None) -> None:
        self._error = error
        self._pieces.put(None)
