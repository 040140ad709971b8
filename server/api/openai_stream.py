"""What /v1/chat/completions sends: an answer as one completion, or as chunks while it is being written.

What was sent cannot be taken back, so of a language model's text only checked sentences are sent, each as
soon as its fate is known, and none before the first that is supported: until then it may still become a
quoted answer. Where the model fails later, a line says so, and the quoted answer follows.
"""

import re
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

from starlette.concurrency import run_in_threadpool

from assistant.answer import CheckedSentence, Verdict
from assistant.progress import Checked, Step
from server.api.errors import problem_of
from server.api.event_stream import HEARTBEAT, data_line, with_pauses
from server.api.links import Permalinks
from server.api.openai_bodies import MODEL, ChatRequest
from server.api.openai_text import content_of
from server.api.sendable import sendable
from server.api.turns import Told
from server.services import Services

BROKEN_OFF = "Mô hình ngôn ngữ bị ngắt giữa chừng; dưới đây là các câu trích nguyên văn."
_PIECE = re.compile(r"\s*\S+\s*")  # what one chunk of a quoted answer holds


class Writer:
    """Writes the bodies of one request."""

    def __init__(
        self, body: ChatRequest, services: Services, links: Permalinks, conversation_id: str
    ) -> None:
        self._asked = "\n".join(one.text for one in body.messages)
        self._count, self._links = services.encoder.count_token, links
        self.with_usage = bool(body.stream_options and body.stream_options.include_usage)
        self._created = int(time.time())
        self._id = uuid.uuid4().hex  # a stream may begin before its turn is recorded
        self._conversation_id = conversation_id

    def content(self, result: Told, start: int = 0) -> tuple[str, list[dict[str, Any]]]:
        """Text and annotations, of a message with `start` characters before them."""
        return content_of(result.answer, self._links, start)

    def usage(self, content: str) -> dict[str, int]:
        """Tokens of the built-in encoder."""
        asked, answered = self._count(self._asked), self._count(content)
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}

    def whole(self, result: Told) -> dict[str, Any]:
        """As ChatCompletion has it."""
        content, annotations = self.content(result)
        message = {"role": "assistant", "content": content, "refusal": None, "annotations": annotations}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return self._about(result, "chat.completion") | {
            "choices": [choice],
            "usage": self.usage(content),
            "refused": result.answer.refused,
            "mode": result.answer.mode,
        }

    def chunk(self, result: Told | None, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        """One piece of a stream; `result` is None while the answer is being written."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        usage = {"usage": None} if self.with_usage else {}
        ended = {"refused": result.answer.refused, "mode": result.answer.mode} if result and finish else {}
        return self._about(result, "chat.completion.chunk") | {"choices": [choice]} | ended | usage

    def closing(self, result: Told, content: str) -> dict[str, Any]:
        """The chunk that counts tokens."""
        about = self._about(result, "chat.completion.chunk")
        return about | {"choices": [], "usage": self.usage(content)}

    def _about(self, result: Told | None, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self._id}",
            "object": kind,
            "created": self._created,
            "model": MODEL,
            "turn_id": result.turn_id if result else None,
            "conversation_id": self._conversation_id,
        }


async def chunks(steps: AsyncGenerator[Step | Told, None], writer: Writer) -> AsyncIterator[str]:
    """The lines of a stream."""
    message = _Message(writer)
    try:
        async with aclosing(with_pauses(steps)) as heard:
            async for step in heard:
                for line in message.lines(step):
                    yield line
                if isinstance(step, Told) and writer.with_usage:
                    yield data_line(await run_in_threadpool(writer.closing, step, message.sent))
    except Exception as error:  # the status is sent already; OpenAI's clients raise what stands in the stream
        yield data_line(problem_of(error).openai_body())
        return
    yield "data: [DONE]\n\n"


class _Message:
    """The content of one message, as far as it has been `sent`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._held: list[CheckedSentence] = []  # until one is supported
        self._supported = False
        self.sent = ""

    def lines(self, step: Step | Told | None) -> Iterator[str]:
        """What is sent for a step; for None, a line that keeps the connection open."""
        if step is None:
            yield HEARTBEAT
        elif isinstance(step, Told):
            yield from self._end(step)
        elif isinstance(step, Checked):
            yield from self._sentence(step.sentence)
        # Drafts are not sent: they may be wrong. That they do not count is told with the answer.

    def _sentence(self, sentence: CheckedSentence) -> Iterator[str]:
        if sentence.verdict is not Verdict.REMOVED:
            self._held.append(sentence)
        self._supported = self._supported or sentence.verdict is Verdict.SUPPORTED
        if self._supported:
            for held in self._held:
                line = sendable(held.line)
                yield from self._pieces([f"\n{line}" if self.sent else line], None)
            self._held.clear()

    def _end(self, result: Told) -> Iterator[str]:
        content, annotations = self._writer.content(result)
        if content.startswith(self.sent):
            rest = content[len(self.sent) :]
        else:
            between = f"\n\n{BROKEN_OFF}\n\n"
            content, annotations = self._writer.content(result, len(self.sent) + len(between))
            rest = between + content
        yield from self._pieces(_PIECE.findall(rest), result)
        yield data_line(self._writer.chunk(result, {"annotations": annotations}, "stop"))

    def _pieces(self, pieces: list[str], result: Told | None) -> Iterator[str]:
        if not self.sent:
            yield data_line(self._writer.chunk(result, {"role": "assistant", "content": ""}))
        for piece in pieces:
            self.sent += piece
            yield data_line(self._writer.chunk(result, {"content": piece}))
