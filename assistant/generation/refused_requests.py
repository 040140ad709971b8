"""What the errors of the OpenAI client mean.

Imported only where that client is. Each server words a prompt that is too long in its own way:
llama.cpp "request (4390 tokens) exceeds the available context size", vLLM "This model's maximum context
length is 4096 tokens" and, of old, "max_tokens must be at least 1, got -344", Ollama "input length exceeds
the context length", TGI "`inputs` tokens + `max_new_tokens` must be", OpenAI's own context_length_exceeded.
"""

import re
from collections.abc import Sequence

import openai
from langchain_core.messages import BaseMessage
from pydantic import ValidationError

from assistant.generation.failures import FailureKind, ModelFailure

_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|ContextWindow|maximum model length|max(?:imum)? context"
    r"|prompt (?:is )?too long|input (?:is )?too long|input tokens exceed"
    r"|max_tokens must be at least 1, got -|`inputs` tokens \+",
    re.IGNORECASE,
)
_LONGEST_DETAIL = 200
_ECHO = 10  # characters of the question in a server's error: the log may not hold them


def failure_of(error: Exception, base_url: str, begun: bool) -> ModelFailure:
    """The failure that an error of the client is. `begun`: the reply had already begun."""
    if isinstance(error, ModelFailure):
        return error
    if isinstance(error, openai.APITimeoutError):
        return ModelFailure(FailureKind.UNREACHABLE, f"no connection to {base_url} in time")
    if isinstance(error, openai.APIConnectionError):
        kind = FailureKind.CUT if begun else FailureKind.UNREACHABLE
        return ModelFailure(kind, f"{base_url}: {error.__cause__ or error}")
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, base_url)
    if isinstance(error, openai.APIError):  # an error event in the stream
        said = _said(error)
        kind = FailureKind.TOO_LONG if _TOO_LONG.search(said) else FailureKind.SERVER
        return ModelFailure(kind, f"in the stream: {said}")
    if isinstance(error, ValidationError):  # its own text would quote the reply
        return ModelFailure(FailureKind.GARBAGE, f"{error.error_count()} values of a chunk make no sense")
    return ModelFailure(FailureKind.GARBAGE, f"{type(error).__name__}: {error}")


def tidy(failure: ModelFailure, api_key: str | None, messages: Sequence[BaseMessage]) -> ModelFailure:
    """The failure with a detail that a log may hold: one line, short, without key and question."""
    detail = " ".join(failure.detail.split())
    if api_key:
        detail = detail.replace(api_key, "***")
    detail = detail[:_LONGEST_DETAIL]
    told = " ".join(str(message.text) for message in messages if message.type != "system")
    asked = " ".join(told.split())
    for place in range(len(detail) - _ECHO + 1):
        if detail[place : place + _ECHO] in asked:
            detail = f"{detail[:place]}…"
            break
    return ModelFailure(failure.kind, detail, failure.retry_after)


def _of_status(error: openai.APIStatusError, base_url: str) -> ModelFailure:
    status, said = error.status_code, _said(error)
    detail = f"{status} from {base_url}: {said}"
    if status == 413 or _TOO_LONG.search(said):
        return ModelFailure(FailureKind.TOO_LONG, detail)
    if status == 429:
        return ModelFailure(FailureKind.BUSY, detail, _retry_after(error))
    if status >= 500 or status == 408:
        return ModelFailure(FailureKind.SERVER, detail, _retry_after(error))
    if 300 <= status < 400:
        where = error.response.headers.get("location", "")
        return ModelFailure(
            FailureKind.REJECTED, f"{status}: redirects are not followed, it points to {where}"
        )
    if status in (404, 405) and not base_url.rstrip("/").endswith("/v1"):
        hint = "most servers want ASSISTANT_LLM_BASE_URL to end in /v1"
        return ModelFailure(FailureKind.REJECTED, f"{status} from {base_url} ({hint}): {said}")
    return ModelFailure(FailureKind.REJECTED, detail)


def _said(error: openai.APIError) -> str:
    """The server's own words, with its code and type; of other bodies than OpenAI's the beginning."""
    body = error.body
    if not isinstance(body, dict):
        return str(body or error.message)
    inner = body.get("error", body)
    if not isinstance(inner, dict):
        return str(inner)
    return " ".join(str(inner[key]) for key in ("code", "type", "message") if inner.get(key) is not None)


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds. The other form, a date, is not used by any server of models that we know."""
    value = error.response.headers.get("retry-after", "")
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else None
