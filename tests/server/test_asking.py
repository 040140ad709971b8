"""Steps of an answer on their way from the thread that answers to the event loop of who listens."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Unpack

import pytest

from assistant.answer import Answer, CheckedSentence, Turn, Verdict, unanswered
from assistant.evidence import Manner
from assistant.progress import Checked, Draft, Step, Withdrawn
from server.asking import Asking, BusyError, SlowError
from server.feed import MOST_WAITING
from tests.server.programs import Failing, Waiting


class _Telling:
    """Tells what it was made with, and waits for `gate` before it answers."""

    def __init__(self, *steps: Step, gate: threading.Event | None = None) -> None:
        self._steps, self._gate = steps, gate
        self.listener: object = None
        self.told = threading.Event()

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        self.listener = tell = manner["listener"]
        for step in self._steps:
            tell(step)
        self.told.set()
        if self._gate:
            assert self._gate.wait(30)
        return unanswered(question, "Xong")


DRAFTS = tuple(Draft(str(number)) for number in range(50))


def test_every_step_comes_in_order_and_the_answer_last() -> None:
    asking = Asking(_Telling(*DRAFTS, Withdrawn()), 1, 0, 30)

    async def heard() -> list[Step | Answer]:
        return [step async for step in asking.steps("?")]

    *steps, answer = asyncio.run(heard())
    assert steps == [*DRAFTS, Withdrawn()]
    assert isinstance(answer, Answer) and answer.text == "Xong"
    assert asking.taken == 0


def test_a_step_is_heard_while_the_model_goes_on() -> None:
    gate = threading.Event()
    asking = Asking(_Telling(DRAFTS[0], gate=gate), 1, 0, 30)

    async def heard() -> Step | Answer:
        steps = asking.steps("?")
        first = await anext(steps)
        assert not gate.is_set() and asking.taken == 1
        gate.set()
        return [first, *[step async for step in steps]][0]

    assert asyncio.run(heard()) == DRAFTS[0]


def test_what_is_told_after_the_answer_is_not_heard() -> None:
    telling = _Telling(DRAFTS[0])
    asking = Asking(telling, 1, 0, 30)

    async def heard() -> list[Step | Answer]:
        steps = asking.steps("?")
        told = [await anext(steps), await anext(steps)]
        assert callable(telling.listener)
        telling.listener(DRAFTS[1])
        await asyncio.sleep(0)
        return told + [step async for step in steps]

    assert len(asyncio.run(heard())) == 2


def test_a_reader_who_falls_behind_misses_drafts_but_no_sentence() -> None:
    sentence = Checked(CheckedSentence("Câu.", Verdict.SUPPORTED, (1,), "Câu."), ())
    gate = threading.Event()
    telling = _Telling(*DRAFTS * 40, sentence, gate=gate)
    asking = Asking(telling, 1, 0, 30)

    async def heard() -> list[Step | Answer]:
        steps = asking.steps("?")
        await asyncio.to_thread(telling.told.wait, 30)
        gate.set()
        return [step async for step in steps]

    told = asyncio.run(heard())
    assert told[-2] == sentence
    assert len(told) == MOST_WAITING + 2


def test_who_hangs_up_before_the_answer_begins_leaves_the_queue() -> None:
    waiting = Waiting()
    asking = Asking(waiting, 1, 1, 30)

    async def leave() -> int:
        answering = asyncio.ensure_future(asking.ask_async("đang trả lời"))
        await asyncio.to_thread(waiting.asked.wait, 10)
        steps = asking.steps("còn chờ")
        assert asking.taken == 2
        await steps.aclose()
        left = asking.taken
        assert [step async for step in steps] == []
        waiting.released.set()
        await answering
        return left

    assert asyncio.run(leave()) == 1


def test_steps_are_busy_at_once_slow_in_time_and_fail_as_the_answer_does() -> None:
    waiting = Waiting()
    asking = Asking(waiting, 1, 0, 0.05)

    async def late() -> None:
        steps = asking.steps("chậm")
        with pytest.raises(BusyError):
            asking.steps("đầy")
        with pytest.raises(SlowError):
            await anext(steps)
        waiting.released.set()

    async def failing() -> None:
        with pytest.raises(ValueError, match="hỏng"):
            await anext(Asking(Failing(ValueError("hỏng")), 1, 0, 30).steps("?"))

    async def closed() -> None:
        ended = Asking(waiting, 1, 0, 30)
        ended.close()
        with pytest.raises(BusyError):
            ended.steps("?")

    for run in (late, failing, closed):
        asyncio.run(run())
