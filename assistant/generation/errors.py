"""What the libraries and servers say when something fails, as a ModelFailure.

Servers word a prompt that is too long in their own ways: OpenAI "maximum context length", vLLM the same,
llama.cpp "exceeds the available context size" (exceed_context_size_error), Ollama "input length exceeds".
Knows the errors of openai and of httpx2, on which it rests; does not know what was asked.
"""

import json
import re

import httpx2
import openai

from assistant.generation.failures import FailureKind, ModelFailure

# What LangChain and openai let through when a server's JSON has not the shape they expect.
SHAPELESS = (ValueError, KeyError, TypeError, AttributeError, IndexError, json.JSONDecodeError)
_TOO_LONG = re.compile(
    r"context.{0,10}(?:length|size|window)|exceed_context|maximum.{0,20}tokens|too many tokens|"
    r"input length exceeds|prompt is too long|reduce the length",
    re.IGNORECASE,
)
_NOTHING = "No generation chunks"  # LangChain, of a stream that ends at once
_LENGTH = 300  # characters of a server's words kept for the log


def failure_of(error: Exception, *, started: bool) -> ModelFailure:
    """The failure that an error means; `started`: some text had come already."""
    said = " ".join(str(error).split())[:_LENGTH]
    if isinstance(error, openai.RateLimitError):
        return ModelFailure(FailureKind.BUSY, said, _retry_after(error.response))
    if isinstance(error, openai.APIStatusError):
        return ModelFailure(_by_status(error.status_code, said), said)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
        connecting = isinstance(error.__cause__ or error, httpx2.ConnectTimeout)
        return ModelFailure(FailureKind.UNREACHABLE if connecting else FailureKind.SLOW, said)
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        cause = error.__cause__ or error
        if isinstance(cause, httpx2.RemoteProtocolError | httpx2.ReadError) and not started:
            return ModelFailure(FailureKind.SERVER, said)
        return ModelFailure(FailureKind.CUT if started else FailureKind.UNREACHABLE, said)
    if isinstance(error, openai.APIError):  # told inside the stream
        too_long = _TOO_LONG.search(said)
        return ModelFailure(FailureKind.TOO_LONG if too_long else FailureKind.SERVER, said)
    if _NOTHING in said:
        return ModelFailure(FailureKind.EMPTY, said)
    return ModelFailure(FailureKind.GARBAGE, f"{type(error).__name__}: {said}")


def _by_status(status: int, said: str) -> FailureKind:
    if _TOO_LONG.search(said) or status == 413:
        return FailureKind.TOO_LONG
    return FailureKind.SERVER if status >= 500 else FailureKind.REJECTED


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds; None where the header is absent or a date."""
    try:
        return max(0.0, float(response.headers.get("retry-after", "")))
    except ValueError:
        return None
