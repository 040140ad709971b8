"""How long answers take, asked one after the other and several at once.

The clock is around `ask`; the first questions are asked once before to warm up. Several at once share one
assistant, and each of their answers has to be the one given alone. Does not know what a good answer is.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

from tqdm import tqdm

from assistant.answer import Answer, Turn
from evaluation.percentiles import Latency, latency

_WARM_UP = 3


class Asks(Protocol):
    """What answers questions: an `Assistant`."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    text: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """Answers given one after the other, in the order of the questions, with their milliseconds."""

    answers: tuple[Answer, ...]
    milliseconds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AtOnce:
    """`threads` asking at the same time. `mixed_up`: questions whose answer was not the one given alone."""

    threads: int
    answers_per_s: float
    latency: Latency
    mixed_up: tuple[str, ...]


def ask_alone(assistant: Asks, questions: Sequence[Question]) -> Alone:
    """Ask one after the other, after a warm-up."""
    for question in questions[:_WARM_UP]:
        assistant.ask(question.text, question.history)
    shown = tqdm(questions, desc="Lần lượt", unit=" câu", disable=None)
    timed = [_timed(assistant, question) for question in shown]
    return Alone(tuple(answer for answer, _ in timed), tuple(took for _, took in timed))


def ask_at_once(assistant: Asks, questions: Sequence[Question], threads: int, alone: Alone) -> AtOnce:
    """Ask all questions again, `threads` at a time; milliseconds include the wait for each other."""
    start = threading.Barrier(threads)  # all begin together, or the first would be answered alone

    def take(first: int) -> list[tuple[int, Answer, float]]:
        start.wait()
        return [(at, *_timed(assistant, questions[at])) for at in range(first, len(questions), threads)]

    with ThreadPoolExecutor(threads) as pool:
        began = perf_counter()
        rows = [row for part in pool.map(take, range(threads)) for row in part]
        seconds = perf_counter() - began
    mixed_up = tuple(
        questions[at].text
        for at, answer, _ in sorted(rows, key=lambda row: row[0])
        if _shown(answer) != _shown(alone.answers[at])
    )
    return AtOnce(threads, round(len(rows) / seconds, 2), latency([took for *_, took in rows]), mixed_up)


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _timed(assistant: Asks, question: Question) -> tuple[Answer, float]:
    began = perf_counter()
    answer = assistant.ask(question.text, question.history)
    return answer, (perf_counter() - began) * 1000


def _shown(answer: Answer) -> dict[str, Any]:
    """All of an answer but the time it took."""
    return {name: value for name, value in answer.to_json().items() if name != "took_ms"}
