"""The MCP server with the official client over HTTP, and what it refuses."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
import pytest
from fastapi.testclient import TestClient
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from server.services import Services
from tests.server.conftest import Served
from tests.server.programs import HOSTILE, QUESTION, REFUSED, full, programs_only

T = TypeVar("T")
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


def in_session(served: Served, work: Callable[[ClientSession], Awaitable[T]]) -> T:
    async def run() -> T:
        async with (
            streamable_http_client(f"{served.address}/mcp") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await work(session)

    return asyncio.run(run())


def call(served: Served, tool: str, **arguments: object) -> CallToolResult:
    return in_session(served, lambda session: session.call_tool(tool, arguments))


def done(result: CallToolResult) -> dict[str, Any]:
    assert not result.isError, result.content
    assert result.structuredContent is not None
    return result.structuredContent


def test_the_tools_are_described_with_their_inputs_and_outputs(served: Served) -> None:
    tools = {one.name: one for one in in_session(served, lambda session: session.list_tools()).tools}
    assert set(tools) == {"ask", "search", "get_passage"}
    for tool in tools.values():
        assert tool.description and len(tool.description) > 80
        assert tool.inputSchema["required"] and tool.inputSchema["additionalProperties"] is False
        assert tool.outputSchema and tool.outputSchema["properties"]
        assert tool.annotations and tool.annotations.readOnlyHint


def test_ask_gives_the_answer_of_the_assistant_and_records_it(served: Served) -> None:
    told = done(call(served, "ask", question=QUESTION))
    assert told["answer"] == served.services.assistant.ask(QUESTION).text
    assert told["citations"][0]["url"].startswith(f"{served.address}/documents/")
    assert any(one.id == told["turn_id"] for one in served.services.records.all_turns())


def test_ask_refuses_what_the_documents_do_not_say(served: Served) -> None:
    told = done(call(served, "ask", question=REFUSED))
    assert told["refused"] and told["reason"] and told["citations"] == []


def test_ask_leans_on_the_history(served: Served) -> None:
    history = [{"role": "user", "content": "Chỉ thị số 17-CT/TU nói về việc gì?"}]
    told = done(call(served, "ask", question="thế còn Kết luận 99?", history=history))
    assert "17-CT/TU" in told["understood_as"]


def test_a_passage_that_was_found_is_read_with_those_around_it(served: Served) -> None:
    hit = done(call(served, "search", query="thu gom rác thải", k=1))["results"][0]
    read = done(call(served, "get_passage", passage_id=hit["passage_id"], around=2))
    assert read["passage"]["text"] == hit["text"] and read["passage"]["url"] == hit["url"]
    assert [len(read["before"]), len(read["after"])] == [2, 2]
    starts = [one["start"] for one in [*read["before"], read["passage"], *read["after"]]]
    assert starts == sorted(starts)


def test_the_first_passage_has_none_before_it(served: Served) -> None:
    first = served.services.assistant.index.passages[0]
    read = done(call(served, "get_passage", passage_id=first.id, around=3))
    assert read["before"] == [] and len(read["after"]) == 3


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, "question: thiếu trường này"),
        ("ask", {"question": " "}, "Câu hỏi trống"),
        ("ask", {"question": "a" * 3000}, "tối đa 2.000"),
        ("ask", {"question": "x", "nothing": 1}, "nothing: không có trường nào"),
        ("search", {"query": "rác", "k": 500}, "k: không được quá 50"),
        ("search", {"query": "rác", "document_id": "../../etc/passwd"}, "Không có văn bản nào"),
        ("get_passage", {"passage_id": "' OR 1=1 --"}, "Không có đoạn nào"),
        ("drop_tables", {}, "Không có công cụ này"),
    ],
)
def test_what_is_wrong_is_told_to_the_agent(
    served: Served, tool: str, arguments: dict[str, object], said: str
) -> None:
    result = call(served, tool, **arguments)
    assert result.isError
    assert isinstance(result.content[0], TextContent) and said in result.content[0].text


@pytest.mark.parametrize("question", HOSTILE[:5])
def test_hostile_questions_are_answered_as_text(served: Served, question: str) -> None:
    done(call(served, "ask", question=question))


def test_many_agents_at_once_get_their_own_answers(served: Served) -> None:
    asked = [QUESTION, REFUSED, "Chỉ thị số 17-CT/TU nói về việc gì?"] * 3

    async def work(session: ClientSession) -> list[CallToolResult]:
        return list(await asyncio.gather(*(session.call_tool("ask", {"question": one}) for one in asked)))

    for question, result in zip(asked, in_session(served, work), strict=True):
        assert done(result)["question"] == question


def test_a_full_queue_is_told_to_the_agent(services: Services) -> None:
    with full(services) as busy, TestClient(programs_only(busy), base_url="http://localhost") as client:
        call = {"name": "ask", "arguments": {"question": QUESTION}}
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        result = client.post("/mcp", json=sent, headers=HEADERS).json()["result"]
    assert result["isError"] and "quá nhiều câu hỏi" in result["content"][0]["text"]


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:7860", None, 200),
        ("127.0.0.1", "http://127.0.0.1:7860", 200),
        ("[::1]:7860", "http://localhost:3000", 200),
        ("tro-ly.example.vn", "https://tro-ly.example.vn", 200),
        ("tro-ly.example.vn:8443", None, 200),
        ("evil.example", None, 421),
        ("localhost.evil.example", None, 421),
        ("evil.example:7860", "http://localhost:7860", 421),
        ("localhost:7860", "http://evil.example", 403),
        ("localhost:7860", "null", 403),
    ],
)
def test_only_hosts_of_ours_are_answered(
    services_with: Callable[..., Services], host: str, origin: str | None, status: int
) -> None:
    headers = HEADERS | {"Host": host} | ({"Origin": origin} if origin else {})
    with TestClient(programs_only(services_with(hosts=("Tro-Ly.example.vn",)))) as client:
        assert client.post("/mcp", json=LIST, headers=headers).status_code == status


def test_it_answers_below_a_root_path(services: Services) -> None:
    with TestClient(programs_only(services), base_url="http://localhost", root_path="/tro-ly") as client:
        call = {"name": "search", "arguments": {"query": "rác thải", "k": 1}}
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        result = client.post("/mcp", json=sent, headers=HEADERS).json()["result"]
    url = result["structuredContent"]["results"][0]["url"]
    assert url.startswith("http://localhost/tro-ly/documents/")


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 50_000, b'{"jsonrpc": "2.0"}', b"\xff"])
def test_what_is_no_message_is_refused(client: httpx.Client, body: bytes) -> None:
    response = client.post("/mcp", content=body, headers=HEADERS)
    assert response.status_code == 400
    assert "Traceback" not in response.text


def test_before_the_application_has_started_it_says_when_to_come_back(services: Services) -> None:
    client = TestClient(programs_only(services), base_url="http://localhost")
    response = client.post("/mcp", json=LIST, headers=HEADERS)
    assert response.status_code == 503 and response.headers["retry-after"]
