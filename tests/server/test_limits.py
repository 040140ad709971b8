"""Nobody can take more than their share: buckets, sizes, and a queue that says when it is full."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Unpack
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Turn
from assistant.evidence import Manner
from server.asking import Asking, BusyError, SlowError
from server.limits import Buckets
from server.services import Services
from tests.server.conftest import Served

QUESTION = {"question": "Phải làm gì để xử lý rác thải?"}


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class HeldAssistant:
    """Answers nothing until `go` is set; `asked` counts the questions that have reached it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked = threading.Semaphore(0)
        self.questions: list[str] = []

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        self.questions.append(question)
        self.asked.release()
        assert self.go.wait(30)
        return Answer.__new__(Answer)


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 20))
def test_no_minute_ever_holds_more_than_twice_the_rate(pauses: list[float], rate: int) -> None:
    clock = Clock()
    buckets = Buckets(rate, clock)
    taken: list[float] = []
    for pause in pauses:
        clock.now += pause
        if not buckets.take("a"):
            taken.append(clock.now)
    for start in taken:
        assert sum(start <= at < start + 60 for at in taken) <= 2 * rate


def test_whoever_waits_as_long_as_told_is_let_in() -> None:
    clock = Clock()
    buckets = Buckets(2, clock)
    assert [buckets.take("a"), buckets.take("a")] == [0, 0]
    waits = buckets.take("a")
    assert waits > 0
    assert buckets.take("b") == 0
    clock.now += waits
    assert buckets.take("a") == 0


def test_a_flood_of_new_names_does_not_fill_the_memory() -> None:
    buckets = Buckets(5)
    for number in range(12_000):
        buckets.take(str(number))
    assert len(buckets) <= 10_000


def test_after_too_many_questions_a_person_is_told_when_to_come_back(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(rate_per_minute=3)).address
    with (
        httpx.Client(base_url=address, trust_env=False, timeout=30) as one,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as other,
    ):
        for client in (one, other):
            client.get("/documents")  # receives the cookie of a browser
        assert [one.post("/api/ask", json=QUESTION).status_code for _ in range(3)] == [200] * 3
        refused = one.post("/api/ask", json=QUESTION)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.json()["error"]["code"] == "too_many_requests"
        chat = one.post("/gradio_api/queue/join", json={})
        assert chat.status_code == 429
        assert "Chờ" in chat.json()["detail"]
        assert one.get("/api/search", params={"q": "rác"}).status_code == 429
        assert one.get("/static/site.css").status_code == 200
        assert one.get("/documents").status_code == 200
        assert other.post("/api/ask", json=QUESTION).status_code == 200


def test_all_who_come_from_one_address_share_its_limit(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(rate_per_minute_address=2)).address

    def search(behind: str) -> int:
        headers = {"x-forwarded-for": behind}  # every call is a new browser: none sends a cookie
        found = httpx.get(f"{address}/api/search", params={"q": "rác"}, headers=headers, trust_env=False)
        return found.status_code

    assert [search("127.0.0.2") for _ in range(3)] == [200, 200, 429]
    assert search("127.0.0.3") == 200
    assert search("127.0.0.3, 127.0.0.2, 127.0.0.1") == 429  # what a client says of itself is not believed
    assert httpx.get(f"{address}/health", trust_env=False).status_code == 200


def test_a_body_that_is_too_large_is_refused_with_its_bound(client: httpx.Client) -> None:
    stated = client.post("/api/ask", content=b"x" * 1_000_001)
    assert stated.status_code == 413
    assert "1 MB" in stated.text

    def endless() -> "list[bytes]":
        return [b"x" * 100_000] * 20

    unstated = client.post("/api/ask", content=iter(endless()), headers={"content-type": "application/json"})
    assert unstated.status_code == 413


def test_a_nonsense_length_is_refused(served: Served) -> None:
    parts = urlsplit(served.address)
    for length in (b"-1", b"99999999999999999999999999", b"1e3"):
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as connection:
            connection.sendall(
                b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + b"\r\n\r\n"
            )
            assert connection.recv(100).split(b" ")[1] in (b"400", b"413")


def test_a_full_queue_turns_away_at_once_and_recovers() -> None:
    assistant = HeldAssistant()
    asking = Asking(assistant, workers=1, queue=1, timeout_s=30)
    with ThreadPoolExecutor(2) as people:
        waiting = [people.submit(asking.ask, "một"), people.submit(asking.ask, "hai")]
        assert assistant.asked.acquire(timeout=10)
        while asking.taken < 2:
            pass
        with pytest.raises(BusyError, match="Xin hỏi lại sau vài giây"):
            asking.ask("ba")
        assert asking.turned_away == 1
        assistant.go.set()
        for answer in waiting:
            answer.result(10)
    assert asking.ask("bốn") is not None
    asking.close()


def test_a_question_that_nobody_waits_for_any_more_leaves_the_queue() -> None:
    assistant = HeldAssistant()
    asking = Asking(assistant, workers=1, queue=1, timeout_s=0.05)

    async def impatient() -> None:
        with pytest.raises(SlowError):
            await asking.ask_async("đang trả lời")
        with pytest.raises(SlowError):
            await asking.ask_async("còn chờ")
        assert asking.taken == 1  # the one that is being answered

    asyncio.run(impatient())
    with pytest.raises(SlowError, match="quá nhiều thời gian"):
        asking.ask("cũng chờ")
    assert asking.taken == 1
    assistant.go.set()
    asking.close()
    assert assistant.questions == ["đang trả lời"]


def test_two_hundred_people_at_once_get_an_answer_or_a_clear_refusal_and_then_all_is_well(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(queue=8)).address

    async def ask(client: httpx.AsyncClient) -> httpx.Response:
        return await client.post("/api/ask", json=QUESTION)

    async def crowd() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits, trust_env=False) as client:
            found = await asyncio.gather(*(ask(client) for _ in range(200)))
            return [*found, await ask(client)]

    *answers, after = asyncio.run(crowd())
    refused = [answer for answer in answers if answer.status_code != 200]
    assert refused
    assert len(refused) < 200
    for answer in refused:
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.json()["error"]["code"] == "busy"
    assert after.status_code == 200
