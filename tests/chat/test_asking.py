"""What is asked of the assistant, and what a conversation becomes by it."""

import pytest

from assistant.answer import Answer, Turn, unanswered
from chat import texts
from chat.asking import Conversation, ask, ask_as_typed
from chat.exchange import Exchange
from corpus.errors import ProductError


class _Assistant:
    """Records what it is asked, and answers with the question in capitals or raises `error`."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[tuple[str, list[Turn], bool]] = []
        self._error = error

    def ask(self, question: str, history: list[Turn], *, as_typed: bool = False) -> Answer:
        self.asked.append((question, history, as_typed))
        if self._error is not None:
            raise self._error
        return unanswered(question, question.upper())

    def examples(self) -> list[str]:
        return []


def _exchange(question: str, understood_as: str | None = None, *, as_typed: bool = False) -> Exchange:
    answer = Answer(question, understood_as, "vi", "…", (), (), False, None, "extractive", 1)
    return Exchange(question, answer, as_typed=as_typed)


def test_a_question_is_shown_before_its_answer() -> None:
    assistant = _Assistant()
    earlier = (_exchange("a"),)
    pending, answered = ask(assistant, "b", earlier)
    assert pending[:1] == answered[:1] == earlier
    assert pending[1] == Exchange("b")
    assert answered[1].answer is not None and answered[1].answer.text == "B"
    assert assistant.asked == [("b", [Turn("user", "a"), Turn("assistant", "…")], False)]


def test_a_blank_question_is_not_asked() -> None:
    assistant = _Assistant()
    assert list(ask(assistant, " \n", ())) == []
    assert assistant.asked == []


def test_as_typed_asks_the_same_question_with_what_came_before_it() -> None:
    assistant = _Assistant()
    conversation = (_exchange("a"), _exchange("thu hut", "thu hút"), _exchange("c"))
    pending, answered = ask_as_typed(assistant, 2, conversation)
    assert pending == (*conversation, Exchange("thu hut", as_typed=True))
    assert answered[:3] == conversation
    assert (answered[3].question, answered[3].as_typed, answered[3].pending) == ("thu hut", True, False)
    assert assistant.asked == [("thu hut", [Turn("user", "a"), Turn("assistant", "…")], True)]


@pytest.mark.parametrize("turn", [0, -1, 3, 5, 1, 2, 1.5, "4", None, [4], float("nan")])
def test_only_a_turn_that_offers_it_is_asked_again(turn: object) -> None:
    conversation: Conversation = (
        _exchange("taken as typed"),
        _exchange("repeated", "x (tiếp câu: “a”)", as_typed=True),
        Exchange("problem", problem="lỗi"),
        _exchange("reworded", "y"),
    )
    assistant = _Assistant()
    assert list(ask_as_typed(assistant, turn, conversation)) == []
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("error", "told"),
    [(ProductError("Câu hỏi quá dài."), "Câu hỏi quá dài."), (ValueError(), texts.UNEXPECTED)],
)
def test_a_problem_is_told_in_place_of_the_answer(error: Exception, told: str) -> None:
    *_, answered = ask_as_typed(_Assistant(error), 1, (_exchange("thu hut", "thu hút"),))
    assert answered[1] == Exchange("thu hut", problem=told, as_typed=True)
