"""Limits on what one person, one address and one request may take.

Token buckets for what costs something (asking, searching, signing in, sending files); a bound on the size of
every body, and on how long it may take to arrive. Behind the access middleware: it counts by person. Does not
know about the queue of questions, which has its own bound.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.access.person import Person
from server.refusing import CHAT, below, path_of, refused
from server.settings import ServerSettings

_MB = 1_000_000
MAX_BODY = _MB
_BODY_SECONDS = 30.0  # between two pieces of a body
_MANY = 10_000  # buckets kept; the longest unused go first
_COSTLY_READS = ("/api/search",)
# Of the chat's own calls those that start something; the others keep a page alive or clean up after it.
_COSTLY_CHAT = tuple(f"{CHAT}/{name}" for name in ("queue/join", "call", "run", "api", "upload"))
_UPLOADS = ("/admin",)
_SAFE = ("GET", "HEAD", "OPTIONS")


class Buckets:
    """A token bucket for each key: `per_minute` tokens, refilled evenly. `clock`: seconds."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """0 when there was a token, which is taken; else the seconds until there is one."""
        now = self._clock()
        left, seen = self._left.pop(key, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - seen) * self._per_minute / 60)
        waits = 0.0 if left >= 1 else (1 - left) * 60 / self._per_minute
        self._left[key] = (left if waits else left - 1, now)
        if len(self._left) > _MANY:
            self._left.popitem(last=False)
        return waits

    def __len__(self) -> int:
        return len(self._left)


class Limits:
    """ASGI middleware: 429 with Retry-After, 413, 408."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._persons = Buckets(settings.rate_per_minute)
        self._addresses = Buckets(settings.rate_per_minute_address)
        self._max_upload = settings.max_upload_mb * _MB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when it is within the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        waits = self._waits(scope) if _is_costly(scope) else 0.0
        if waits:
            seconds = math.ceil(waits)
            message = f"Quá nhiều yêu cầu trong một phút. Chờ {seconds} giây rồi làm lại"
            await refused(scope, 429, message, {"Retry-After": str(seconds)})(scope, receive, send)
            return
        await self._bounded(scope, receive, send)

    def _waits(self, scope: Scope) -> float:
        person: Person = scope["state"]["person"]
        return self._addresses.take(scope["state"]["address"]) or self._persons.take(person.key)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        person: Person = scope["state"]["person"]
        sends_files = person.is_admin and below(path_of(scope), *_UPLOADS)
        bound = self._max_upload if sends_files else MAX_BODY
        too_large = f"Nội dung gửi lên quá lớn, nhiều nhất {bound // _MB} MB. Gửi ít hơn mỗi lần"
        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isascii() or not stated.isdigit() or int(stated[:20]) > bound:
            await refused(scope, 413, too_large, {"Connection": "close"})(scope, receive, send)
            return
        body = _Body(receive, bound)
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            if body.problem and not started:
                return  # what the route makes of a body that it could not read
            started = True
            await send(message)

        try:
            await self._app(scope, body.receive, sent)
        except (_TooLargeError, TimeoutError):
            if started or not body.problem:
                raise
        if body.problem and not started:
            told = too_large if body.problem == 413 else "Nội dung gửi lên đến quá chậm. Gửi lại"
            await refused(scope, body.problem, told, {"Connection": "close"})(scope, receive, send)


class _TooLargeError(Exception):
    """A body without a stated length has grown beyond its bound."""


class _Body:
    """Passes a body on up to its bound; `problem` is then 413, or 408 when it came too slowly."""

    def __init__(self, receive: Receive, bound: int) -> None:
        self._receive, self._bound = receive, bound
        self._got, self._complete = 0, False
        self.problem: int | None = None

    async def receive(self) -> Message:
        """The next piece. Raises _TooLargeError, TimeoutError."""
        if self._complete:  # what comes now is the end of the connection, whenever that is
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), _BODY_SECONDS)
        except TimeoutError:
            self.problem = 408
            raise
        self._got += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._got > self._bound:
            self.problem = 413
            raise _TooLargeError
        return message


def _is_costly(scope: Scope) -> bool:
    path = path_of(scope)
    if scope["method"] in _SAFE:
        return below(path, *_COSTLY_READS)
    return below(path, *_COSTLY_CHAT) if below(path, CHAT) else True
