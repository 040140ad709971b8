"""What is suggested next can be answered, is new, and says the other side of a matter."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, Turn
from assistant.chain import Assistant
from assistant.question import language_of
from assistant.suggestions import MOST, proposals, suggested
from corpus.text import search_terms
from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    documents = tmp_path_factory.mktemp("suggestions") / "documents"
    documents.mkdir()
    for name in ("nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt", "related.yaml"):
        (documents / name).write_bytes((ROOT / "documents" / name).read_bytes())
    location = IndexLocation(documents.parent / "index", None, documents / "related.yaml")
    encoder = BagOfWordsEncoder()
    sync([documents], documents, location, encoder)
    return Assistant.open(location, encoder)


def _suggested(assistant: Assistant, answer: Answer, asked: Sequence[str]) -> tuple[list[str], int]:
    """The suggestions, and how often the assistant was asked for them."""
    asks = []
    history = [Turn("user", asked[-1]), Turn("assistant", answer.text)]

    async def ask(question: str) -> Answer:
        asks.append(question)
        return assistant.ask(question, history)

    return asyncio.run(suggested(answer, asked, assistant.index, ask)), len(asks)


@pytest.mark.parametrize(
    "question",
    [
        "Phải làm gì để xử lý rác thải?",
        "Nhiệm vụ cải cách hành chính và chuyển đổi số là gì?",
        "Thu ngân sách được đánh giá thế nào?",
        "Giá vé máy bay đi Paris?",
        "What has to be done about digital transformation?",
    ],
)
def test_every_suggestion_is_answered_with_a_citation_and_is_new(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    found, asks = _suggested(assistant, answer, [question])
    assert asks <= MOST
    history = [Turn("user", question), Turn("assistant", answer.text)]
    for one in found:
        reply = assistant.ask(one, history)
        assert not reply.refused and reply.citations
        assert search_terms(one) != search_terms(question)
        assert language_of(one) == language_of(question)
    assert len(set(found)) == len(found)


def test_of_a_task_the_assessment_is_suggested_first_and_is_not_asked_twice(assistant: Assistant) -> None:
    question = "Nhiệm vụ về chuyển đổi số là gì?"
    answer = assistant.ask(question)
    assessment = "Chuyển đổi số được đánh giá thế nào?"
    assert proposals(answer, [question], assistant.index)[0].question == assessment
    asked = [assessment, question]
    assert assessment not in [one.question for one in proposals(answer, asked, assistant.index)]


def test_what_is_refused_or_quotes_the_same_again_is_not_suggested(assistant: Assistant) -> None:
    answer = assistant.ask("Phải làm gì để xử lý rác thải?")
    refusal = assistant.ask("Giá vé máy bay đi Paris?")

    def with_every(reply: Answer) -> list[str]:
        async def ask(_: str) -> Answer:
            return reply

        return asyncio.run(suggested(answer, [answer.question], assistant.index, ask))

    assert proposals(answer, [answer.question], assistant.index)
    assert refusal.refused and with_every(refusal) == []
    assert with_every(answer) == []


def test_nothing_is_suggested_beside_a_text_that_is_no_longer_held(
    assistant: Assistant, tmp_path: Path
) -> None:
    answer = assistant.ask("Phải làm gì để xử lý rác thải?")
    other = tmp_path / "documents"
    other.mkdir()
    (other / "khac.txt").write_text("QUYẾT ĐỊNH\nĐiều 1. Giao Sở Y tế.\nĐiều 2. Hết.", encoding="utf-8")
    location = IndexLocation(tmp_path / "index", None, None)
    sync([other], other, location, BagOfWordsEncoder())
    assert proposals(answer, [], Assistant.open(location, BagOfWordsEncoder()).index) == []
