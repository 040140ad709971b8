"""Server-sent events: how they are written, and waiting for an answer without a silent connection.

Knows nothing of what the events say.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
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


async def begun(work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    """`work` as a task that has taken its place in the queue. Raises what it raised at once, e.g. BusyError.

    So a server that is full says so by its status, before the stream begins.
    """
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    if task.done():
        task.result()
    return task


async def heartbeats(task: "asyncio.Task[Any]", seconds: float = HEARTBEAT_SECONDS) -> AsyncIterator[str]:
    """A comment every few seconds until the task is done; a reader who hangs up ends the task."""
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=seconds)
            if not task.done():
                yield HEARTBEAT
    finally:
        task.cancel()
