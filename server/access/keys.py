"""API keys of programs: long and random, so a plain SHA-256 of each is enough to know it again."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from server.access.entries import Entry

_PREFIX = "tln_"  # so that a key is recognised where it should not be, e.g. in a file of code


def new_key() -> str:
    """256 random bits."""
    return _PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def entry_of(key: str, entries: Mapping[str, Entry]) -> Entry | None:
    """Whose key it is; as slow for a wrong one as for a right one."""
    wanted, found = digest(key), None
    for entry in entries.values():
        if hmac.compare_digest(entry.secret.encode(), wanted.encode()):
            found = entry
    return found
