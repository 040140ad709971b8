"""Finds out who is asking: an API key, a trusted proxy's header, a session cookie, or nobody in particular.

Does not know what the person may do, and answers no request itself.
"""

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

from server.access.entries import EntriesFile
from server.access.keys import entry_of
from server.access.person import ADMIN, READER, Person
from server.access.sessions import COOKIE, Sessions
from server.arrival import is_this_machine
from server.settings import ServerSettings

BROWSER = "tro_ly_trinh_duyet"
_MAX_PROXY_NAME = 128


@dataclass(frozen=True, slots=True)
class Found:
    """`person` None: nobody who may come in. `browser`: the id to give to a browser that has none yet.

    `by_key`: whether an API key was shown, which no page of elsewhere can make a browser do.
    """

    person: Person | None
    browser: str | None = None
    by_key: bool = False


class Identification:
    """The ways in that the settings allow."""

    def __init__(self, settings: ServerSettings, sessions: Sessions | None) -> None:
        self._settings = settings
        self.sessions = sessions
        self.users = EntriesFile(settings.users_file) if settings.users_file else None
        self.keys = EntriesFile(settings.keys_file) if settings.keys_file else None

    def of(self, scope: Scope) -> Found:
        """Who sends this request. Raises AccessFileError."""
        headers = Headers(scope=scope)
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if self.keys is not None and scheme.lower() == "bearer":
            # A wrong key is refused, whatever else comes with it.
            entry = entry_of(key.strip(), self.keys.entries())
            return Found(Person(f"key:{entry.name}", entry.role), by_key=True) if entry else Found(None)
        if not self._settings.access_controlled:
            return self._anonymous(scope, headers)
        return Found(self._by_proxy(scope, headers) or self._by_session(headers))

    def _by_proxy(self, scope: Scope, headers: Headers) -> Person | None:
        if not self._settings.proxy_header or not scope["state"]["from_proxy"]:
            return None
        values = [value.strip() for value in headers.getlist(self._settings.proxy_header)]
        # Of two, one is not the proxy's.
        if len(values) != 1 or not 0 < len(values[0]) <= _MAX_PROXY_NAME:
            return None
        name = values[0].encode("latin-1").decode("utf-8", "replace")
        role = ADMIN if name in self._settings.proxy_admins else READER
        # Keys are ASCII: they travel in a header, too.
        return Person(f"user:{quote(name, safe='._@-')}", role)

    def _by_session(self, headers: Headers) -> Person | None:
        if self.users is None or self.sessions is None:
            return None
        value = cookie_of(headers, COOKIE)
        entry = self.users.entries().get(self.sessions.name(value) or "") if value else None
        if value is None or entry is None or not self.sessions.belongs(value, entry):
            return None
        return Person(f"user:{entry.name}", entry.role)

    def _anonymous(self, scope: Scope, headers: Headers) -> Found:
        here = is_this_machine(scope["state"]["address"])
        if not here and not self._settings.without_access_control:
            return Found(None)
        browser = cookie_of(headers, BROWSER)
        if browser is not None and not browser.replace("-", "").replace("_", "").isalnum():
            browser = None
        fresh = None if browser else secrets.token_urlsafe(16)
        # Who sits at this machine can change its files anyway.
        role = ADMIN if self._settings.on_this_machine_only and here else READER
        return Found(Person(f"browser:{browser or fresh}", role), fresh)


def cookie_of(headers: Headers, name: str) -> str | None:
    """A cookie's value; of a damaged cookie header, nothing."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None
