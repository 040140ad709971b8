"""What Prometheus reads, and who may; what the log says, and what it never does."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.logs import AnswerLog, JsonLines, PlainLines
from server.services import Services
from tests.generating import MODEL, generated_on
from tests.server.conftest import Served

QUESTION = {"question": "Phải làm gì để xử lý rác thải?"}
UNANSWERABLE = {"question": "Giá vé máy bay đi Paris?"}


def figures(client: httpx.Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    families = text_string_to_metric_families(response.text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def fresh(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> Iterator[httpx.Client]:
    address = serve(services_with(log_questions=False)).address
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield client


def test_requests_and_answers_are_counted(fresh: httpx.Client) -> None:
    for asked in (QUESTION, QUESTION, UNANSWERABLE):
        assert fresh.post("/api/ask", json=asked).status_code == 200
    fresh.get("/no-such-page-1")
    fresh.get("/no-such-page-2")
    found = figures(fresh)
    ask = frozenset({("method", "POST"), ("route", "/api/ask"), ("status", "200")})
    assert found["tro_ly_requests_total", ask] == 3
    answered = {("mode", "extractive")}
    # The examples on the page were asked without the queue.
    assert found["tro_ly_answers_total", frozenset(answered | {("refused", "false")})] == 2
    assert found["tro_ly_answers_total", frozenset(answered | {("refused", "true")})] == 1
    assert found["tro_ly_answer_seconds_count", frozenset()] == 3
    assert found["tro_ly_queue_length", frozenset()] == 0
    assert found["tro_ly_documents", frozenset()] >= 1
    assert not [labels for _, labels in found if "no-such-page" in str(labels)]


def test_strangers_get_no_figures(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(proxy_header="x-remote-user", proxy_admins=("lan",))).address

    def status(**headers: str) -> int:
        sent = {"x-forwarded-for": "192.0.2.7"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return httpx.get(f"{address}/metrics", headers=sent, trust_env=False).status_code

    assert status() == 403
    assert status(x_remote_user="minh") == 403
    assert status(x_remote_user="lan") == 200
    assert httpx.get(f"{address}/metrics", trust_env=False).status_code == 200  # from this machine itself


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server writes, as JSON lines."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("server")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield written
    logger.removeHandler(handler)
    logger.setLevel(before)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_the_log_tells_route_status_and_time_but_not_the_question(
    fresh: httpx.Client, log: io.StringIO
) -> None:
    asked = {"question": "Phải làm gì để xử lý rác thải BIMATXYZ?"}
    fresh.post("/api/ask", json=asked, headers={"authorization": "Bearer KHOABIMAT"})
    fresh.get("/api/search", params={"q": "BIMATXYZ"})
    fresh.post("/login", data={"name": "lan", "password": "MATKHAUBIMAT"})
    requests = [line for line in lines(log) if line["message"] == "request"]
    assert requests[0]["method"] == "POST"
    assert requests[0]["route"] == "/api/ask"
    assert requests[0]["status"] == 200
    assert requests[0]["person"] == "browser"
    assert isinstance(requests[0]["ms"], int)
    assert "BIMAT" not in log.getvalue()
    assert any(line["message"] == "answer" for line in lines(log))


def test_questions_are_logged_only_where_that_is_wanted(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], log: io.StringIO
) -> None:
    address = serve(services_with(log_questions=True)).address
    httpx.post(f"{address}/api/ask", json=QUESTION, trust_env=False, timeout=30)
    assert [line["question"] for line in lines(log) if line["message"] == "answer"] == [QUESTION["question"]]


def test_a_line_stays_one_line_whatever_is_in_it() -> None:
    record = logging.LogRecord("server", logging.WARNING, "", 0, "một\nhai", None, None)
    record.fields = {"route": "a\nb", "status": 200}
    assert json.loads(JsonLines().format(record))["route"] == "a\nb"
    assert "\n" not in JsonLines().format(record)
    assert "status=200" in PlainLines().format(record)


def test_the_log_counts_the_sentences_of_a_model_and_has_none_of_them(log: io.StringIO) -> None:
    AnswerLog(with_questions=False)(generated_on("Xử lý rác thải."), 0.5)
    (line,) = lines(log)
    assert (line["mode"], line["model"]) == ("generative", MODEL)
    assert (line["supported"], line["replaced"], line["removed"]) == (2, 1, 2)
    assert "nhà máy" not in log.getvalue() and "Xử lý" not in log.getvalue()
