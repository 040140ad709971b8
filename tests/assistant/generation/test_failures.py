"""Each way in which a server can fail, and that it is told from the others."""

import pytest

from assistant.generation import FailureKind, LanguageModel, ModelFailure, ModelSettings
from tests.assistant.generation.asking import ANSWER, Clock, endless, failure, model_of, written
from tests.assistant.generation.scripted_server import (
    BLANK,
    CUT,
    ROLE,
    Raw,
    Reply,
    Script,
    Thought,
    error,
    scripted,
)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (error(500, "out of memory"), FailureKind.SERVER),
        (error(503, "Loading model", type="unavailable_error"), FailureKind.SERVER),
        (error(429, "Rate limit reached"), FailureKind.BUSY),
        (error(400, "unknown parameter"), FailureKind.REJECTED),
        (error(401, "no"), FailureKind.REJECTED),
        (error(408, "no"), FailureKind.SERVER),
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


def test_thoughts_whose_beginning_was_in_the_prompt_are_noticed() -> None:
    found = failure(Reply(["Hmm, rác thì", " khởi công.</th", "ink>", "Khởi công [1]."]))
    assert found.kind is FailureKind.GARBAGE
    assert "--reasoning-parser" in found.detail


def test_a_text_that_goes_round_in_circles_is_stopped() -> None:
    seen: list[str] = []
    with scripted(endless(" Đẩy mạnh cải cách hành chính trên địa bàn tỉnh [1].")) as server:
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server), seen.append, most_tokens=100_000)
        assert server.was_left()
    assert caught.value.kind is FailureKind.REPEATING
    assert len("".join(seen)) < 400


def test_a_server_that_sends_megabytes_is_cut_off() -> None:
    with scripted(endless()) as server:
        with pytest.raises(ModelFailure) as caught:
            written(model_of(server), most_tokens=8)
        assert server.was_left()
    assert caught.value.kind is FailureKind.GARBAGE
    assert "bytes" in caught.value.detail


def test_megabytes_without_an_end_of_line_are_cut_off() -> None:
    assert failure(Reply([Raw(b"data: "), *[Raw(b"x" * 65536)] * 40])).kind is FailureKind.GARBAGE


def test_a_compressed_reply_is_not_unpacked() -> None:
    assert failure(Reply(["a"], headers={"Content-Encoding": "gzip"})).kind is FailureKind.GARBAGE


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
