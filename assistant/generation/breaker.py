"""A circuit breaker: a server that has failed several times in a row is left alone for a while.

After the rest one request is let through; by what comes of it the breaker closes or rests again. Knows
failures, not servers.
"""

import threading
from collections.abc import Callable

from assistant.generation.failures import FailureKind, ModelFailure

_FAILURES = 3  # in a row
_REST_S = 30.0
_LONGEST_REST_S = 60.0
# The server is down or overloaded; other failures are of one request.
_COUNTED = frozenset({FailureKind.UNREACHABLE, FailureKind.SLOW, FailureKind.SERVER, FailureKind.CUT})


class Breaker:
    """Safe to share between threads. `clock`: seconds, monotonic."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until: float | None = None
        self._trying = False

    def enter(self) -> None:
        """Before a request. Raises ModelFailure (RESTING) while the server is left alone."""
        with self._lock:
            if self._rests_until is None:
                return
            if self._trying or self._clock() < self._rests_until:
                raise ModelFailure(FailureKind.RESTING)
            self._trying = True

    def succeeded(self) -> None:
        """The server answered, whatever it said."""
        with self._lock:
            self._failures, self._rests_until, self._trying = 0, None, False

    def failed(self, failure: ModelFailure) -> None:
        """A request failed."""
        if failure.kind not in _COUNTED and failure.retry_after is None:
            self.succeeded()
            return
        with self._lock:
            self._failures += 1
            if failure.retry_after is not None:
                self._rest(min(failure.retry_after, _LONGEST_REST_S))
            elif self._failures >= _FAILURES or self._trying:
                self._rest(_REST_S)
            self._trying = False

    def left(self) -> None:
        """A request ended without telling anything of the server: its reader went away."""
        with self._lock:
            self._trying = False

    def _rest(self, seconds: float) -> None:
        self._rests_until = self._clock() + seconds
