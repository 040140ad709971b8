"""The measures of the evaluation with a model that reads perfectly, and with one that only lies."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from evaluation.given import from_answer
from evaluation.held import Gold, Held
from evaluation.judging import judge
from evaluation.questions import LabelledQuestion, read_questions
from ingest import LoadedDocument
from tests.assistant.generation.conftest import Written
from tests.assistant.generation.scripted_models import PerfectModel, liar

QUESTIONS = (
    Path(__file__).resolve().parents[3] / "evaluation" / "questions" / "resolution.second-tuning.jsonl"
)
HIGHER_IS_BETTER = (
    "first_citation",
    "citation_recall",
    "citation_precision",
    "facts",
    "fact_recall",
    "quotes_exact",
)


@pytest.fixture(scope="module")
def asked() -> list[LabelledQuestion]:
    return read_questions(QUESTIONS)[::4]


@pytest.fixture(scope="module")
def held(resolution: LoadedDocument) -> Held:
    return Held([resolution])


@pytest.fixture(scope="module")
def gold(asked: list[LabelledQuestion], held: Held) -> dict[str, tuple[LabelledQuestion, Gold]]:
    return {question.question: (question, held.gold(question)) for question in asked}


def measured(
    assistant: Assistant, asked: Sequence[LabelledQuestion], held: Held, *, quoting: bool
) -> dict[str, float]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for question in asked:
        answer = assistant.ask(question.question, question.history, quoting=quoting)
        for name, part in judge(question, held.gold(question), from_answer(answer, 1.0), held).items():
            sums[name][0] += part[0]
            sums[name][1] += part[1]
    return {name: top / bottom for name, (top, bottom) in sums.items() if bottom}


def test_a_perfect_model_answers_no_worse_than_quotations(
    written_by: Written,
    asked: list[LabelledQuestion],
    gold: dict[str, tuple[LabelledQuestion, Gold]],
    held: Held,
) -> None:
    assistant, server = written_by(PerfectModel(gold, held))
    quoted = measured(assistant, asked, held, quoting=True)
    written = measured(assistant, asked, held, quoting=False)
    assert server.requests
    for name in HIGHER_IS_BETTER:
        assert written[name] >= quoted[name] - 1e-9, name
    assert written["wrongly_refused"] <= quoted["wrongly_refused"]
    assert written["refusal_recall"] >= quoted["refusal_recall"]


def test_a_lying_model_changes_no_measure(
    written_by: Written, asked: list[LabelledQuestion], held: Held
) -> None:
    assistant, server = written_by(liar)
    assert measured(assistant, asked, held, quoting=False) == measured(assistant, asked, held, quoting=True)
    assert server.requests
