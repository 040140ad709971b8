"""Addresses below /api and /v1 that do not exist, and methods that an address does not take.

Without these routes the chat, mounted at the root, would answer them in another shape. Include them last.
"""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from starlette.routing import BaseRoute, Match

from server.api.errors import Problem

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def router_beside(known: Sequence[BaseRoute]) -> APIRouter:
    """Routes for what none of the `known` ones takes."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/api/{rest:path}", methods=_METHODS)
    def unknown(request: Request) -> Response:
        """In the shape of /api."""
        return _problem(request, known).response()

    @router.api_route("/v1/{rest:path}", methods=_METHODS)
    def unknown_of_openai(request: Request) -> Response:
        """In OpenAI's shape."""
        return _problem(request, known).openai_response()

    return router


def _problem(request: Request, known: Sequence[BaseRoute]) -> Problem:
    allowed: set[str] = set()  # methods that a known route takes at this address
    for route in known:
        match, _ = route.matches(request.scope)
        if match is Match.PARTIAL:
            allowed |= set(getattr(route, "methods", None) or ())
    if allowed:
        return Problem.of_status(405, headers={"Allow": ", ".join(sorted(allowed))})
    return Problem.of_status(404)
