"""Who is asking, as the rest of the server sees it.

The access middleware puts a Person into `scope["state"]["person"]`, and into a request header that it first
takes away from whoever sent it: Gradio's handlers see headers only.
"""

from dataclasses import dataclass
from urllib.parse import unquote

from fastapi import HTTPException, Request

HEADER = "x-tro-ly-person"
READER, ADMIN = "reader", "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is "user:NAME", "key:NAME" or "browser:ID", ASCII; `role` is "reader" or "admin".

    A NAME that a proxy gives is percent-encoded where it is not ASCII.
    """

    key: str
    role: str = READER

    @property
    def is_admin(self) -> bool:
        """Whether documents may be changed and the records of all be read."""
        return self.role == ADMIN

    @property
    def name(self) -> str | None:
        """The name to show; None for somebody who did not sign in."""
        way, _, name = self.key.partition(":")
        return unquote(name) if way in ("user", "key") else None


def person_of(request: Request) -> Person:
    """FastAPI dependency: who is asking."""
    person: Person = request.state.person
    return person


def admin_of(request: Request) -> Person:
    """FastAPI dependency: an administrator; 403 for anybody else."""
    person = person_of(request)
    if not person.is_admin:
        raise HTTPException(403, "Việc này cần quyền quản trị")
    return person
