"""POST /api/ask and /api/feedback as programs use them, over a real server."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient

from server.api.event_stream import with_pauses
from server.asking import Asking
from server.services import Services
from tests.server.programs import HOSTILE, QUESTION, REFUSED, Failing, events_of, full, programs_only
from vectorstore.errors import IndexProblem


def ask(client: httpx.Client, question: str = QUESTION, **more: object) -> httpx.Response:
    return client.post("/api/ask", json={"question": question, **more})


def test_the_answer_is_that_of_the_assistant_with_an_address_for_every_quotation(
    client: httpx.Client, services: Services
) -> None:
    told = ask(client).json()
    expected = services.assistant.ask(QUESTION).to_json()
    for row in told["citations"] + told["passages"]:
        assert row.pop("url").startswith(f"{str(client.base_url).rstrip('/')}/documents/")
    assert told["turn_id"] and told["conversation_id"]
    same = {key: told[key] for key in expected} | {"took_ms": 0}
    assert same == expected | {"took_ms": 0}


def test_the_address_of_a_quotation_names_its_place_and_its_characters(client: httpx.Client) -> None:
    citation = ask(client).json()["citations"][0]
    address = httpx.URL(citation["url"])
    assert address.fragment == "dieu-2-khoan-4-doan-2"
    assert dict(address.params) == {"start": str(citation["start"]), "end": str(citation["end"])}


def test_a_quotation_is_found_at_its_characters_of_the_document(client: httpx.Client) -> None:
    citation = ask(client).json()["citations"][0]
    document = client.get(f"/api/documents/{citation['document_id']}").json()
    passage = next(one for one in document["passages"] if one["id"] == citation["passage_id"])
    within = slice(citation["start"] - passage["start"], citation["end"] - passage["start"])
    assert passage["text"][within] == citation["quote"]


def test_a_refusal_is_an_answer_and_says_why(client: httpx.Client) -> None:
    response = ask(client, REFUSED)
    assert response.status_code == 200
    told = response.json()
    assert told["refused"] and told["reason"] and not told["citations"] and told["passages"]


def test_a_follow_up_leans_on_the_history_that_is_sent(client: httpx.Client) -> None:
    history = [
        {"role": "user", "content": "Chỉ thị số 17-CT/TU nói về việc gì?"},
        {"role": "assistant", "content": "…"},
    ]
    alone = ask(client, "thế còn Kết luận 99?").json()
    leaning = ask(client, "thế còn Kết luận 99?", history=history).json()
    assert alone["understood_as"] != leaning["understood_as"]
    assert "17-CT/TU" in leaning["understood_as"]


def test_blank_turns_of_the_history_do_no_harm(client: httpx.Client) -> None:
    history = [{"role": "user", "content": "  "}, {"role": "assistant", "content": ""}]
    assert ask(client, "thế còn rác thải?", history=history).status_code == 200


def test_as_typed_leaves_the_spelling_alone(client: httpx.Client) -> None:
    assert ask(client, "thu gom rac thai").json()["understood_as"]
    assert ask(client, "thu gom rac thai", as_typed=True).json()["understood_as"] is None


def test_turns_of_one_conversation_are_recorded_together(client: httpx.Client, services: Services) -> None:
    first = ask(client).json()
    second = ask(client, "do ai chịu trách nhiệm?", conversation_id=first["conversation_id"]).json()
    assert second["conversation_id"] == first["conversation_id"]
    kept = {one.id: one for one in services.records.all_turns()}
    assert kept[first["turn_id"]].person == kept[second["turn_id"]].person
    assert kept[first["turn_id"]].answer["answer"] == first["answer"]
    assert kept[second["turn_id"]].conversation_id == first["conversation_id"]


def test_feedback_is_kept_and_may_be_changed_and_taken_back(client: httpx.Client, services: Services) -> None:
    turn = ask(client).json()["turn_id"]
    for verdict in ("down", "wrong_source", "up", None):
        given = {"turn_id": turn, "verdict": verdict, "comment": "<b>sai</b>"}
        assert client.post("/api/feedback", json=given).json() == given
        kept = next(one for one in services.records.all_turns() if one.id == turn)
        assert (kept.verdict, kept.comment) == (verdict, "<b>sai</b>")


def test_nobody_gives_feedback_on_what_others_were_answered(client: httpx.Client, services: Services) -> None:
    turn = ask(client).json()["turn_id"]
    with httpx.Client(base_url=client.base_url, trust_env=False) as stranger:
        refused = stranger.post("/api/feedback", json={"turn_id": turn, "verdict": "down"})
    assert refused.status_code == 404
    assert refused.json()["error"]["code"] == "not_found"
    assert next(one for one in services.records.all_turns() if one.id == turn).verdict is None


def test_without_records_there_is_no_turn_to_give_feedback_on(
    services_with: Callable[..., Services],
) -> None:
    app = programs_only(services_with(records_file="off"))
    with TestClient(app, base_url="http://localhost") as client:
        told = client.post("/api/ask", json={"question": QUESTION}).json()
        assert told["turn_id"] is None and told["citations"]
        given = {"turn_id": "0" * 32, "verdict": "up"}
        assert client.post("/api/feedback", json=given).status_code == 404


def test_a_stream_begins_at_once_cites_one_by_one_and_ends_with_the_whole(client: httpx.Client) -> None:
    response = client.post("/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    whole = events[-1][1]
    assert [name for name, _ in events] == ["start", *["citation"] * len(whole["citations"]), "answer"]
    assert [data for name, data in events if name == "citation"] == whole["citations"]
    assert whole["answer"] == ask(client).json()["answer"]
    assert whole["turn_id"]


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\u200b\u202e", "a" * 2001])
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_what_is_no_question_is_refused_with_the_mend(
    client: httpx.Client, question: str, accept: str
) -> None:
    response = client.post("/api/ask", json={"question": question}, headers={"Accept": accept})
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == "invalid_question"
    assert error["message"].startswith("Câu hỏi") and error["mend"].startswith("Hãy")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "question: thiếu trường này"),
        ({"question": 5}, "question: phải là chuỗi ký tự"),
        ({"question": "rác", "as_type": True}, "as_type: không có trường nào tên như vậy"),
        ({"question": "rác", "as_typed": "yes"}, "as_typed: phải là true hoặc false"),
        (
            {"question": "rác", "history": [{"role": "sếp", "content": ""}]},
            "history[0].role: phải là một trong",
        ),
        ({"question": "rác", "history": {}}, "history: phải là một danh sách"),
        ({"question": "rác", "conversation_id": "a/../b"}, "conversation_id: không đúng dạng"),
        (["rác"], "Nội dung gửi lên phải là một đối tượng JSON"),
        ({"question": "rác", "<script>\n" + "x" * 500: 1}, "<script>�xxx"),
    ],
)
def test_a_wrong_field_is_named_in_vietnamese(client: httpx.Client, body: object, said: str) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == "invalid_input" and error["message"].startswith(said) and error["mend"]
    assert len(error["message"]) < 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"question": "r\xe1c"}',  # not UTF-8
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"question": "x", "history": ' + b'[{"role":' * 20_000,
        b'{"question": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_json_is_refused_in_the_same_shape(client: httpx.Client, body: bytes) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert set(response.json()["error"]) == {"code", "message", "mend"}


def test_lone_surrogates_are_left_out_and_do_no_harm(client: httpx.Client) -> None:
    body = (
        b'{"question": "r\\u00e1c \\ud800 th\\u1ea3i", "history": [{"role": "user", "content": "\\udfff"}]}'
    )
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    turn = response.json()["turn_id"]
    given = b'{"turn_id": "%s", "verdict": "up", "comment": "\\ud800"}' % turn.encode()
    sent = client.post("/api/feedback", content=given, headers={"Content-Type": "application/json"})
    assert sent.json()["comment"] == "\ufffd"
    unknown = b'{"turn_id": "\\ud800", "verdict": "up", "\\udc00": 1}'
    refused = client.post("/api/feedback", content=unknown, headers={"Content-Type": "application/json"})
    assert refused.status_code == 422


def test_a_huge_history_is_refused_by_its_length(client: httpx.Client) -> None:
    message = {"role": "user", "content": "rác thải"}
    assert ask(client, history=[message] * 200).status_code == 200
    many = ask(client, history=[message] * 201)
    assert many.status_code == 422 and "history" in many.json()["error"]["message"]
    long = ask(client, history=[{"role": "user", "content": "x" * 20_001}])
    assert long.status_code == 422 and "history[0].content" in long.json()["error"]["message"]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_come_back_as_text_in_json(client: httpx.Client, question: str) -> None:
    response = ask(client, question)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    kept = response.json()["question"]
    assert not any(character in kept for character in "\x00\x1b\u202e\u200f")
    assert kept.split()[-1] in question


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "QUERY", "OPTIONS"])
def test_other_methods_are_told_which_is_taken(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/api/ask")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nothing", "/api/ask/x", "/api/%2e%2e/x", "/api/<script>", "/api/a%0Ab"]
)
def test_unknown_addresses_are_told_in_the_same_shape(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_a_full_queue_is_told_by_status_and_when_to_come_back(services: Services) -> None:
    with full(services) as busy, TestClient(programs_only(busy), base_url="http://localhost") as client:
        question = {"question": QUESTION}
        for response in (
            client.post("/api/ask", json=question),
            client.post("/api/ask", json=question, headers={"Accept": "text/event-stream"}),
            client.get("/api/search", params={"q": "rác thải"}),
        ):
            assert response.status_code == 503
            assert int(response.headers["retry-after"]) > 0
            assert response.json()["error"]["code"] == "busy"


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (RuntimeError("/srv/secret is on fire"), 500, "internal"),
        (IndexProblem("/srv/secret: chỉ mục hỏng"), 503, "not_ready"),
        (TimeoutError(), 504, "timeout"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_an_error_of_ours_is_told_without_its_innards(
    services: Services,
    raised: Exception,
    status: int,
    code: str,
    accept: str,
) -> None:
    app = programs_only(replace(services, asking=Asking(Failing(raised), 1, 1, 30)))
    with TestClient(app, base_url="http://localhost") as client:
        sent = client.post("/api/ask", json={"question": QUESTION}, headers={"Accept": accept})
    assert code in sent.text and "secret" not in sent.text and "Traceback" not in sent.text
    assert sent.status_code == (200 if accept == "text/event-stream" else status)


def test_a_reader_who_waits_hears_that_nothing_came_and_one_who_leaves_ends_the_work() -> None:
    ended = []

    async def slow() -> AsyncGenerator[str, None]:
        try:
            await asyncio.sleep(60)
            yield "never"
        finally:
            ended.append("slow")

    async def run() -> list[str | None]:
        heard = with_pauses(slow(), 0.01)
        told = [await anext(heard), await anext(heard)]
        await heard.aclose()
        await asyncio.sleep(0)
        return told

    assert asyncio.run(run()) == [None, None]
    assert ended == ["slow"]
