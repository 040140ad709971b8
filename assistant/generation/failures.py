"""How a language model can fail its user. Knows no library's errors; `assistant.generation.model` does."""

from enum import StrEnum


class FailureKind(StrEnum):
    """What went wrong, as far as it matters to the person who asked."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"  # no first token, or no end, in time
    BUSY = "busy"  # 429, or as many requests under way as are allowed
    SERVER = "server"  # 5xx
    REJECTED = "rejected"  # key, model name or address
    TOO_LONG = "too_long"  # for the model's window
    GARBAGE = "garbage"
    CUT = "cut"  # the stream broke off
    REPEATING = "repeating"
    EMPTY = "empty"
    WRONG_LANGUAGE = "wrong_language"
    RESTING = "resting"  # see assistant.generation.breaker


class ModelFailure(Exception):  # noqa: N818
    """The model gave nothing that can be used.

    `detail` is for the log, never for people. `retry_after`: seconds for which the server asked to be left
    alone; None where it did not.
    """

    def __init__(self, kind: FailureKind, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{kind.value}: {detail}" if detail else kind.value)
        self.kind, self.detail, self.retry_after = kind, detail, retry_after
