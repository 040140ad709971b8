"""The connection to a model's server: bounded in size, and never led elsewhere. Knows HTTP only."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2

from assistant.generation.failures import FailureKind, ModelFailure

_MOST_BYTES = 4_000_000  # of a reply: JSON around each token of 20,000 characters
_READABLE = ("text/event-stream", "application/json", "application/x-ndjson")


class _Client(httpx2.AsyncClient):
    """Remembers what kind of thing the last answer was."""

    content_type = ""


class _Bounded(httpx2.AsyncByteStream):
    """A body that breaks off when it grows without end."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner, self._left = inner, _MOST_BYTES

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._inner:
            self._left -= len(part)
            if self._left < 0:
                raise ModelFailure(FailureKind.GARBAGE, f"more than {_MOST_BYTES} bytes")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Transport(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Bounded(response.stream)
        return response


def client(connect_s: float, read_s: float) -> _Client:
    """A client for one request; seconds."""
    http = _Client(
        transport=_Transport(),
        timeout=httpx2.Timeout(read_s, connect=connect_s),
        follow_redirects=False,
    )

    async def remember(response: httpx2.Response) -> None:
        http.content_type = response.headers.get("content-type", "") if response.is_success else ""

    http.event_hooks = {"response": [remember]}
    return http


def unreadable(http: Any) -> ModelFailure | None:
    """The failure that a page of HTML and the like are; None for what a model's server sends."""
    kind = http.content_type.partition(";")[0].strip().lower()
    if not kind or kind in _READABLE:
        return None
    return ModelFailure(FailureKind.GARBAGE, f"content-type {kind}")
