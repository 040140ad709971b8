"""Texts that can be sent and kept: JSON may bring lone surrogates, and names of files that are not UTF-8 have
them. No answer can be sent with one, and SQLite takes none.
"""

from typing import Any

from pydantic import BaseModel, model_validator


def sendable(value: Any) -> Any:
    """The same JSON value with U+FFFD where a text has no UTF-8 form."""
    if isinstance(value, str):
        return value if _is_utf8(value) else "".join(map(_or_replacement, value))
    if isinstance(value, dict):
        return {key: sendable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [sendable(item) for item in value]
    return value


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _or_replacement(character: str) -> str:
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


class Cleaned(BaseModel):
    """A body whose texts are sendable."""

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, data: Any) -> Any:
        return sendable(data)
