"""A language model's server as it behaves: well, slowly, wrongly, or not at all."""

import asyncio
import socket
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.model import LanguageModel, ModelSettings, Written
from tests.assistant.generation.scripted_server import KEY, Gate, Reply, Script, error, say, scripted

ASKED = [HumanMessage("Xử lý rác thải phải làm gì?")]


def written(model: LanguageModel, **limits: float) -> tuple[Written, list[str]]:
    pieces: list[str] = []
    return model.write(ASKED, pieces.append, most_tokens=100, **limits), pieces


def failure(script: Script, **changes: Any) -> ModelFailure:
    with scripted(script) as server, pytest.raises(ModelFailure) as caught:
        written(server.model(**changes))
    return caught.value


def test_pieces_are_passed_on_as_they_come() -> None:
    gate = Gate()
    pieces: list[str] = []

    def take(piece: str) -> None:
        pieces.append(piece)
        if len(pieces) == 1:
            gate.wait_until_reached()  # the rest is not sent yet, and here is the first piece
            gate.open()

    with scripted(say("Đẩy mạnh ", gate, "thu gom.")) as server:
        done = server.model().write(ASKED, take, most_tokens=100)
    assert pieces == ["Đẩy mạnh ", "thu gom."]
    assert done == Written("Đẩy mạnh thu gom.", True, None)


def test_the_request_says_what_any_server_understands() -> None:
    with scripted(lambda _: Reply(["a"], prompt_tokens=17)) as server:
        done, _ = written(server.model(api_key=KEY))
        (body,) = server.requests
    assert done.prompt_tokens == 17
    assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == (
        "kich-ban",
        100,
        0,
        True,
    )
    assert "max_completion_tokens" not in body
    assert server.paths == ["/v1/chat/completions"]
    assert server.keys == [f"Bearer {KEY.get_secret_value()}"]


def test_a_reply_at_its_greatest_length_is_not_complete() -> None:
    with scripted(lambda _: Reply(["Đẩy mạnh"], finish="length")) as server:
        done, _ = written(server.model())
    assert not done.complete


def test_thoughts_are_no_answer() -> None:
    pieces = ["<thi", "nk>Người dùng hỏi", " về rác. </th", "ink>\n\nĐẩy mạnh", " thu gom."]
    with scripted(say(*pieces)) as server:
        done, passed = written(server.model())
    assert done.text == "Đẩy mạnh thu gom."
    assert passed == ["Đẩy mạnh", " thu gom."]


ELSEWHERE = {"location": "http://127.0.0.1:9/v1/chat/completions"}
TOO_LONG = [
    (
        400,
        "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens.",
    ),
    (400, "the request exceeds the available context size. try increasing the context size"),
    (500, "the input length exceeds the context length"),
    (413, "Payload Too Large"),
]


@pytest.mark.parametrize(("status", "message"), TOO_LONG)
def test_a_prompt_beyond_the_window_is_told_apart(status: int, message: str) -> None:
    assert failure(error(status, message)).kind is FailureKind.TOO_LONG


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # of a chunk that is none
@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (error(500, "boom"), FailureKind.SERVER),
        (error(503, "loading model"), FailureKind.SERVER),
        (error(401, "bad key"), FailureKind.REJECTED),
        (error(404, "model 'x' not found"), FailureKind.REJECTED),
        (error(429, "slow down"), FailureKind.BUSY),
        (
            lambda _: Reply(status=307, raw=b"", headers={"location": "http://127.0.0.1:9/v1"}),
            FailureKind.REJECTED,
        ),
        (
            lambda _: Reply(raw="<html>Đăng nhập</html>".encode(), content_type="text/html"),
            FailureKind.GARBAGE,
        ),
        (lambda _: Reply(raw=b"data: {not json}\n\n"), FailureKind.GARBAGE),
        (lambda _: Reply(raw=b'data: {"choices": 7}\n\n'), FailureKind.GARBAGE),
        (lambda _: Reply(raw=b"data: [DONE]\n\n"), FailureKind.EMPTY),
        (lambda _: Reply(["", "  "]), FailureKind.EMPTY),
        (lambda _: Reply(["<think>mãi không xong"], finish="stop"), FailureKind.EMPTY),
        (lambda _: Reply(["Đẩy mạnh "], finish=None), FailureKind.CUT),
        (lambda _: Reply(["Đẩy mạnh "], cut=True), FailureKind.CUT),
        (lambda _: Reply(["Đẩy mạnh thu gom rác thải sinh hoạt.\n"] * 50), FailureKind.REPEATING),
        (lambda _: Reply(["và "] * 5000), FailureKind.REPEATING),
        (
            lambda _: Reply([{"error": {"message": "context size exceeded"}}]),
            FailureKind.TOO_LONG,
        ),
    ],
)
def test_whatever_goes_wrong_has_a_name(script: Script, kind: FailureKind) -> None:
    assert failure(script).kind is kind


