"""A model gets its time and no more; small limits stand for the real ones."""

import socket

import pytest

from assistant.generation import FailureKind, LanguageModel, ModelFailure, ModelSettings, Written
from tests.assistant.generation.asking import ANSWER, ASKED, END, SHORT_S, endless, model_of, working, written
from tests.assistant.generation.scripted_server import (
    BLANK,
    CUT,
    HEARTBEAT,
    ROLE,
    UNTIL_HUNG_UP,
    Gate,
    Piece,
    Raw,
    Reply,
    scripted,
    words,
)


@pytest.mark.parametrize("waiting", [[], [ROLE], [HEARTBEAT, HEARTBEAT], [BLANK, " "]])
def test_a_server_that_says_nothing_in_time_is_slow(waiting: list[object]) -> None:
    with scripted(Reply([*waiting, UNTIL_HUNG_UP])) as server:  # type: ignore[list-item]
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server, first_token_s=SHORT_S))
        assert caught.value.kind is FailureKind.SLOW
        assert server.was_left()


@pytest.mark.parametrize("sign", [HEARTBEAT, BLANK, " "])
def test_heartbeats_without_end_are_no_words(sign: Piece) -> None:
    with scripted(endless(sign)) as server:
        with pytest.raises(ModelFailure, match=r"no word in 0\.2 s"):
            written(model_of(server, first_token_s=SHORT_S, timeout_s=2), most_tokens=100_000)
        assert server.was_left()


def test_a_server_that_falls_silent_in_the_middle_is_slow() -> None:
    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server:
        with pytest.raises(ModelFailure, match="silent for 1 s"):
            written(model_of(server, first_token_s=1))
        assert server.was_left()


def test_a_model_that_never_ends_is_cut_off_in_time() -> None:
    with scripted(endless()) as server:
        with pytest.raises(ModelFailure, match=r"not finished after 0\.2 s"):
            model_of(server).write(ASKED, lambda _: None, most_tokens=100_000, limit_s=SHORT_S)
        assert server.was_left()


def test_the_time_runs_also_while_a_piece_is_worked_on() -> None:
    """The server's connection is closed in time, whatever the caller does meanwhile."""
    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server, pytest.raises(ModelFailure) as caught:
        written(model_of(server, timeout_s=1), lambda _: server.hung_up.wait(5))
    assert caught.value.kind is FailureKind.SLOW
    assert server.hung_up.is_set()


def test_what_comes_after_the_end_does_not_matter() -> None:
    with scripted(Reply([*words(ANSWER), Raw(END), CUT])) as server:
        assert written(model_of(server)) == Written(ANSWER, complete=True, prompt_tokens=None)


def test_a_connection_left_open_after_the_end_is_not_waited_for() -> None:
    with scripted(Reply([*words(ANSWER), Raw(END), UNTIL_HUNG_UP])) as server:
        assert written(model_of(server)).text == ANSWER
        assert server.was_left()


def test_a_task_that_was_given_little_time_says_nothing_of_the_server() -> None:
    with scripted(Reply([UNTIL_HUNG_UP])) as server:
        model = model_of(server)
        for _ in range(4):
            with pytest.raises(ModelFailure) as caught:
                model.complete(ASKED, most_tokens=8, limit_s=0.05)
            assert caught.value.kind is FailureKind.SLOW
        server.script = ANSWER
        assert written(model).text == ANSWER


def test_a_name_server_that_does_not_answer_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()

    def never(*_: object, **__: object) -> list[object]:
        gate.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    model = LanguageModel(ModelSettings("http://mo-hinh.example.vn/v1", "m", first_token_s=SHORT_S))
    with pytest.raises(ModelFailure) as caught:
        written(model)
    assert caught.value.kind in (FailureKind.SLOW, FailureKind.UNREACHABLE)
    gate.set()
    for thread in working():
        thread.join()
