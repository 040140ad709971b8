"""Models from a script: one that reads perfectly, one that lies well. What they may see is their prompt."""

import re
from collections.abc import Mapping
from typing import Any

from corpus.sentences import sentences
from corpus.text import nfc
from evaluation.held import Gold, Held, Span
from evaluation.questions import LabelledQuestion
from prompts import say
from tests.assistant.generation.scripted_server import Reply, words

_PARAGRAPH = re.compile(r"^\[(\d+)\] \((.*?)\)\n(.*)$", re.MULTILINE)
_QUESTION = re.compile(r"^(?:Câu hỏi|Question): (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"^(?:Điều )?\d{1,3}[.)] ")
_MOST = 5
LIES = (
    "Năm 2024, tỉnh Bắc Giang bố trí 999 tỷ đồng cho nội dung này. [1]\n"
    "Huyện Yên Dũng đã hoàn thành toàn bộ nhiệm vụ trước ngày 01/01/2024. [2]\n"
    "Theo Chỉ thị số 88-CT/TU, các đơn vị không phải thực hiện. [1]\n"
    "Chủ tịch Nguyễn Văn A chịu trách nhiệm toàn diện. [9]\n"
)


def prompt_of(body: Mapping[str, Any]) -> str:
    """All that a request tells the model."""
    return "\n".join(message["content"] for message in body["messages"])


def paragraphs_in(body: Mapping[str, Any]) -> dict[int, str]:
    """The numbered paragraphs of a prompt."""
    return {int(number): text for number, _, text in _PARAGRAPH.findall(prompt_of(body))}


def question_in(body: Mapping[str, Any]) -> str:
    found = _QUESTION.findall(prompt_of(body))
    return str(found[-1]) if found else ""


class PerfectModel:
    """Writes the gold sentences of a question where it was given their paragraph, else that there is none."""

    def __init__(self, gold: Mapping[str, tuple[LabelledQuestion, Gold]], held: Held) -> None:
        self._gold = {nfc(" ".join(question.split())): both for question, both in gold.items()}
        self._held = held

    def __call__(self, body: dict[str, Any]) -> Reply:
        given = paragraphs_in(body)
        known = self._gold.get(nfc(question_in(body)))
        if not given or known is None:
            return Reply(["?"])
        lines = [
            f"{_NUMBER.sub('', text)} [{number}]"
            for span in self._answering(*known)
            for text in [self._held.documents[span.document_id].text[span.start : span.end]]
            for number, paragraph in given.items()
            if text in paragraph
        ]
        text = "\n".join(dict.fromkeys(lines[:_MOST])) or say("refusal", known[0].language)
        return Reply(words(text))

    def _answering(self, question: LabelledQuestion, gold: Gold) -> list[Span]:
        """The sentences that answer: those picked by a person, else those of the paragraph with the facts."""
        if gold.quotes:
            return list(gold.quotes)
        found: list[Span] = []
        for place in gold.places if question.all_gold else gold.places[:1]:
            text = self._held.documents[place.document_id].text
            parts = [
                Span(place.document_id, place.start + part.start, place.start + part.end)
                for line in [text[place.start : place.end]]
                for part in sentences(line)
            ]
            wanted = [
                part
                for part in parts
                if any(
                    fact in text[part.start : part.end]
                    for group in question.answer_contains
                    for fact in group
                )
            ]
            found += wanted or parts[:2]
        return found


def liar(_: Mapping[str, Any]) -> Reply:
    """Fluent, on the subject, and wrong in every sentence."""
    return Reply(LIES.splitlines(keepends=True))