def test_a_server_that_is_down_is_unreachable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    model = LanguageModel(ModelSettings(f"http://127.0.0.1:{port}/v1", "x"))
    with pytest.raises(ModelFailure) as caught:
        written(model)
    assert caught.value.kind is FailureKind.UNREACHABLE


def test_a_first_token_that_does_not_come_is_not_waited_for() -> None:
    assert failure(say(Gate()), first_token_s=0.2).kind is FailureKind.SLOW


def test_signs_of_life_are_no_first_token() -> None:
    gate = Gate()
    script = say("", gate, "Đẩy mạnh")
    assert failure(script, first_token_s=0.3).kind is FailureKind.SLOW


def test_a_reply_that_does_not_end_is_given_up() -> None:
    assert failure(say("Đẩy mạnh ", Gate()), timeout_s=0.5).kind is FailureKind.SLOW


def test_no_more_requests_than_allowed_are_under_way() -> None:
    gate = Gate()
    with scripted(say("Đẩy mạnh", gate)) as server:
        model = server.model(at_once=1)

        def second(_: str) -> None:
            with pytest.raises(ModelFailure) as caught:
                written(model)
            assert caught.value.kind is FailureKind.BUSY
            gate.open()

        model.write(ASKED, second, most_tokens=10)
        assert len(server.requests) == 1


def test_what_the_taker_raises_goes_through_and_ends_the_request() -> None:
    class StopError(Exception):
        pass

    def take(_: str) -> None:
        raise StopError

    with scripted(say("Đẩy mạnh", Gate())) as server:
        model = server.model()
        with pytest.raises(StopError):
            model.write(ASKED, take, most_tokens=10)


def test_it_can_be_asked_where_an_event_loop_runs() -> None:
    async def inside(model: LanguageModel) -> Written:
        return written(model)[0]

    with scripted(say("Đẩy mạnh.")) as server:
        assert asyncio.run(inside(server.model())).text == "Đẩy mạnh."


def test_the_key_is_in_no_words_of_a_failure() -> None:
    told = failure(error(401, "bad key"), api_key=KEY)
    assert KEY.get_secret_value() not in f"{told} {told.detail} {ModelSettings('http://a', 'b', KEY)}"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_server_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    replies = [error(500, "boom")] * 4 + [say("Đẩy mạnh.")]
    clock = Clock()

    def next_reply(body: dict[str, Any]) -> Reply:
        return replies.pop(0)(body)

    with scripted(next_reply) as server:
        model = LanguageModel(server.settings(), clock)

        def outcome() -> FailureKind | None:
            try:
                written(model)
            except ModelFailure as failed:
                return failed.kind
            return None

        assert [outcome() for _ in range(5)] == [FailureKind.SERVER] * 3 + [FailureKind.RESTING] * 2
        clock.now = 31
        assert outcome() is FailureKind.SERVER  # one trial, and it rests again
        assert outcome() is FailureKind.RESTING
        clock.now = 62
        assert outcome() is None
        assert len(server.requests) == 5


def test_a_server_that_asks_for_time_gets_it() -> None:
    clock = Clock()
    with scripted(error(429, "slow down", retry_after="7")) as server:
        model = LanguageModel(server.settings(), clock)
        kinds = []
        for now in (0.0, 6.0, 8.0):
            clock.now = now
            with pytest.raises(ModelFailure) as caught:
                written(model)
            kinds.append(caught.value.kind)
    assert kinds == [FailureKind.BUSY, FailureKind.RESTING, FailureKind.BUSY]
