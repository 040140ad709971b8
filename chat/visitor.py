"""Who looks at the page, from the header that the server sets for Gradio's handlers.

Knows the header's form, "ROLE KEY"; not how somebody signed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = "x-tro-ly-person"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`key` is that of the records, "user:NAME" or "browser:ID"; "" for nobody the server knows."""

    key: str = ""
    is_admin: bool = False

    @property
    def name(self) -> str | None:
        """The name of somebody who signed in."""
        way, _, name = self.key.partition(":")
        return name if way == "user" else None


NOBODY = Visitor()


def visitor_of(headers: Mapping[str, str]) -> Visitor:
    """The visitor whom the headers name."""
    role, _, key = headers.get(_HEADER, "").partition(" ")
    return Visitor(key, role == "admin")
