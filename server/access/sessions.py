"""Signed session cookies: who signed in, and with which password, so that changing it ends the sessions.

The secret of the signature lies in a file of its own beside the records, readable by its owner only. Does not
know roles: they are looked up for every request.
"""

import hashlib
import secrets
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from server.access.entries import AccessFileError, Entry, replace_private

COOKIE = "tro_ly_phien"
_SECRET_BYTES = 32


class Sessions:
    """Cookie values, valid for `hours`."""

    def __init__(self, secret: str, hours: float) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="session")
        self.seconds = int(hours * 3600)

    def value(self, entry: Entry) -> str:
        """The cookie of somebody who has just signed in."""
        return str(self._serializer.dumps([entry.name, _fingerprint(entry)]))

    def name(self, value: str) -> str | None:
        """Whose cookie it is, when it is ours and not too old; `belongs` decides whether it still holds."""
        loaded = self._loaded(value)
        return loaded[0] if loaded else None

    def belongs(self, value: str, entry: Entry) -> bool:
        """Whether a cookie was given to this person with this password."""
        loaded = self._loaded(value)
        return loaded is not None and loaded == (entry.name, _fingerprint(entry))

    def _loaded(self, value: str) -> tuple[str, str] | None:
        try:
            name, fingerprint = self._serializer.loads(value, max_age=self.seconds)
        except (BadData, ValueError, TypeError):  # forged, too old, or of another make
            return None
        return str(name), str(fingerprint)


def secret_in(path: Path) -> str:
    """The secret kept in a file, made when there is none. Raises AccessFileError."""
    try:
        kept = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        kept = ""
    except (OSError, UnicodeDecodeError) as error:
        raise AccessFileError(
            f"{path}: không đọc được ({error}). Xoá tệp này, mọi người đăng nhập lại"
        ) from error
    if len(kept) < _SECRET_BYTES:
        kept = secrets.token_hex(_SECRET_BYTES)
        replace_private(path, kept + "\n")
    return kept


def _fingerprint(entry: Entry) -> str:
    return hashlib.sha256(entry.secret.encode()).hexdigest()[:16]
