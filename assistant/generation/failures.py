"""The ways in which a language model can fail an answer.

Knows nothing of HTTP: `assistant.generation.refused_requests` reads the errors of the client.
"""

from enum import StrEnum


class FailureKind(StrEnum):
    """What went wrong, as the log and the measures call it."""

    UNREACHABLE = "unreachable"  # nobody answers at the address
    SLOW = "slow"  # no word in time, or no end in time
    BUSY = "busy"  # 429, or as many requests as allowed are being served
    SERVER = "server"  # 5xx, or an error in the middle of the stream
    REJECTED = "rejected"  # 3xx and 4xx: the key, the name of the model, the address
    TOO_LONG = "too_long"  # the prompt does not fit the model's context
    GARBAGE = "garbage"  # not a stream of chat completions
    CUT = "cut"  # the stream ended before the model did
    REPEATING = "repeating"  # the same again and again
    EMPTY = "empty"  # no text
    WRONG_LANGUAGE = "wrong_language"  # judged by whoever reads the text
    RESTING = "resting"  # failed lately, so it is not asked now


DOWN = frozenset(
    {
        FailureKind.UNREACHABLE,
        FailureKind.SLOW,
        FailureKind.SERVER,
        FailureKind.GARBAGE,
        FailureKind.CUT,
    }
)
"""Kinds that say something of the server rather than of one question."""


class ModelFailure(Exception):  # noqa: N818 - it is no error of the program, and an answer follows
    """The model wrote nothing usable.

    `detail`: for the log; never holds the API key, never shown to people. `retry_after`: seconds that the
    server asked for, if it did.
    """

    def __init__(self, kind: FailureKind, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after
