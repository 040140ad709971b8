"""The client against a server that does exactly what a script says, down to the worst."""

import asyncio
import socket
import threading
from collections.abc import Callable

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import SecretStr

from assistant.generation import FailureKind, LanguageModel, ModelFailure, ModelSettings, Written
from tests.assistant.generation.scripted_server import (
    BLANK,
    CUT,
    HEARTBEAT,
    ROLE,
    UNTIL_HUNG_UP,
    Gate,
    Raw,
    Reply,
    Script,
    ScriptedServer,
    Thought,
    error,
    scripted,
    words,
)

ASKED: list[BaseMessage] = [SystemMessage("Chỉ trả lời theo các đoạn."), HumanMessage("Xử lý rác thế nào?")]
ANSWER = "Khởi công Nhà máy xử lý rác và phát điện Bắc Giang [1]."
SHORT_S = 0.2


def model_of(server: ScriptedServer, **settings: object) -> LanguageModel:
    return LanguageModel(ModelSettings(server.base_url, "qwen3:8b", **settings))  # type: ignore[arg-type]


def written(
    model: LanguageModel, take: Callable[[str], None] = lambda _: None, most_tokens: int = 64
) -> Written:
    return model.write(ASKED, take, most_tokens=most_tokens)


def failure(script: Script, **settings: object) -> ModelFailure:
    with scripted(script) as server, pytest.raises(ModelFailure) as caught:
        written(model_of(server, **settings))
    return caught.value


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


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (error(500, "out of memory"), FailureKind.SERVER),
        (error(503, "Loading model", type="unavailable_error"), FailureKind.SERVER),
        (error(429, "Rate limit reached"), FailureKind.BUSY),
        (error(400, "unknown parameter"), FailureKind.REJECTED),
        (error(401, "no"), FailureKind.REJECTED),
        (error(403, "no"), FailureKind.REJECTED),
        (error(404, "model 'qwen3:8b' not found"), FailureKind.REJECTED),
        (Reply(status=502, body=b"<html>Bad Gateway</html>"), FailureKind.SERVER),
        (Reply(body=b"<html>Sign in</html>", headers={"Content-Type": "text/html"}), FailureKind.GARBAGE),
        (Reply(body=b""), FailureKind.GARBAGE),
        (Reply(["Một", Raw(b"data: {not json\n\n")]), FailureKind.GARBAGE),
        (Reply(["Một", Raw(b"data: \xff\xfe\n\n")]), FailureKind.GARBAGE),
        (Reply(["Một", Raw(b"data: 7\n\n")]), FailureKind.GARBAGE),
        (Reply([Raw(b'data: {"choices": [{"delta": {"content": 7}}]}\n\n')]), FailureKind.GARBAGE),
        (Reply(["Một", Raw(b'data: {"error": {"message": "CUDA error"}}\n\n')]), FailureKind.SERVER),
        (Reply(["Một", " hai", CUT]), FailureKind.CUT),
        (Reply([CUT]), FailureKind.UNREACHABLE),
        (Reply(["Một", " hai"], finish=None), FailureKind.CUT),
        (Reply(["Một", " hai"], finish=None, done=False), FailureKind.CUT),
        (Reply([ROLE, BLANK]), FailureKind.EMPTY),
        (Reply([" \n", "\n"]), FailureKind.EMPTY),
        (Reply([Thought("Hmm, "), Thought("rác.")], finish="length"), FailureKind.EMPTY),
        (Reply(["<think>Hmm, ", "rác"], finish="length"), FailureKind.EMPTY),
    ],
    ids=lambda value: value.value if isinstance(value, FailureKind) else None,
)
def test_each_way_to_fail_has_its_kind(script: Script, kind: FailureKind) -> None:
    found = failure(script)
    assert found.kind is kind
    assert found.detail and "\n" not in found.detail


