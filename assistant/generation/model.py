"""A language model behind an OpenAI-compatible server: text as it streams in, or a failure in time.

Everything is asked for as a stream, inside real limits of time and size. Nothing but the configured address
is contacted: redirects are not followed, nothing is retried, tokens are counted by nobody but the server.
Does not know what is asked.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from langchain_core.messages import AIMessageChunk, BaseMessage
from pydantic import SecretStr

from assistant.generation.breaker import Breaker
from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.repetition import Repetition
from assistant.generation.thinking import Thinking

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

T = TypeVar("T")
_CONNECT_S = 3.0
_MOST_CHARACTERS = 20_000  # of a reply: far more than any answer has
_NO_KEY = "none"  # the library wants one; servers without keys ignore it


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where the model is and what it may take. `first_token_s`, `timeout_s`: seconds."""

    base_url: str
    model: str
    api_key: SecretStr | None = None
    context_tokens: int = 4096
    first_token_s: float = 10.0
    timeout_s: float = 20.0
    at_once: int = 2


@dataclass(frozen=True, slots=True)
class Written:
    """`complete` is False where the reply reached its greatest length. `prompt_tokens`: as the server
    counted them, None where it did not.
    """

    text: str
    complete: bool
    prompt_tokens: int | None


class _ListenerError(Exception):
    """What the taker of the text raised, on its way past the handling of the server's errors."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class LanguageModel:
    """One model; safe to share between threads. `clock`: seconds, monotonic."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._breaker = Breaker(clock)
        self._places = threading.BoundedSemaphore(settings.at_once)
        self.name = settings.model
        self.context_tokens = settings.context_tokens
        self.timeout_s = settings.timeout_s

    def write(
        self,
        messages: Sequence[BaseMessage],
        take: Callable[[str], None],
        *,
        most_tokens: int,
        limit_s: float | None = None,
    ) -> Written:
        """Ask; `take` gets every piece of text at once. Raises ModelFailure, and what `take` raises.

        `take` is called in this thread, or, where this one runs an event loop, in one that lives as long.
        """
        limit_s = min(limit_s if limit_s is not None else self.timeout_s, self.timeout_s)
        with self._place():
            self._breaker.enter()
            try:
                written = _run(self._streamed(messages, take, most_tokens, limit_s))
            except ModelFailure as failure:
                self._breaker.failed(failure)
                raise
            except _ListenerError as listener:
                self._breaker.left()
                raise listener.error from None
            except BaseException:
                self._breaker.left()
                raise
            self._breaker.succeeded()
            return written

    def complete(self, messages: Sequence[BaseMessage], *, most_tokens: int, limit_s: float) -> str:
        """The whole text of a short task. Raises ModelFailure."""
        return self.write(messages, lambda _: None, most_tokens=most_tokens, limit_s=limit_s).text

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise ModelFailure(FailureKind.BUSY, f"{self._settings.at_once} requests under way")
        try:
            yield
        finally:
            self._places.release()

    async def _streamed(
        self, messages: Sequence[BaseMessage], take: Callable[[str], None], most_tokens: int, limit_s: float
    ) -> Written:
        from assistant.generation.errors import SHAPELESS, failure_of
        from assistant.generation.transport import client, unreadable

        import httpx2  # isort: skip
        import openai  # isort: skip

        reply = _Reply(take)
        begun = asyncio.get_running_loop().time()
        first_token_s = min(self._settings.first_token_s, limit_s)
        async with client(_CONNECT_S, limit_s) as http:
            try:
                async with asyncio.timeout(first_token_s) as limit:
                    async for chunk in self._chat(http, most_tokens).astream(list(messages)):
                        if reply.add(chunk):
                            limit.reschedule(begun + limit_s)
            except (openai.OpenAIError, httpx2.HTTPError, TimeoutError, *SHAPELESS) as error:
                raise unreadable(http) or failure_of(error, started=bool(reply.text)) from error
            if failure := unreadable(http):
                raise failure
        return reply.finished()

    def _chat(self, http: Any, most_tokens: int) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI

        settings = self._settings
        return ChatOpenAI(
            model=settings.model,
            base_url=settings.base_url,
            api_key=settings.api_key or SecretStr(_NO_KEY),
            temperature=0,
            max_retries=0,
            stream_usage=True,
            # The library would send OpenAI's newer name for it, which not every server knows.
            extra_body={"max_tokens": most_tokens},
            http_async_client=http,
        )


class _Reply:
    """A reply as it comes in."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self.text = ""
        self._take = take
        self._thinking, self._repetition = Thinking(), Repetition()
        self._reason: str | None = None
        self._prompt_tokens: int | None = None

    def add(self, chunk: AIMessageChunk) -> bool:
        """Whether this chunk says something. Raises ModelFailure for a reply without end or sense."""
        if chunk.usage_metadata:
            self._prompt_tokens = chunk.usage_metadata["input_tokens"] or None
        self._reason = chunk.response_metadata.get("finish_reason") or self._reason
        content = chunk.content if isinstance(chunk.content, str) else ""
        piece = self._thinking.without(content)
        if not piece:
            return False
        self.text += piece
        self._repetition.feed(piece)
        if self._repetition.found or len(self.text) > _MOST_CHARACTERS:
            raise ModelFailure(FailureKind.REPEATING, self.text[-80:])
        try:
            self._take(piece)
        except Exception as error:
            raise _ListenerError(error) from error
        return True

    def finished(self) -> Written:
        """The whole. Raises ModelFailure: nothing said, or broken off."""
        if self._reason is None and (self.text or self._thinking.inside):
            raise ModelFailure(FailureKind.CUT, self.text[-80:])
        if not self.text.strip():
            raise ModelFailure(FailureKind.EMPTY)
        return Written(self.text, self._reason != "length", self._prompt_tokens)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, from a thread that may run an event loop itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, thread_name_prefix="model") as pool:
        return pool.submit(asyncio.run, work).result()
