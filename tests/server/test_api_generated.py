"""Answers that a language model wrote, as programs get them: at once, as events, and in OpenAI's form."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from server.api.openai_stream import BROKEN_OFF
from server.asking import Asking
from server.services import Services
from tests.generating import FAILED, MODEL, REASON, Generating
from tests.server.conftest import Served
from tests.server.programs import QUESTION, REFUSED, events_of, programs_only

STREAM = {"Accept": "text/event-stream"}
URL = "/v1/chat/completions"


def with_model(services: Services, **how: bool) -> tuple[Services, Generating]:
    model = Generating(services.assistant, **how)
    return replace(services, asking=Asking(model, 2, 8, 60), model=MODEL), model


@pytest.fixture
def model(services: Services) -> tuple[Services, Generating]:
    return with_model(services)


def client_of(services: Services) -> TestClient:
    return TestClient(programs_only(services), base_url="http://localhost")


def chat(**more: object) -> dict[str, object]:
    return {"model": "tro-ly-nghi-quyet", "messages": [{"role": "user", "content": QUESTION}], **more}


def test_the_answer_tells_of_every_sentence(model: tuple[Services, Generating]) -> None:
    with client_of(model[0]) as client:
        told = client.post("/api/ask", json={"question": QUESTION}).json()
    assert (told["mode"], told["model"], told["prompt_version"]) == ("generative", MODEL, "thu-1")
    verdicts = [one["verdict"] for one in told["sentences"]]
    assert verdicts == ["supported", "removed", "removed", "replaced", "supported"]
    assert told["sentences"][1]["reason"] == REASON and told["sentences"][1]["text"] == ""
    shown = [one["text"] for one in told["sentences"] if one["text"]]
    assert [line.startswith(text) for line, text in zip(told["answer"].split("\n"), shown, strict=True)]


def test_quotations_alone_are_had_by_asking_for_them(model: tuple[Services, Generating]) -> None:
    with client_of(model[0]) as client:
        asked = {"question": QUESTION, "quoting": True}
        told = client.post("/api/ask", json=asked).json()
        streamed = events_of(client.post("/api/ask", json=asked, headers=STREAM).text)
    assert told["mode"] == "extractive" and told["model"] is None and told["sentences"] == []
    assert {name for name, _ in streamed} == {"start", "citation", "answer"}
    assert all(manner["quoting"] for manner in model[1].manners)


def test_a_stream_tells_drafts_and_sentences_before_the_answer_as_before(
    model: tuple[Services, Generating],
) -> None:
    with client_of(model[0]) as client:
        events = events_of(client.post("/api/ask", json={"question": QUESTION}, headers=STREAM).text)
    names = [name for name, _ in events]
    answer = events[-1][1]
    told = [data for name, data in events if name == "sentence"]
    assert names == ["start", *["draft", "sentence"] * 5, *["citation"] * len(answer["citations"]), "answer"]
    assert [{key: one[key] for key in one if key != "citations"} for one in told] == answer["sentences"]
    assert [[added["marker"] for added in one["citations"]] for one in told] == [[1], [], [], [2], []]
    assert [added for one in told for added in one["citations"]] == answer["citations"]
    assert all("/documents/" in added["url"] for one in told for added in one["citations"])
    assert all(set(data) == {"text"} for name, data in events if name == "draft")


def test_a_model_that_fails_is_withdrawn_and_the_quoted_answer_follows(services: Services) -> None:
    with client_of(with_model(services, fails=True)[0]) as client:
        events = events_of(client.post("/api/ask", json={"question": QUESTION}, headers=STREAM).text)
    names = [name for name, _ in events]
    assert ("withdrawn", {}) in events
    assert "sentence" not in names[names.index("withdrawn") :]
    answer = events[-1][1]
    assert answer["mode"] == "extractive" and FAILED in [note["text"] for note in answer["notes"]]


def test_a_refusal_never_waits_for_a_model(model: tuple[Services, Generating]) -> None:
    with client_of(model[0]) as client:
        events = events_of(client.post("/api/ask", json={"question": REFUSED}, headers=STREAM).text)
    assert [name for name, _ in events] == ["start", "answer"]


@asynccontextmanager
async def _stream(address: str, url: str, body: dict[str, object]) -> AsyncIterator[Any]:
    async with (
        httpx.AsyncClient(base_url=address, timeout=30, trust_env=False) as client,
        client.stream("POST", url, json=body, headers=STREAM) as response,
    ):
        assert response.status_code == 200
        yield response.aiter_lines()


async def _until(lines: Any, wanted: Callable[[str], bool]) -> list[str]:
    seen = []
    async for line in lines:
        seen.append(line)
        if wanted(line):
            return seen
    raise AssertionError(f"not in {seen}")


def test_a_draft_arrives_through_the_whole_server_while_the_model_is_still_writing(
    services: Services, serve: Callable[[Services], Served]
) -> None:
    gated, model = with_model(services, gated=True)
    address = serve(gated).address

    async def read() -> None:
        assert model.go is not None
        async with _stream(address, "/api/ask", {"question": QUESTION}) as lines:
            model.go.release()
            await _until(
                lines, lambda line: line == "event: draft"
            )  # and the model waits for the next release
            model.go.release()
            await _until(lines, lambda line: line == "event: sentence")
            model.go.release(50)
            await _until(lines, lambda line: line == "event: answer")

    asyncio.run(asyncio.wait_for(read(), 60))


def test_the_openai_stream_sends_each_sentence_when_its_fate_is_known(
    services: Services, serve: Callable[[Services], Served]
) -> None:
    gated, model = with_model(services, gated=True)
    address = serve(gated).address

    async def read() -> None:
        assert model.go is not None
        async with _stream(address, URL, chat(stream=True)) as lines:
            model.go.release(2)
            first = await _until(lines, lambda line: "Văn bản nêu:" in line)
            assert "[1]" in first[-1]
            model.go.release(6)
            replaced = await _until(lines, lambda line: "“" in line)
            assert "Hà Nội" not in "".join(replaced)
            model.go.release(50)
            await _until(lines, lambda line: line == "data: [DONE]")

    asyncio.run(asyncio.wait_for(read(), 60))


def _said(text: str) -> tuple[str, list[dict[str, Any]], dict[str, Any]]:
    """Content, annotations, and the last chunk with a choice."""
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: {")]
    chunks = [chunk for chunk in map(json.loads, lines) if chunk["choices"]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    return "".join(one.get("content", "") for one in deltas), deltas[-1]["annotations"], chunks[-1]


def _annotated(content: str, annotations: list[dict[str, Any]]) -> list[str]:
    places = [one["url_citation"] for one in annotations]
    return [content[one["start_index"] : one["end_index"]] for one in places]


def test_the_openai_stream_says_what_the_whole_completion_says(model: tuple[Services, Generating]) -> None:
    with client_of(model[0]) as client:
        whole = client.post(URL, json=chat()).json()
        content, annotations, last = _said(client.post(URL, json=chat(stream=True)).text)
    message = whole["choices"][0]["message"]
    assert content == message["content"] and annotations == message["annotations"]
    assert whole["mode"] == last["mode"] == "generative" and last["turn_id"]
    assert _annotated(content, annotations) == ["[1]", "[2]", "[1]", "[2]"]
    assert [line[:3] for line in content.partition("Nguồn:\n")[2].splitlines()] == ["[1]", "[2]"]
    assert "Hà Nội" not in content, "words that were left out are nowhere in the content"


def test_what_was_sent_before_the_model_failed_is_followed_by_a_line_and_the_quotations(
    services: Services,
) -> None:
    failing, _ = with_model(services, fails=True)
    with client_of(failing) as client:
        content, annotations, last = _said(client.post(URL, json=chat(stream=True)).text)
        whole = client.post(URL, json=chat()).json()["choices"][0]["message"]["content"]
    before, line, after = content.partition(f"\n\n{BROKEN_OFF}\n\n")
    assert line and before.startswith("Văn bản nêu:") and after == whole
    assert last["mode"] == "extractive" and f"Lưu ý: {FAILED}" in after
    assert all(one["url_citation"]["start_index"] > len(before) for one in annotations)
    assert _annotated(content, annotations) == [f"[{n}]" for n in range(1, len(annotations) + 1)]


def test_agents_get_the_same_fields_and_may_ask_for_quotations(model: tuple[Services, Generating]) -> None:
    headers = {"Accept": "application/json, text/event-stream"}
    with client_of(model[0]) as client:

        def call(**arguments: object) -> Any:
            params = {"name": "ask", "arguments": {"question": QUESTION, **arguments}}
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
            return client.post("/mcp", json=body, headers=headers).json()["result"]["structuredContent"]

        told, quoted = call(), call(quoting=True)
    assert (told["mode"], told["model"]) == ("generative", MODEL) and len(told["sentences"]) == 5
    assert (quoted["mode"], quoted["model"]) == ("extractive", None)


def test_health_names_the_model_and_metrics_count_its_sentences(
    services: Services, serve: Callable[[Services], Served]
) -> None:
    with_it, _ = with_model(services)
    with httpx.Client(base_url=serve(with_it).address, timeout=30, trust_env=False) as client:
        assert client.get("/health").json()["language_model"] == MODEL
        client.post("/api/ask", json={"question": QUESTION})
        figures = client.get("/metrics").text
    assert 'tro_ly_answers_total{mode="generative",refused="false"} 1.0' in figures
    for verdict, count in (("supported", 2), ("replaced", 1), ("removed", 2)):
        assert f'tro_ly_sentences_total{{verdict="{verdict}"}} {count}.0' in figures


def test_without_a_model_health_says_so(client: httpx.Client) -> None:
    assert client.get("/health").json()["language_model"] is None
