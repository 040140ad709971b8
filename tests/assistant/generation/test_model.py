"""What the client makes of the replies of a server that does exactly what a script says."""

import asyncio
import threading

import pytest
from pydantic import SecretStr

from assistant.generation import FailureKind, LanguageModel, ModelFailure, ModelSettings, Written
from tests.assistant.generation.asking import ANSWER, ASKED, Stopped, model_of, working, written
from tests.assistant.generation.scripted_server import (
    CUT,
    ROLE,
    UNTIL_HUNG_UP,
    Gate,
    Reply,
    Thought,
    error,
    scripted,
    words,
)


def test_text_comes_piece_by_piece_in_the_calling_thread() -> None:
    pieces: list[tuple[str, threading.Thread]] = []
    with scripted(Reply([ROLE, *words(ANSWER)], prompt_tokens=321)) as server:
        result = written(model_of(server), lambda piece: pieces.append((piece, threading.current_thread())))
    assert result == Written(ANSWER, complete=True, prompt_tokens=321)
    assert [piece for piece, _ in pieces] == words(ANSWER)
    assert {thread for _, thread in pieces} == {threading.current_thread()}


def test_a_piece_is_passed_on_before_the_next_is_sent() -> None:
    gate, seen = Gate(), []

    def take(piece: str) -> None:
        seen.append(piece)
        gate.set()  # only now the server goes on

    with scripted(Reply(["Một", gate, " hai"])) as server:
        assert written(model_of(server), take).text == "Một hai"
    assert seen == ["Một", " hai"]


def test_the_request_says_what_every_server_understands_and_nothing_of_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "of-somebody-else")
    with scripted(ANSWER) as server:
        written(model_of(server))
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.body["model"] == "qwen3:8b"
    assert request.body["temperature"] == 0
    assert request.body["max_tokens"] == 64
    assert [message["role"] for message in request.body["messages"]] == ["system", "user"]
    assert "Xử lý rác thế nào?" in request.prompt
    assert set(request.headers) == {
        *("host", "accept", "content-type", "content-length", "connection"),
        *("user-agent", "accept-encoding"),
    }


def test_the_key_is_sent_and_told_to_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    key = "sk-0123456789abcdef"
    with scripted(error(401, f"Incorrect API key provided: {key}")) as server:
        model = model_of(server, api_key=SecretStr(key))
        with pytest.raises(ModelFailure) as caught:
            written(model)
    assert server.requests[0].headers["authorization"] == f"Bearer {key}"
    assert caught.value.kind is FailureKind.REJECTED
    assert "Incorrect API key provided" in caplog.text
    for told in (
        caplog.text,
        str(caught.value),
        repr(caught.value),
        repr(ModelSettings("u", "m", SecretStr(key))),
    ):
        assert key not in told


def test_thoughts_beside_the_text_are_not_text() -> None:
    pieces: list[object] = [Thought("Hmm"), Thought(", rác", name="reasoning"), "Khởi công [1]."]
    with scripted(Reply(pieces)) as server:  # type: ignore[arg-type]
        seen: list[str] = []
        assert written(model_of(server), seen.append).text == "Khởi công [1]."
    assert seen == ["Khởi công [1]."]


@pytest.mark.parametrize(
    "pieces",
    [
        ["<think>Hmm, rác.</think>\n\nKhởi công [1]."],
        ["<th", "ink>", "Hmm, ", "rác.</", "think>", "\n\n", "Khởi ", "công [1]."],
        ["\n<think>", "\n\n</think>", "\n\nKhởi công [1]."],
        ["<THINKING>a</THINKING>", "<think>b</think>Khởi công [1]."],
    ],
)
def test_thoughts_written_into_the_text_are_taken_out(pieces: list[str]) -> None:
    seen: list[str] = []
    with scripted(Reply(pieces)) as server:
        assert written(model_of(server), seen.append).text == "Khởi công [1]."
    assert "".join(seen) == "Khởi công [1]."


@pytest.mark.parametrize("text", ["<", "<thin air", "< 5 %", "<thí dụ> a"])
def test_text_that_only_begins_like_a_thought_is_text(text: str) -> None:
    with scripted(Reply(list(text))) as server:
        assert written(model_of(server)).text == text


def test_a_reply_that_reached_its_most_tokens_is_not_complete() -> None:
    with scripted(Reply(["Khởi công Nhà máy"], finish="length")) as server:
        model = model_of(server)
        assert written(model) == Written("Khởi công Nhà máy", complete=False, prompt_tokens=None)
        with pytest.raises(ModelFailure) as caught:
            model.complete(ASKED, most_tokens=4, limit_s=5)
        assert caught.value.kind is FailureKind.CUT


def test_a_short_task_gets_its_text() -> None:
    with scripted("Xử lý rác thải thế nào?") as server:
        assert model_of(server).complete(ASKED, most_tokens=32, limit_s=5) == "Xử lý rác thải thế nào?"
    assert server.requests[0].body["max_tokens"] == 32


def test_a_reader_that_has_had_enough_ends_the_request() -> None:
    def take(piece: str) -> None:
        raise Stopped(piece)

    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server:
        model = model_of(server, at_once=1)
        with pytest.raises(Stopped, match="Một"):
            written(model, take)
        assert server.was_left()
        server.script = ANSWER
        assert written(model).text == ANSWER  # the only place is free again


def test_it_works_where_an_event_loop_is_running() -> None:
    async def asking(model: LanguageModel) -> str:
        return written(model).text

    with scripted(ANSWER) as server:
        assert asyncio.run(asking(model_of(server))) == ANSWER


def test_the_model_can_be_asked_from_within_its_own_reply() -> None:
    def reply(body: dict[str, object]) -> Reply:
        return Reply(words(ANSWER if body["max_tokens"] == 64 else "sửa"))

    repaired: list[str] = []
    with scripted(reply) as server:
        model = model_of(server)
        written(model, lambda _: repaired.append(model.complete(ASKED, most_tokens=9, limit_s=5)))
    assert set(repaired) == {"sửa"}


def test_one_more_than_allowed_at_once_does_not_wait() -> None:
    gate = Gate()
    with scripted(Reply([gate, *words(ANSWER)])) as server:
        model = model_of(server, at_once=1)
        results: list[str] = []
        first = threading.Thread(target=lambda: results.append(written(model).text))
        first.start()
        assert server.begun.wait(5)
        with pytest.raises(ModelFailure) as caught:
            written(model)
        assert caught.value.kind is FailureKind.BUSY
        gate.set()
        first.join()
        assert results == [ANSWER]
        assert len(server.requests) == 1
        assert written(model).text == ANSWER


def test_nothing_is_left_running() -> None:
    def take(_: str) -> None:
        raise Stopped

    with scripted(Reply([ROLE, *words(ANSWER)])) as server:
        model = model_of(server)
        written(model)
        with pytest.raises(Stopped):
            written(model, take)
        server.script = Reply(["Một", CUT])
        with pytest.raises(ModelFailure):
            written(model)
    assert working() == []
