"""People who ask over /api/ask, each with a cookie jar and a pace of their own, and check what they get.

What is right is what a question gets when it is asked alone, before the crowd comes. Knows the contract of
the API; does not know what runs behind it.
"""

import asyncio
import random
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from corpus.errors import ProductError
from evaluation.questions import LabelledQuestion
from server.crowd.tally import BUSY, Tally

_COME_BACK = (BUSY, 429)
_TIMEOUT_S = 120.0
_LONGEST_WAIT_S = 60.0  # of a Retry-After that is believed
_SEED = 11  # who asks what, and how long they think


class LoadError(ProductError):
    """The server cannot be measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the crowd behaves. `minutes`: how long; 0 asks once each, all at the same moment, and goes.

    `pause`: shortest and longest time in seconds that somebody thinks before the next question.
    """

    url: str
    people: int
    minutes: float
    pause: tuple[float, float] = (2.0, 6.0)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `body` is None for anything but an answer; `failure` names a broken connection."""

    status: int
    seconds: float
    body: dict[str, Any] | None = None
    retry_after: float | None = None
    failure: str | None = None


class Crowd:
    """One plan over one list of questions."""

    def __init__(self, plan: Plan, questions: Sequence[LabelledQuestion]) -> None:
        self._plan = plan
        self._questions = questions
        self._right: list[object] = []
        self._busy = asyncio.Event()
        # One for all: making it reads every certificate of the machine, 20 ms that a crowd would not share.
        self._ssl = ssl.create_default_context()
        self.tally = Tally()

    async def learn(self) -> list[float]:
        """Ask every question alone; the time each took, seconds. Raises LoadError."""
        times = []
        async with self._person() as client:
            for question in self._questions:
                reply = await _ask(client, question)
                while reply.status in _COME_BACK and reply.retry_after is not None:
                    await asyncio.sleep(min(reply.retry_after, _LONGEST_WAIT_S))
                    reply = await _ask(client, question)
                if reply.body is None:
                    raise LoadError(_cannot(self._plan.url, reply, question))
                self._right.append(content_of(reply.body))
                times.append(reply.seconds)
        return times

    async def come(self) -> Tally:
        """Let the crowd ask until its time is up."""
        started = time.perf_counter()
        recovery = asyncio.create_task(self._recovery())
        await asyncio.gather(*(self._lives(number, started) for number in range(self._plan.people)))
        self.tally.seconds = time.perf_counter() - started
        async with self._person() as client:
            self.tally.afterwards = (await _ask(client, self._questions[0])).seconds
        if self._busy.is_set() and not self._plan.minutes:
            self.tally.recovered_after = await recovery
        recovery.cancel()
        return self.tally

    def _person(self) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {self._plan.key}"} if self._plan.key else {}
        return httpx.AsyncClient(
            base_url=self._plan.url, headers=headers, timeout=_TIMEOUT_S, trust_env=False, verify=self._ssl
        )

    async def _lives(self, number: int, started: float) -> None:
        draw = random.Random(_SEED * 100_000 + number)
        ends = started + 60 * self._plan.minutes
        async with self._person() as client:
            if not self._plan.minutes:
                await self._asks(client, draw.randrange(len(self._questions)), ends)
                return
            await asyncio.sleep(draw.uniform(0, self._plan.pause[1]))  # nobody arrives at the same moment
            while time.perf_counter() < ends:
                await self._asks(client, draw.randrange(len(self._questions)), ends)
                await asyncio.sleep(draw.uniform(*self._plan.pause))

    async def _asks(self, client: httpx.AsyncClient, number: int, ends: float) -> None:
        """Ask until there is an answer, coming back when told to; those who ask once do not come back."""
        first = time.perf_counter()
        while True:
            reply = await _ask(client, self._questions[number])
            if reply.status not in _COME_BACK:
                break
            self._note_wait(reply)
            wait = min(reply.retry_after or 1.0, _LONGEST_WAIT_S)
            if time.perf_counter() + wait > ends:
                self.tally.given_up += 1
                return
            await asyncio.sleep(wait)
        self._note(number, reply, time.perf_counter() - first)

    def _note_wait(self, reply: Reply) -> None:
        self.tally.told_to_wait[reply.status] += 1
        self.tally.without_retry_after += reply.retry_after is None
        if reply.status == BUSY:
            self._busy.set()

    def _note(self, number: int, reply: Reply, seconds: float) -> None:
        if reply.body is None:
            self.tally.failed[reply.failure or str(reply.status)] += 1
            return
        self.tally.times.append(reply.seconds)
        if seconds - reply.seconds > 0.5:  # came back at least once; Retry-After counts whole seconds
            self.tally.waited.append(seconds)
        if content_of(reply.body) != self._right[number]:
            self.tally.mixed.append(self._questions[number].question)

    async def _recovery(self) -> float:
        """Seconds from the first 503 until somebody who comes then, and comes back as told, has an answer."""
        await self._busy.wait()
        since = time.perf_counter()
        async with self._person() as client:
            while True:
                reply = await _ask(client, self._questions[0])
                if reply.body is not None:
                    return time.perf_counter() - since
                await asyncio.sleep(reply.retry_after or 1.0)


def content_of(body: dict[str, Any]) -> object:
    """What has to be the same whenever a question is asked: itself, the answer, every quotation."""
    cited = [(one["passage_id"], one["start"], one["end"], one["quote"]) for one in body["citations"]]
    return body["question"], body["answer"], body["refused"], cited


async def _ask(client: httpx.AsyncClient, question: LabelledQuestion) -> Reply:
    body = {
        "question": question.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in question.history],
    }
    started = time.perf_counter()
    try:
        response = await client.post("api/ask", json=body)
    except httpx.HTTPError as error:
        return Reply(0, time.perf_counter() - started, failure=type(error).__name__)
    seconds = time.perf_counter() - started
    if response.status_code == 200:
        return Reply(200, seconds, response.json())
    stated = response.headers.get("retry-after", "")
    return Reply(response.status_code, seconds, retry_after=float(stated) if stated.isdigit() else None)


def _cannot(url: str, reply: Reply, question: LabelledQuestion) -> str:
    if reply.failure:
        return f"{url}: không kết nối được ({reply.failure}). Mở chương trình trước: python ui.py"
    if reply.status in (401, 403):
        mend = "Thêm --key KHOÁ, tạo khoá bằng python -m server keys add TÊN"
        return f"{url}: máy chủ không cho vào (HTTP {reply.status}). {mend}"
    return f"{url}: máy chủ trả về HTTP {reply.status} cho câu hỏi {question.id}. Xem nhật ký của máy chủ"
