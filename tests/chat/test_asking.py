"""What is asked of the assistant, what a conversation becomes by it, and what is kept of it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path
from typing import Unpack

import pytest

from assistant.answer import Answer, Turn, unanswered
from assistant.evidence import Manner
from assistant.progress import Step
from assistant.question import QuestionError
from chat.asking import Asker, ask, ask_again
from chat.exchange import MOST_QUESTIONS, Conversation, Exchange
from chat.texts import EN, VI, Texts
from chat.visitor import Visitor
from corpus.errors import ProductError
from records import Records

NOTHING_KEPT = Records(None, 1)
USUAL: Manner = {"as_typed": False, "quoting": False}


class _Queue:
    """Records what it is asked, and answers with the question in capitals or raises `error`."""

    def __init__(self, error: Exception | None = None, told: Sequence[Step] = ()) -> None:
        self.asked: list[tuple[str, list[Turn], Manner]] = []
        self._error, self._told = error, told

    async def ask_async(
        self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]
    ) -> Answer:
        raise AssertionError("a conversation wants to see the steps")

    async def steps(
        self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]
    ) -> AsyncGenerator[Step | Answer, None]:
        self.asked.append((question, list(history), manner))
        if self._error is not None:
            raise self._error
        for step in self._told:
            yield step
        yield unanswered(question, question.upper())


class _FullError(ProductError):
    retry_after = 2


def _exchange(question: str, understood_as: str | None = None, *, as_typed: bool = False) -> Exchange:
    answer = Answer(question, understood_as, "vi", "…", (), (), False, None, "extractive", 1)
    return Exchange(question, answer, as_typed=as_typed)


def _steps(steps: AsyncIterator[Conversation]) -> list[tuple[Exchange, ...]]:
    async def collected() -> list[tuple[Exchange, ...]]:
        return [step.exchanges async for step in steps]

    return asyncio.run(collected())


def test_a_question_is_shown_before_its_answer() -> None:
    queue = _Queue()
    earlier = Conversation("c", (_exchange("a"),))
    pending, answered = _steps(ask(Asker(queue, NOTHING_KEPT), "b", earlier))
    assert pending[:1] == answered[:1] == earlier.exchanges
    assert pending[1] == Exchange("b")
    assert answered[1].answer is not None and answered[1].answer.text == "B"
    assert queue.asked == [("b", [Turn("user", "a"), Turn("assistant", "…")], USUAL)]


def test_a_blank_question_is_not_asked_and_neither_is_one_too_many() -> None:
    queue = _Queue()
    full = Conversation("c", (_exchange("a"),) * MOST_QUESTIONS)
    assert _steps(ask(Asker(queue, NOTHING_KEPT), " \n", Conversation("c"))) == []
    assert _steps(ask(Asker(queue, NOTHING_KEPT), "b", full)) == []
    assert queue.asked == []


def test_as_typed_asks_the_same_question_with_what_came_before_it() -> None:
    queue = _Queue()
    conversation = Conversation("c", (_exchange("a"), _exchange("thu hut", "thu hút"), _exchange("c")))
    pending, answered = _steps(ask_again(Asker(queue, NOTHING_KEPT), 2, conversation))
    assert pending == (*conversation.exchanges, Exchange("thu hut", as_typed=True))
    assert answered[:3] == conversation.exchanges
    assert (answered[3].question, answered[3].as_typed, answered[3].pending) == ("thu hut", True, False)
    assert queue.asked == [
        ("thu hut", [Turn("user", "a"), Turn("assistant", "…")], {"as_typed": True, "quoting": False})
    ]


@pytest.mark.parametrize("turn", [0, -1, 3, 5, 1, 2, 1.5, "4", None, [4], float("nan")])
def test_only_a_turn_that_offers_it_is_asked_again(turn: object) -> None:
    exchanges = (
        _exchange("taken as typed"),
        _exchange("repeated", "x (tiếp câu: “a”)", as_typed=True),
        Exchange("problem", problem="lỗi"),
        _exchange("reworded", "y"),
    )
    queue = _Queue()
    assert _steps(ask_again(Asker(queue, NOTHING_KEPT), turn, Conversation("c", exchanges))) == []
    assert queue.asked == []


@pytest.mark.parametrize(
    ("error", "texts", "told"),
    [
        (ProductError("Câu hỏi quá dài."), VI, "Câu hỏi quá dài."),
        (QuestionError("Câu hỏi quá dài."), EN, EN.not_taken),
        (_FullError("đầy"), VI, VI.busy),
        (_FullError("đầy"), EN, EN.busy),
        (TimeoutError(), VI, VI.timeout),
        (ValueError("/home/x"), VI, VI.unexpected),
        (ValueError("/home/x"), EN, EN.unexpected),
    ],
)
def test_a_problem_is_told_in_one_plain_line_in_place_of_the_answer(
    error: Exception, texts: Texts, told: str
) -> None:
    asker = Asker(_Queue(error), NOTHING_KEPT, Visitor("browser:x"), texts)
    *_, answered = _steps(ask_again(asker, 1, Conversation("c", (_exchange("thu hut", "thu hút"),))))
    assert answered[1] == Exchange("thu hut", problem=told, as_typed=True)
    assert told and "\n" not in told


def test_an_answer_is_kept_for_who_asked_it_and_a_problem_is_not(tmp_path: Path) -> None:
    records = Records.open(tmp_path / "r.sqlite", 1)
    asker = Asker(_Queue(), records, Visitor("browser:x"))
    *_, (asked,) = _steps(ask(asker, "b", Conversation("c")))
    (kept,) = records.turns("browser:x", "c")
    assert (kept.id, kept.question, kept.answer["answer"]) == (asked.turn_id, "b", "B")
    _steps(ask(Asker(_Queue(TimeoutError()), records, Visitor("browser:x")), "d", Conversation("c")))
    _steps(ask(Asker(_Queue(), records, Visitor()), "nobody asks", Conversation("c")))
    assert len(records.all_turns()) == 1
