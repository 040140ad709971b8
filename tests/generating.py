"""A stand-in for an assistant with a language model: it tells a scripted answer over real quotations.

What it answers without a model is the real assistant's; only the model's sentences are made up.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, Unpack

from assistant.answer import GENERATED, Answer, CheckedSentence, Note, Turn, Verdict
from assistant.evidence import Manner
from assistant.progress import Checked, Draft, Step, Withdrawn

MODEL = "mo-hinh-thu:3b"
HOSTILE = "<img src=x onerror=alert(1)> **đậm** [9] \u202e"
FAILED = "Mô hình ngôn ngữ không trả lời; dưới đây là các câu trích nguyên văn."
REASON = "Không thấy “Hà Nội” trong đoạn được dẫn."


class Asks(Protocol):
    """The real assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer."""
        ...


def sentences_on(quoted: Answer) -> tuple[CheckedSentence, ...]:
    """One sentence that is supported, two that are left out, one in whose place a quotation stands."""
    first, last = quoted.citations[0].quote, quoted.citations[-1].quote
    number = len(quoted.citations)
    wrong = f"Thủ đô Hà Nội xây ba nhà máy {HOSTILE}."
    return (
        CheckedSentence(f"Văn bản nêu: {first} {HOSTILE}", Verdict.SUPPORTED, (1,), "Văn bản nêu", None),
        CheckedSentence("", Verdict.REMOVED, (), wrong, REASON),
        CheckedSentence("", Verdict.REMOVED, (), wrong, f"Sai {HOSTILE}"),
        CheckedSentence(f"“{last}”", Verdict.REPLACED, (number,), wrong, "Số 3 không có trong đoạn."),
        CheckedSentence("Vì vậy cần khẩn trương", Verdict.SUPPORTED, (1, number), "Vì vậy", None),
    )


def generated(quoted: Answer) -> Answer:
    """The answer of the model on what was quoted."""
    sentences = sentences_on(quoted)
    return replace(
        quoted,
        text="\n".join(one.line for one in sentences if one.text),
        mode=GENERATED,
        sentences=sentences,
        model=MODEL,
        prompt_version="thu-1",
    )


class Generating:
    """Answers as `generated`, step by step; with `gated`, only as far as `go` was released.

    `fails`: the model fails after its last sentence, so that the quoted answer comes with a note. `manners`:
    how it was asked, each time.
    """

    def __init__(self, quoting: Asks, *, gated: bool = False, fails: bool = False) -> None:
        self._quoting, self._fails = quoting, fails
        self.go = threading.Semaphore(0) if gated else None
        self.manners: list[Manner] = []

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer, telling the listener."""
        self.manners.append(manner)
        quoted = self._quoting.ask(question, history, as_typed=manner.get("as_typed", False))
        if manner.get("quoting") or quoted.refused:
            return quoted
        told = manner.get("listener", lambda _: None)
        for step in self._steps(quoted):
            self._wait()
            told(step)
        self._wait()
        if self._fails:
            return replace(quoted, notes=(*quoted.notes, Note(FAILED)), model=MODEL)
        return generated(quoted)

    def _steps(self, quoted: Answer) -> list[Step]:
        steps: list[Step] = []
        for sentence in sentences_on(quoted):
            steps.append(Draft(f"{sentence.written} "))
            steps.append(Checked(sentence, quoted.citations[: max(sentence.markers, default=1)]))
        return [*steps, Withdrawn()] if self._fails else steps

    def _wait(self) -> None:
        if self.go is not None:
            assert self.go.acquire(timeout=60), "the test has ended without letting the model go on"
