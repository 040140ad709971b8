"""Addresses below /api and /v1 that do not exist, and methods that an address does not take.

Without these routes the chat, mounted at the root, would answer them in another shape. Include them last.
"""

from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response
from starlette._utils import get_route_path
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from server.api.errors import Problem


def routes_beside(known: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Routes for what none of the `known` ones takes; for the application itself, not for a router in it."""
    return [_Below("/api", known), _Below("/v1", known)]


class _Below(Route):
    """Everything below a prefix: any method, any characters. A pattern would stop at a line end ("%0A")."""

    def __init__(self, prefix: str, known: Sequence[BaseRoute]) -> None:
        super().__init__(f"{prefix}/{{rest:path}}", _Told(prefix, known), include_in_schema=False)
        self._prefix = prefix

    def matches(self, scope: Scope) -> tuple[Match, dict[str, Any]]:
        """Whether the address is below the prefix."""
        if scope["type"] != "http" or not get_route_path(scope).startswith(f"{self._prefix}/"):
            return Match.NONE, {}
        return Match.FULL, {"endpoint": self.endpoint, "path_params": {}}


class _Told:
    """Says that there is nothing here, in the shape of this part of the API."""

    def __init__(self, prefix: str, known: Sequence[BaseRoute]) -> None:
        self._prefix, self._known = prefix, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = _problem(Request(scope, receive), self._known)
        response: Response = problem.openai_response() if self._prefix == "/v1" else problem.response()
        await response(scope, receive, send)


def _problem(request: Request, known: Sequence[BaseRoute]) -> Problem:
    allowed: set[str] = set()  # methods that a known route takes at this address
    for route in known:
        match, _ = route.matches(request.scope)
        if match is Match.PARTIAL:
            allowed |= set(getattr(route, "methods", None) or ())
    if allowed:
        return Problem.of_status(405, headers={"Allow": ", ".join(sorted(allowed))})
    return Problem.of_status(404)