@pytest.mark.parametrize(
    "refusal",
    [
        error(
            400, "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it"
        ),
        error(500, "Context size has been exceeded.", type="server_error"),  # llama.cpp, in mid-reply
        error(400, "This model's maximum context length is 4096 tokens. However, you requested 4203 tokens"),
        error(400, "max_tokens must be at least 1, got -186.", type="BadRequestError"),
        error(400, "The decoder prompt (length 9001) is longer than the maximum model length of 4096."),
        error(400, "the input length exceeds the context length"),  # Ollama
        error(422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096"),
        error(400, "Your input is too long.", code="context_length_exceeded"),  # OpenAI
        error(413, "Payload Too Large"),
        Reply(["Một", Raw(b'data: {"error": {"code": 500, "message": "context size exceeded"}}\n\n')]),
    ],
)
def test_a_prompt_that_is_too_long_is_told_from_other_refusals(refusal: Reply) -> None:
    assert failure(refusal).kind is FailureKind.TOO_LONG


def test_a_forgotten_v1_is_hinted_at_in_the_log() -> None:
    with scripted(ANSWER) as server, pytest.raises(ModelFailure) as caught:
        written(LanguageModel(ModelSettings(server.root, "m")))
    assert caught.value.kind is FailureKind.REJECTED
    assert "ASSISTANT_LLM_BASE_URL to end in /v1" in caught.value.detail


def test_a_question_that_a_server_repeats_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    failure(lambda body: error(400, f"cannot parse {body['messages'][1]['content']!r}"))
    assert "cannot parse" in caplog.text
    assert "Xử lý rác" not in caplog.text


def test_nobody_listening_is_unreachable() -> None:
    with scripted(ANSWER) as server:
        model = model_of(server)
    with pytest.raises(ModelFailure) as caught:
        written(model)
    assert caught.value.kind is FailureKind.UNREACHABLE


def test_redirects_are_not_followed() -> None:
    with scripted(ANSWER) as elsewhere:
        moved = Reply(status=307, headers={"Location": f"{elsewhere.base_url}/chat/completions"}, body=b"")
        found = failure(moved)
    assert found.kind is FailureKind.REJECTED
    assert elsewhere.base_url in found.detail
    assert elsewhere.requests == []


@pytest.mark.parametrize("waiting", [[], [ROLE], [HEARTBEAT, HEARTBEAT], [BLANK, " "]])
def test_a_server_that_says_nothing_in_time_is_slow(waiting: list[object]) -> None:
    with scripted(Reply([*waiting, UNTIL_HUNG_UP])) as server:  # type: ignore[list-item]
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server, first_token_s=SHORT_S))
        assert caught.value.kind is FailureKind.SLOW
        assert server.hung_up.wait(5)


def test_a_server_that_falls_silent_in_the_middle_is_slow() -> None:
    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server:
        with pytest.raises(ModelFailure, match=r"silent for 0\.2 s"):
            written(model_of(server, first_token_s=SHORT_S))
        assert server.hung_up.wait(5)


def test_a_model_that_never_ends_is_cut_off_in_time() -> None:
    with scripted(endless()) as server:
        with pytest.raises(ModelFailure, match=r"not finished after 0\.2 s"):
            model_of(server).write(ASKED, lambda _: None, most_tokens=100_000, limit_s=SHORT_S)
        assert server.hung_up.wait(5)


def test_the_time_runs_also_while_a_piece_is_worked_on() -> None:
    """The server's connection is closed in time, whatever the caller does meanwhile."""
    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server, pytest.raises(ModelFailure) as caught:
        written(model_of(server, timeout_s=SHORT_S), lambda _: server.hung_up.wait(5))
    assert caught.value.kind is FailureKind.SLOW
    assert server.hung_up.is_set()


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


def test_thoughts_whose_beginning_was_in_the_prompt_are_noticed() -> None:
    found = failure(Reply(["Hmm, rác thì", " khởi công.</th", "ink>", "Khởi công [1]."]))
    assert found.kind is FailureKind.GARBAGE
    assert "--reasoning-parser" in found.detail


@pytest.mark.parametrize("text", ["<", "<thin air", "< 5 %", "<thí dụ> a"])
def test_text_that_only_begins_like_a_thought_is_text(text: str) -> None:
    with scripted(Reply(list(text))) as server:
        assert written(model_of(server)).text == text


