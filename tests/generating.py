"""A stand-in for an assistant with a language model: it tells a scripted answer over real quotations.

What it answers without a model is the real assistant's; only the model's sentences are made up.
"""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, Unpack

from assistant.answer import GENERATED, Answer, CheckedSentence, Note, Turn, Verdict
from assistant.evidence import Manner
from assistant.progress import Checked, Draft, Step, Withdrawn
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone

MODEL = "mo-hinh-thu:3b"
HOSTILE = "<img src=x onerror=alert(1)> **đậm** [9] \u202e"
FAILED = "Mô hình ngôn ngữ không trả lời; dưới đây là các câu trích nguyên văn."
REASON = "Không thấy “Hà Nội” trong đoạn được dẫn."


class Asks(Protocol):
    """The real assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer."""
        ...


def citations_on(quoted: Answer) -> tuple[Citation, ...]:
    """Those of the quoted answer, and where it has but one, the sentence that follows it in its paragraph."""
    (first, *others) = quoted.citations
    rest = first.passage.text[first.span_in_passage[1] :]
    following = re.search(r"\w[^.;]{40,}\.?", rest)
    if others or following is None:
        return quoted.citations
    start, end = following.span()
    return first, replace(first, start=first.end + start, end=first.end + end, decisive=())


def sentences_on(citations: Sequence[Citation]) -> tuple[CheckedSentence, ...]:
    """One sentence that is supported, two that are left out, one in whose place a quotation stands."""
    first, last = citations[0].quote, citations[-1].quote
    number = len(citations)
    wrong = f"Thủ đô Hà Nội xây ba nhà máy {HOSTILE}."
    return (
        CheckedSentence(f"Văn bản nêu: {first} {HOSTILE}", Verdict.SUPPORTED, (1,), "Văn bản nêu", None),
        CheckedSentence("", Verdict.REMOVED, (), wrong, REASON),
        CheckedSentence("", Verdict.REMOVED, (), wrong, f"Sai {HOSTILE}"),
        CheckedSentence(f"“{last}”", Verdict.REPLACED, (number,), wrong, "Số 3 không có trong đoạn."),
        CheckedSentence("Vì vậy cần khẩn trương", Verdict.SUPPORTED, (1, number), "Vì vậy", None),
    )


Write = Callable[[Sequence[Citation]], tuple[CheckedSentence, ...]]


def generated(quoted: Answer, write: Write = sentences_on) -> Answer:
    """The answer of the model on what was quoted."""
    citations = citations_on(quoted)
    sentences = write(citations)
    return replace(
        quoted,
        citations=citations,
        text="\n".join(one.line for one in sentences if one.text),
        mode=GENERATED,
        sentences=sentences,
        model=MODEL,
        prompt_version="thu-1",
    )


def generated_on(text: str) -> Answer:
    """The answer of the model on a document of one paragraph."""
    document = Document("d", None, None, None, None, None, None, "d.txt", "", text)
    passage = Passage("d:0", "d", 0, len(text), Zone.BODY, (), 1, "Nội dung", text)
    cited = (Citation(document, passage, 0, len(text)),)
    return generated(Answer("?", None, "vi", "…", cited, (), False, None, "extractive", 1))


class Generating:
    """Answers as `generated`, step by step; with `gated`, only as far as `go` was released.

    `fails`: the model fails after its last sentence, so that the quoted answer comes with a note. `manners`:
    how it was asked, each time.
    """

    def __init__(
        self, quoting: Asks, *, gated: bool = False, fails: bool = False, write: Write = sentences_on
    ) -> None:
        self._quoting, self._fails, self._write = quoting, fails, write
        self.go = threading.Semaphore(0) if gated else None
        self.manners: list[Manner] = []

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer, telling the listener."""
        self.manners.append(manner)
        quoted = self._quoting.ask(question, history, as_typed=manner.get("as_typed", False))
        if manner.get("quoting") or quoted.refused:
            return quoted
        answer = generated(quoted, self._write)
        told = manner.get("listener", lambda _: None)
        for step in self._steps(answer):
            self._wait()
            told(step)
        self._wait()
        if self._fails:
            return replace(quoted, notes=(*quoted.notes, Note(FAILED)), model=MODEL)
        return answer

    def _steps(self, answer: Answer) -> list[Step]:
        steps: list[Step] = []
        known = 0
        for sentence in answer.sentences:
            known = max(known, *sentence.markers, 0)
            steps.append(Draft(f"{sentence.written} "))
            steps.append(Checked(sentence, answer.citations[:known]))
        return [*steps, Withdrawn()] if self._fails else steps

    def _wait(self) -> None:
        if self.go is not None:
            assert self.go.acquire(timeout=60), "the test has ended without letting the model go on"
