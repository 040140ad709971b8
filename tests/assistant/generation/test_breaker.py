"""When a server that failed is asked again."""

import threading
from contextlib import suppress

import pytest

from assistant.generation.breaker import Breaker
from assistant.generation.failures import FailureKind, ModelFailure


class Clock:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def rests(breaker: Breaker) -> bool:
    try:
        trial = breaker.admit()
    except ModelFailure as failure:
        assert failure.kind is FailureKind.RESTING
        return True
    breaker.report(None, trial)
    return False


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.report(False, breaker.admit())


def test_three_failures_in_a_row_open_it(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert not rests(breaker)
    fail(breaker, 1)
    assert rests(breaker)


def test_a_success_in_between_starts_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, 2)
    breaker.report(True, breaker.admit())
    fail(breaker, 2)
    assert not rests(breaker)


def test_after_thirty_seconds_there_is_one_trial_at_a_time(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 29.9
    assert rests(breaker)
    clock.now += 0.2
    trial = breaker.admit()
    assert trial
    assert rests(breaker)
    breaker.report(True, trial)
    assert not rests(breaker)


def test_a_failed_trial_opens_it_again(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 31
    fail(breaker, 1)
    assert rests(breaker)
    clock.now += 31
    assert not rests(breaker)


def test_a_trial_that_was_broken_off_leaves_room_for_another(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 31
    breaker.report(None, breaker.admit())
    assert breaker.admit()


@pytest.mark.parametrize(("asked", "waited"), [(7, 7), (3600, 60)])
def test_a_server_may_ask_for_a_minute_at_most(
    breaker: Breaker, clock: Clock, asked: float, waited: float
) -> None:
    breaker.wait(asked)
    clock.now += waited - 0.1
    assert rests(breaker)
    clock.now += 0.2
    assert not rests(breaker)


def test_a_wait_of_nothing_is_none(breaker: Breaker) -> None:
    breaker.wait(0)
    breaker.wait(-5)
    assert not rests(breaker)


def test_of_many_threads_one_gets_the_trial(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 31
    together = threading.Barrier(8)
    trials: list[bool] = []

    def ask() -> None:
        together.wait()
        with suppress(ModelFailure):
            trials.append(breaker.admit())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trials == [True]
