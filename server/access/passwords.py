"""Passwords: hashed with argon2id, verified also against bcrypt hashes that somebody brings along.

Does not know whose they are.
"""

from functools import cache

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 1000  # more is work for nothing
_BCRYPT_BYTES = 72  # bcrypt looks at no more; its library refuses more
_hasher = PasswordHasher()  # argon2id, 64 MiB, 3 passes: RFC 9106, second choice; 60 ms on one core


def hashed(password: str) -> str:
    """The argon2id hash of a password, salted."""
    return _hasher.hash(password)


def matches(password: str, secret: str | None) -> bool:
    """Whether a password belongs to a hash; None takes as long as an argon2 hash and is False."""
    if secret is not None and secret.startswith(("$2a$", "$2b$", "$2y$")):
        try:
            return bcrypt.checkpw(password.encode()[:_BCRYPT_BYTES], secret.encode())
        except ValueError:  # damaged
            return False
    try:
        _hasher.verify(secret if secret is not None else _of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return secret is not None


@cache
def _of_nobody() -> str:
    return _hasher.hash("")
