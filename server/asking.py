"""The bounded queue in front of the assistant: a few questions at once, some waiting, the rest told to come
back.

Questions of the chat, the API and the widget all pass here. Does not know who asks.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol, TypeVar, Unpack

from assistant.answer import Answer, Turn
from assistant.evidence import Manner
from assistant.progress import Step
from corpus.errors import ProductError
from server.feed import Feed

T = TypeVar("T")
Listener = Callable[[Answer, float], None]


class Asks(Protocol):
    """What is needed of the assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer one question."""
        ...


class BusyError(ProductError):
    """Too many questions are waiting. `retry_after`: seconds."""

    retry_after = 2

    def __init__(self) -> None:
        super().__init__("Đang có quá nhiều câu hỏi. Xin hỏi lại sau vài giây")


class SlowError(ProductError, TimeoutError):
    """The answer did not come in time."""

    def __init__(self) -> None:
        super().__init__(
            "Câu hỏi này mất quá nhiều thời gian. Xin hỏi ngắn gọn hơn, hoặc hỏi lại sau ít phút"
        )


class Steps:
    """The steps of one question as they happen, then its answer, which is the last. Read in the event loop.

    Raises what answering raised; SlowError, BusyError (closed meanwhile). Close it when it is not read to its
    end: a question that still waits then leaves the queue.
    """

    def __init__(
        self, feed: "Feed[Step | Future[Answer]]", future: "Future[Answer]", deadline: float
    ) -> None:
        self._feed, self._future, self._deadline = feed, future, deadline
        self._over = False
        # After every step: the thread has put those before it is done.
        future.add_done_callback(feed.put)

    def __aiter__(self) -> "Steps":
        return self

    async def __anext__(self) -> Step | Answer:
        """The next step, or the answer."""
        if self._over:
            raise StopAsyncIteration
        try:
            async with asyncio.timeout_at(self._deadline):
                item = await self._feed.get()
        except TimeoutError:
            await self.aclose()
            raise SlowError from None
        if not isinstance(item, Future):
            return item
        self._over = True
        try:
            return item.result()
        except CancelledError:
            raise BusyError from None

    async def aclose(self) -> None:
        """Read no more."""
        self._over = True
        self._future.cancel()
        self._feed.close()


class Asking:
    """`workers` questions at once, `queue` waiting at most, each answered within `timeout_s` or given up."""

    def __init__(self, assistant: Asks, workers: int, queue: int, timeout_s: float) -> None:
        self._assistant = assistant
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="ask")
        self._free = self.places = workers + queue
        self._counting = threading.Lock()
        self._timeout_s = timeout_s
        self._listeners: list[Listener] = []
        self.turned_away = 0  # questions, so far

    @property
    def taken(self) -> int:
        """Questions being answered or waiting now; at most `places`."""
        return self.places - self._free

    def listen(self, listener: Listener) -> None:
        """Have `listener(answer, seconds)` called, in the answering thread, after every answer."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Take no more questions; those that are being answered are finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer in the caller's thread's time. Raises BusyError, QuestionError, SlowError."""
        future = self._submit(partial(self._answer, question, tuple(history), manner))
        try:
            return future.result(self._timeout_s)
        except TimeoutError:
            if not future.cancel() and future.done():
                raise  # the assistant's own
            raise SlowError from None
        except CancelledError:
            raise BusyError from None  # closed meanwhile

    async def ask_async(
        self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]
    ) -> Answer:
        """The same without blocking the event loop; a question whose asker goes away leaves the queue."""
        return await self.run_async(partial(self._answer, question, tuple(history), manner))

    def steps(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Steps:
        """The same, told step by step while a language model writes; takes its place at once, or BusyError.

        Call it in the event loop. A `listener` of the caller's own is not called.
        """
        feed: Feed[Step | Future[Answer]] = Feed()
        heard: Manner = {**manner, "listener": feed.put}
        future = self._submit(partial(self._answer, question, tuple(history), heard))
        return Steps(feed, future, asyncio.get_running_loop().time() + self._timeout_s)

    async def run_async(self, work: Callable[[], T]) -> T:
        """Other work for the encoder, e.g. a search, with the same bounds and errors as a question."""
        future = asyncio.wrap_future(self._submit(work))
        try:
            return await asyncio.wait_for(future, self._timeout_s)
        except TimeoutError:
            raise SlowError from None

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._counting:
            if not self._free:
                self.turned_away += 1
                raise BusyError
            self._free -= 1
        try:
            future = self._pool.submit(work)
        except RuntimeError as error:  # closed
            self._leave()
            raise BusyError from error
        future.add_done_callback(lambda _: self._leave())
        return future

    def _answer(self, question: str, history: Sequence[Turn], manner: Manner) -> Answer:
        started = time.perf_counter()
        answer = self._assistant.ask(question, history, **manner)
        for listener in self._listeners:
            listener(answer, time.perf_counter() - started)
        return answer

    def _leave(self) -> None:
        with self._counting:
            self._free += 1
