"""A circuit breaker: a server that failed several times in a row is left alone for a while.

Does not know what a failure is: it is told.
"""

import threading
from collections.abc import Callable

from assistant.generation.failures import FailureKind, ModelFailure

_FAILURES = 3
_REST_S = 30.0
_LONGEST_REST_S = 60.0  # a server that asks for an hour is tried again before that


class Breaker:
    """Closed until `_FAILURES` in a row, then open for `_REST_S`, then one trial decides. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._asked_to_wait_until = 0.0
        self._on_trial = False

    def admit(self) -> bool:
        """Let a request go; whether it is the trial, for `report`. Raises ModelFailure (RESTING)."""
        with self._lock:
            left = max(self._rests_until, self._asked_to_wait_until) - self._clock()
            if left > 0:
                raise ModelFailure(FailureKind.RESTING, f"asked again in {left:.0f} s")
            if self._failures < _FAILURES:
                return False
            if self._on_trial:
                raise ModelFailure(FailureKind.RESTING, "another question is trying it")
            self._on_trial = True
            return True

    def report(self, alive: bool | None, trial: bool) -> None:
        """What came of an admitted request. None: it was broken off before the server showed anything."""
        with self._lock:
            if trial:
                self._on_trial = False
            if alive:
                self._failures, self._rests_until = 0, 0.0
            elif alive is not None:
                self._failures += 1
                if self._failures >= _FAILURES:
                    self._rests_until = self._clock() + _REST_S

    def wait(self, seconds: float) -> None:
        """The server asked not to be asked for so long."""
        with self._lock:
            until = self._clock() + min(max(seconds, 0.0), _LONGEST_REST_S)
            self._asked_to_wait_until = max(self._asked_to_wait_until, until)
