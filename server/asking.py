"""The bounded queue in front of the assistant: a few questions at once, some waiting, the rest told to come
back.

Questions of the chat, the API and the widget all pass here. Does not know who asks.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol, TypeVar

from assistant.answer import Answer, Turn
from corpus.errors import ProductError

T = TypeVar("T")


class Asks(Protocol):
    """What is needed of the assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), *, as_typed: bool = False) -> Answer:
        """Answer one question."""
        ...


class BusyError(ProductError):
    """Too many questions are waiting. `retry_after`: seconds."""

    retry_after = 2

    def __init__(self) -> None:
        super().__init__("Đang có quá nhiều câu hỏi. Xin hỏi lại sau vài giây")


class Asking:
    """`workers` questions at once, `queue` waiting at most."""

    def __init__(self, assistant: Asks, workers: int, queue: int, timeout_s: float) -> None:
        self._assistant = assistant
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="ask")
        self._places = threading.BoundedSemaphore(workers + queue)
        self._timeout_s = timeout_s

    def ask(self, question: str, history: Sequence[Turn] = (), *, as_typed: bool = False) -> Answer:
        """Answer in the caller's thread's time. Raises BusyError, QuestionError, TimeoutError."""
        work = partial(self._assistant.ask, question, tuple(history), as_typed=as_typed)
        return self._submit(work).result(self._timeout_s)

    async def ask_async(
        self, question: str, history: Sequence[Turn] = (), *, as_typed: bool = False
    ) -> Answer:
        """The same without blocking the event loop."""
        return await self.run_async(partial(self._assistant.ask, question, tuple(history), as_typed=as_typed))

    async def run_async(self, work: Callable[[], T]) -> T:
        """Other work for the encoder, e.g. a search, with the same bounds and errors as a question."""
        return await asyncio.wait_for(asyncio.wrap_future(self._submit(work)), self._timeout_s)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            future = self._pool.submit(work)
        except BaseException:
            self._places.release()
            raise
        future.add_done_callback(lambda _: self._places.release())
        return future
