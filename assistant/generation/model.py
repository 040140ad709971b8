"""The office's language model: an OpenAI-compatible server that is asked to write, with limits.

At most so many requests at once, each within its time; a server that keeps failing is left alone for a while.
Every failure is a ModelFailure. Knows nothing of prompts or documents.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.generation.breaker import Breaker
from assistant.generation.exchange import Exchange
from assistant.generation.failures import DOWN, FailureKind, ModelFailure
from assistant.generation.reading import Written

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_LOG = logging.getLogger(__name__)

__all__ = ["LanguageModel", "ModelSettings", "Written"]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where a model is and what it may take.

    `context_tokens`: prompt and reply together. `first_token_s`: seconds of silence that are borne, before
    the first token and after it. `timeout_s`: seconds for a whole reply. `at_once`: requests.
    """

    base_url: str
    model: str
    api_key: SecretStr | None = None
    context_tokens: int = 4096
    first_token_s: float = 10.0
    timeout_s: float = 20.0
    at_once: int = 2


class LanguageModel:
    """Thread-safe. `clock` counts seconds, for the rests of the breaker."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = time.monotonic) -> None:
        from assistant.generation.chat import Chats  # a second, at the start rather than with a question

        self.name = settings.model
        self.context_tokens = settings.context_tokens
        self.timeout_s = settings.timeout_s
        self._first_token_s = settings.first_token_s
        self._chats = Chats(settings)
        self._places = threading.BoundedSemaphore(settings.at_once)
        self._breaker = Breaker(clock)

    def write(
        self,
        messages: "Sequence[BaseMessage]",
        take: Callable[[str], None],
        *,
        most_tokens: int,
        limit_s: float | None = None,
    ) -> Written:
        """Have the model write at most `most_tokens` within `limit_s` (default: `timeout_s`).

        `take` is called in this thread with every piece of text as soon as it is there; what it raises ends
        the request and goes through. It may call the model itself, which takes another of the places.
        Raises ModelFailure.
        """
        request = _Request(self, messages, most_tokens, self.timeout_s if limit_s is None else limit_s)
        exchange = Exchange(request.ask, request.over)
        try:
            for piece in exchange.pieces():
                take(piece)
            return exchange.result
        finally:
            exchange.close()

    def complete(self, messages: "Sequence[BaseMessage]", *, most_tokens: int, limit_s: float) -> str:
        """A short text in one go. Raises ModelFailure, also (CUT) when `most_tokens` were too few for it."""
        written = self.write(messages, lambda _: None, most_tokens=most_tokens, limit_s=limit_s)
        if not written.complete:
            raise ModelFailure(FailureKind.CUT, f"not finished after {most_tokens} tokens")
        return written.text


class _Request:
    """Holds one of the places until it is over. Not admitted: raises ModelFailure (BUSY, RESTING)."""

    def __init__(
        self, model: LanguageModel, messages: "Sequence[BaseMessage]", most_tokens: int, limit_s: float
    ) -> None:
        if not model._places.acquire(blocking=False):
            failure = ModelFailure(FailureKind.BUSY, "as many requests as allowed are being served")
            _LOG.warning("language model %s: %s", model.name, failure)
            raise failure
        try:
            self._trial = model._breaker.admit()
        except ModelFailure:
            model._places.release()
            raise
        self._model = model
        self._messages = messages
        self._limits = most_tokens, limit_s
        self._alive: bool | None = None  # whether the server is; None: it showed nothing yet

    @property
    def _was_given_time(self) -> bool:
        """Whether being slow tells of the server, rather than of the little time that was left to it."""
        return self._limits[1] >= min(self._model._first_token_s, self._model.timeout_s)

    async def ask(self, put: Callable[[str], None]) -> Written:
        """Have the model write."""

        def passed_on(piece: str) -> None:
            self._alive = True
            put(piece)

        try:
            written = await self._model._chats.write(self._messages, passed_on, *self._limits)
        except ModelFailure as failure:
            if failure.kind is not FailureKind.SLOW or self._was_given_time:
                self._alive = failure.kind not in DOWN
            _LOG.warning("language model %s: %s", self._model.name, failure)
            if failure.retry_after is not None:
                self._model._breaker.wait(failure.retry_after)
            raise
        self._alive = True
        return written

    def over(self) -> None:
        """Give the place back and tell the breaker."""
        self._model._breaker.report(self._alive, self._trial)
        self._model._places.release()
