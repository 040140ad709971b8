"""The HTTP client of one request: asks one address, follows nobody elsewhere, reads so many bytes at most.

Knows nothing of chat. Imported only where the OpenAI client is: it needs that client's own HTTP library.
"""

import ssl
from collections.abc import AsyncIterator

import httpx2

from assistant.generation.failures import FailureKind, ModelFailure

_SENT = ("host", "accept", "content-type", "content-length", "connection")
"""Headers of the OpenAI client that are sent; it adds its environment: system, Python, organization."""
_NO_STREAMS = ("text/html", "application/json")


def client_for(tls: ssl.SSLContext, connect_s: float, most_bytes: int, key: str | None) -> httpx2.AsyncClient:
    """A client for one request. No redirects, no proxies of the environment, no .netrc.

    The key is put in here, so that nothing above needs to know it. Time is limited by whoever waits, so only
    connecting has a limit here.
    """
    return httpx2.AsyncClient(
        transport=_Bounded(tls, most_bytes, key),
        timeout=httpx2.Timeout(None, connect=connect_s),
        follow_redirects=False,
        trust_env=False,
    )


class _Bounded(httpx2.AsyncBaseTransport):
    def __init__(self, tls: ssl.SSLContext, most_bytes: int, key: str | None) -> None:
        self._below = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False, retries=0)
        self._most_bytes = most_bytes
        self._own = [("user-agent", "tro-ly"), ("accept-encoding", "identity")]
        if key is not None:
            self._own.append(("authorization", f"Bearer {key}"))

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        kept = [(name, value) for name, value in request.headers.multi_items() if name.lower() in _SENT]
        request.headers = httpx2.Headers([*kept, *self._own])
        response = await self._below.handle_async_request(request)
        form = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()  # what it grows to could not be bounded
            raise ModelFailure(FailureKind.GARBAGE, "a compressed reply, which was not asked for")
        if response.is_success and form in _NO_STREAMS:
            await response.aclose()
            raise ModelFailure(
                FailureKind.GARBAGE, f"{form} in place of a stream: is this the right address?"
            )
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream, self._most_bytes)
        return response

    async def aclose(self) -> None:
        await self._below.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, below: httpx2.AsyncByteStream, most: int) -> None:
        self._below = below
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._most
        async for part in self._below:
            left -= len(part)
            if left < 0:
                raise ModelFailure(FailureKind.GARBAGE, f"more than {self._most} bytes")
            yield part

    async def aclose(self) -> None:
        await self._below.aclose()