def test_a_text_that_goes_round_in_circles_is_stopped() -> None:
    seen: list[str] = []
    with scripted(endless("Đẩy mạnh cải cách hành chính trên địa bàn tỉnh [1].")) as server:
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server), seen.append, most_tokens=100_000)
        assert server.hung_up.wait(5)
    assert caught.value.kind is FailureKind.REPEATING
    assert len("".join(seen)) < 400


def test_a_server_that_sends_megabytes_is_cut_off() -> None:
    with scripted(endless()) as server:
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server), most_tokens=8)
        assert server.hung_up.wait(5)
    assert caught.value.kind is FailureKind.GARBAGE
    assert "bytes" in caught.value.detail


def test_megabytes_without_an_end_of_line_are_cut_off() -> None:
    assert failure(Reply([Raw(b"data: "), *[Raw(b"x" * 65536)] * 40])).kind is FailureKind.GARBAGE


def test_a_compressed_reply_is_not_unpacked() -> None:
    assert failure(Reply(["a"], headers={"Content-Encoding": "gzip"})).kind is FailureKind.GARBAGE


def test_what_comes_after_the_end_does_not_matter() -> None:
    with scripted(Reply([*words(ANSWER), Raw(END), CUT])) as server:
        assert written(model_of(server)) == Written(ANSWER, complete=True, prompt_tokens=None)


def test_a_connection_left_open_after_the_end_is_not_waited_for() -> None:
    with scripted(Reply([*words(ANSWER), Raw(END), UNTIL_HUNG_UP])) as server:
        assert written(model_of(server)).text == ANSWER
        assert server.hung_up.wait(5)


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


class Stopped(Exception):  # noqa: N818
    """Of a reader that has had enough."""


def test_a_reader_that_has_had_enough_ends_the_request() -> None:
    def take(piece: str) -> None:
        raise Stopped(piece)

    with scripted(Reply(["Một", UNTIL_HUNG_UP])) as server:
        model = model_of(server, at_once=1)
        with pytest.raises(Stopped, match="Một"):
            written(model, take)
        assert server.hung_up.wait(5)
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


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_dead_server_is_left_alone_and_tried_again_later() -> None:
    clock = Clock()
    with scripted(error(500, "no")) as server:
        model = LanguageModel(ModelSettings(server.base_url, "m"), clock)

        def kind() -> FailureKind:
            with pytest.raises(ModelFailure) as caught:
                written(model)
            return caught.value.kind

        assert [kind() for _ in range(5)] == ["server"] * 3 + ["resting"] * 2
        assert len(server.requests) == 3
        clock.now += 31
        assert [kind(), kind()] == ["server", "resting"]
        clock.now += 31
        server.script = ANSWER
        assert [written(model).text for _ in range(3)] == [ANSWER] * 3


def test_a_server_that_asks_for_patience_is_given_it_up_to_a_minute() -> None:
    clock = Clock()
    with scripted(error(429, "slow down", retry_after=3600)) as server:
        model = LanguageModel(ModelSettings(server.base_url, "m"), clock)
        for expected in (FailureKind.BUSY, FailureKind.RESTING):
            with pytest.raises(ModelFailure) as caught:
                written(model)
            assert caught.value.kind is expected
        server.script = ANSWER
        clock.now += 61
        assert written(model).text == ANSWER


def test_a_task_that_was_given_little_time_says_nothing_of_the_server() -> None:
    with scripted(Reply([UNTIL_HUNG_UP])) as server:
        model = model_of(server)
        for _ in range(4):
            with pytest.raises(ModelFailure) as caught:
                model.complete(ASKED, most_tokens=8, limit_s=0.05)
            assert caught.value.kind is FailureKind.SLOW
        server.script = ANSWER
        assert written(model).text == ANSWER


def working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "language-model"]


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


END = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


def endless(sentence: str | None = None) -> Reply:
    """A reply without an end, of the same sentence or of ever new words."""

    class Pieces(list[str]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            return (f" {sentence or hash(str(number))}" for number in range(10_000_000))

    return Reply(Pieces())
