"""Signing in and out: plain forms that work without JavaScript.

What went wrong is never said more exactly than "name or password". Does not know how cookies are signed.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Annotated, Any

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from server.access.identify import Identification
from server.access.middleware import NOBODY
from server.access.passwords import MAX_LENGTH, matches
from server.access.person import Person, person_of
from server.access.sessions import COOKIE
from server.error_pages import PageRoute
from server.pages import render

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
_FREE_FAILURES = 3
_LONGEST_WAIT = 300.0  # seconds
_FORGOTTEN_AFTER = 3600.0
_MANY = 10_000
_HASHES_AT_ONCE = 2  # each takes 64 MiB and a core


class Failures:
    """How long to wait after failures: not at all, then twice as long each time. `clock`: seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def waits(self, key: str) -> float:
        """Seconds until the next attempt is looked at."""
        count, last = self._failed.get(key, (0, 0.0))
        if count < _FREE_FAILURES:
            return 0.0
        wait = min(_LONGEST_WAIT, 2.0 ** (count - _FREE_FAILURES + 1))
        return max(0.0, last + wait - self._clock())

    def add(self, key: str) -> None:
        """Another one."""
        count, last = self._failed.pop(key, (0, 0.0))
        if self._clock() - last > _FORGOTTEN_AFTER:
            count = 0
        self._failed[key] = (count + 1, self._clock())
        if len(self._failed) > _MANY:
            self._failed.popitem(last=False)

    def forget(self, key: str) -> None:
        """After a success."""
        self._failed.pop(key, None)


class Door:
    """What signing in needs; in `app.state.door`."""

    def __init__(self, identification: Identification) -> None:
        self.identification = identification
        self.failures = Failures()
        self.hashing = CapacityLimiter(_HASHES_AT_ONCE)


@router.get("/login")
def login_page(request: Request, person: Annotated[Person, Depends(person_of)], next: str = "/") -> Response:
    """The form; whoever has signed in already goes on."""
    if person != NOBODY:
        return RedirectResponse(_address(request, next), 303)
    return _form(request, next)


@router.post("/login")
async def sign_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """A session cookie for the right password."""
    door: Door = request.app.state.door
    users, sessions = door.identification.users, door.identification.sessions
    if users is None or sessions is None:
        return _form(request, next, 403)
    # By name at this address: nobody elsewhere can lock a person out.
    key = f"{request.state.address} {name[:64].lower()}"
    wait = door.failures.waits(key)
    if wait:
        seconds = int(wait) + 1
        said = f"Đã sai nhiều lần. Xin chờ {seconds} giây rồi thử lại."
        page = _form(request, next, 429, error=said, name=name)
        page.headers["Retry-After"] = str(seconds)
        return page
    entry = users.entries().get(name)
    right = len(password) <= MAX_LENGTH and await anyio.to_thread.run_sync(
        matches, password, entry.secret if entry else None, limiter=door.hashing
    )
    if entry is None or not right:
        door.failures.add(key)
        return _form(request, next, 401, error=_WRONG, name=name)
    door.failures.forget(key)
    response = RedirectResponse(_address(request, next), 303)
    response.set_cookie(COOKIE, sessions.value(entry), max_age=sessions.seconds, **_where(request))
    return response


@router.get("/logout")
@router.post("/logout")
def sign_out(request: Request) -> Response:
    """Forgets the session; not at the wish of a page of elsewhere."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return RedirectResponse(_address(request, "/"), 303)
    response = RedirectResponse(_address(request, "/login"), 303)
    response.delete_cookie(COOKIE, **_where(request))
    return response


def own_path(path: str) -> str:
    """A path of ours to go on to; "/" for anything else, so no link leads elsewhere by way of the form."""
    return path if _OWN.fullmatch(path) and not path.startswith(("/login", "/logout")) else "/"


def _address(request: Request, path: str) -> str:
    root = request.scope.get("root_path", "").rstrip("/")
    return f"{root}/login" if path == "/login" else root + own_path(path)


def _where(request: Request) -> dict[str, Any]:
    return {
        "path": request.scope.get("root_path") or "/",
        "secure": request.url.scheme == "https",
        "httponly": True,
        "samesite": "lax",
    }


def _form(request: Request, next: str, status: int = 200, error: str = "", name: str = "") -> Response:
    door: Door = request.app.state.door
    offered = door.identification.users is not None
    return render(
        request, "login.html.j2", status, next=own_path(next), error=error, name=name[:64], offered=offered
    )
