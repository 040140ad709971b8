"""One request to an OpenAI-compatible server through LangChain, within its limits of time and size.

Imported when a language model is made, not before: LangChain's OpenAI client takes a second to load.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import httpx2
import openai
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import SecretStr

from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.reading import THOUGHT, Reading, Written
from assistant.generation.refused_requests import failure_of, tidy
from assistant.generation.transport import client_for

if TYPE_CHECKING:
    from assistant.generation.model import ModelSettings

_CONNECT_S = 5.0
_AFTER_THE_END_S = 1.0  # for the count of tokens, which some servers send after the end and some never
_BYTES = 256 * 1024  # of a reply, and so many more for every token asked for: OpenAI's own sends about 350
_BYTES_A_TOKEN = 2048
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError)
"""What LangChain and the OpenAI client raise of chunks that are JSON but no chunks, or no JSON."""
_NEWER = re.compile(r"o\d|gpt-[5-9]")


class _Chat(ChatOpenAI):
    """With the thoughts of reasoning models, and with the word for the most tokens that open servers know."""

    def _get_request_payload(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        payload = super()._get_request_payload(*args, **kwargs)
        # Ollama knows max_tokens only; OpenAI's own newer models refuse just that.
        if "max_completion_tokens" in payload and not _NEWER.match(self.model_name):
            payload["max_tokens"] = payload.pop("max_completion_tokens")
        return payload

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], *args: Any, **kwargs: Any
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(chunk, *args, **kwargs)
        delta = (chunk.get("choices") or [{}])[0].get("delta") or {}
        thought = delta.get("reasoning_content") or delta.get("reasoning")
        if converted and thought:
            converted.message.additional_kwargs[THOUGHT] = str(thought)
        return converted


class _Plain:
    """The client's completions, with chunks as they were sent.

    LangChain turns chunks into dicts in a way that warns of values OpenAI's own servers would not send, such
    as another finish_reason.
    """

    def __init__(self, completions: Any) -> None:
        self._completions = completions

    async def create(self, **payload: Any) -> "_PlainStream":
        return _PlainStream(await self._completions.create(**payload))


class _PlainStream:
    def __init__(self, stream: "openai.AsyncStream[Any]") -> None:
        self._stream = stream

    async def __aenter__(self) -> "_PlainStream":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stream.close()

    async def __aiter__(self) -> AsyncGenerator[dict[str, Any], None]:
        async for chunk in self._stream:
            yield chunk.model_dump(warnings=False)


class Chats:
    """Makes the requests of one model."""

    def __init__(self, settings: "ModelSettings") -> None:
        self._settings = settings
        self._key = settings.api_key.get_secret_value() if settings.api_key else None
        # The system's certificates, or SSL_CERT_FILE: an office's gateway may have its own authority.
        self._tls = ssl.create_default_context()
        self._unused = httpx2.Client(verify=self._tls, trust_env=False)  # ChatOpenAI wants one of each kind
        # The first of a process takes up to 0.2 s, which no question should wait for.
        self._chat(self._client(_CONNECT_S, 1))

    async def write(
        self, messages: Sequence[BaseMessage], put: Callable[[str], None], most_tokens: int, limit_s: float
    ) -> Written:
        """Have the model write; `put` gets each piece of text. Raises ModelFailure."""
        reading = Reading(put)
        try:
            return await self._read(reading, messages, most_tokens, limit_s)
        except ModelFailure as failure:
            raise tidy(failure, self._key, messages) from None

    async def _read(
        self, reading: Reading, messages: Sequence[BaseMessage], most_tokens: int, limit_s: float
    ) -> Written:
        first_s = min(self._settings.first_token_s, limit_s)
        now = asyncio.get_running_loop().time
        silence = asyncio.timeout(first_s)
        try:
            async with (
                asyncio.timeout(limit_s),
                silence,
                self._client(first_s, most_tokens) as client,
                aclosing(self._chunks(client, reading, messages, most_tokens)) as chunks,
            ):
                async for chunk in chunks:
                    if reading.read(chunk):
                        silence.reschedule(now() + first_s)
                    if reading.finish:
                        silence.reschedule(now() + _AFTER_THE_END_S)
        except TimeoutError:
            if not reading.finish:
                raise ModelFailure(FailureKind.SLOW, _slow(reading, silence, first_s, limit_s)) from None
        return reading.end()

    def _client(self, first_s: float, most_tokens: int) -> httpx2.AsyncClient:
        most_bytes = _BYTES + _BYTES_A_TOKEN * most_tokens
        return client_for(self._tls, min(_CONNECT_S, first_s), most_bytes, self._key)

    async def _chunks(
        self, client: httpx2.AsyncClient, reading: Reading, messages: Sequence[BaseMessage], most_tokens: int
    ) -> AsyncGenerator[AIMessageChunk, None]:
        """The chunks of the server; its errors become ModelFailure, and after the end they do not matter."""
        begun = False
        try:
            with tracing_context(enabled=False):  # whatever LANGSMITH_TRACING says, nothing goes elsewhere
                async for chunk in self._chat(client).astream(list(messages), max_tokens=most_tokens):
                    begun = True
                    yield chunk
        except (openai.OpenAIError, httpx2.HTTPError, ModelFailure, *_UNREADABLE) as error:
            if not reading.finish:
                raise failure_of(error, self._settings.base_url, begun) from None

    def _chat(self, client: httpx2.AsyncClient) -> _Chat:
        """Made anew for each request (0.4 ms): its HTTP client belongs to the event loop of that request."""
        chat = _Chat(
            model=self._settings.model,
            base_url=self._settings.base_url,
            api_key=SecretStr("none"),  # the transport has it; without one the environment would be asked
            openai_proxy=None,
            output_version="v0",
            temperature=0,
            max_retries=0,
            streaming=True,
            stream_usage=True,
            stream_chunk_timeout=None,
            use_responses_api=False,
            cache=False,
            http_client=self._unused,
            http_async_client=client,
        )
        chat.async_client = _Plain(chat.async_client)
        return chat


def _slow(reading: Reading, silence: asyncio.Timeout, first_s: float, limit_s: float) -> str:
    if not silence.expired():
        return f"not finished after {limit_s:g} s"
    return f"silent for {first_s:g} s" if reading.begun else f"no word in {first_s:g} s"
