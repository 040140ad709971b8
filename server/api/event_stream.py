"""Server-sent events: how they are written, and waiting for an answer without a silent connection.

Knows nothing of what the events say.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, TypeVar

from fastapi.responses import StreamingResponse

T = TypeVar("T")
HEARTBEAT = ": còn đang tìm\n\n"  # a comment, which clients skip; keeps proxies from hanging up
HEARTBEAT_SECONDS = 10.0
# One event of a stream, for the OpenAPI document.
EVENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "description": "JSON"}},
    "required": ["data"],
}


def event(name: str, data: Any) -> str:
    """One event; JSON has no line ends, so data is one line."""
    return f"event: {name}\n{data_line(data)}"


def data_line(data: Any) -> str:
    """An event without a name, as OpenAI's clients read them."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def streamed(events: AsyncIterator[str]) -> StreamingResponse:
    """The response; whoever hangs up cancels `events` where it waits."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would hold events back
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def with_pauses(
    items: AsyncGenerator[T, None], seconds: float = HEARTBEAT_SECONDS
) -> AsyncGenerator[T | None, None]:
    """The items as they come, and None for every few seconds in which none does.

    Closes `items` at its end: a reader who hangs up ends the work behind them.
    """
    coming: asyncio.Task[T] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(_next(items))
            await asyncio.wait({coming}, timeout=seconds)
            if not coming.done():
                yield None
                continue
            done, coming = coming, None
            try:
                item = done.result()
            except StopAsyncIteration:
                return
            yield item
    finally:
        if coming is None:
            await items.aclose()
        else:  # the items wait inside this task: its end is theirs
            coming.add_done_callback(lambda task: task.cancelled() or task.exception())
            coming.cancel()


async def _next(items: AsyncGenerator[T, None]) -> T:
    return await anext(items)
