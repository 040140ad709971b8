"""Exports for judges from elsewhere: the names they expect, and what stands under them."""

import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.errors import EvaluationProblem
from evaluation.export import ground_truth, write_export
from evaluation.result import SystemResult, write_result
from tests.evaluation import sample_result as sample

REFUSAL = "Các văn bản hiện có không nêu nội dung này."


@pytest.fixture(scope="module")
def system() -> SystemResult:
    return sample.answers().systems[0]


def exported(path: Path, system: SystemResult, form: str) -> list[dict[str, object]]:
    assert write_export(path, system, form) == len(system.rows)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_ragas_rows_have_the_current_and_the_long_standing_names(
    system: SystemResult, tmp_path: Path
) -> None:
    rows = exported(tmp_path / "x.jsonl", system, "ragas")
    current = ["user_input", "retrieved_contexts", "response", "reference", "reference_contexts"]
    former = ["question", "contexts", "answer", "ground_truth"]
    assert all(list(row) == current + former for row in rows)
    first, asked = rows[0], system.rows[0]
    assert first["user_input"] == first["question"] == asked.question
    assert first["retrieved_contexts"] == first["contexts"] == [sample.WASTE, sample.HEALTH]
    assert first["response"] == first["answer"] == asked.answer
    assert first["reference"] == first["ground_truth"] == sample.GOLD.text
    assert first["reference_contexts"] == [sample.WASTE]


def test_langsmith_rows_are_inputs_outputs_and_metadata(system: SystemResult, tmp_path: Path) -> None:
    rows = exported(tmp_path / "x.jsonl", system, "langsmith")
    assert all(list(row) == ["inputs", "outputs", "metadata"] for row in rows)
    assert rows[0]["inputs"] == {"question": system.rows[0].question}
    assert rows[0]["outputs"] == {"answer": sample.GOLD.text}
    assert rows[0]["metadata"] == {
        "id": "q000",
        "system": "Trợ lý",
        "answerable": True,
        "slices": system.rows[0].slices,
        "response": system.rows[0].answer,
        "refused": False,
        "contexts": [sample.WASTE, sample.HEALTH],
    }


def test_langsmith_takes_its_rows_for_examples(system: SystemResult, tmp_path: Path) -> None:
    schemas = pytest.importorskip("langsmith.schemas", reason="langsmith is not installed")
    for row in exported(tmp_path / "x.jsonl", system, "langsmith"):
        with warnings.catch_warnings():  # the name that every version knows is an alias in the newest
            warnings.simplefilter("ignore", DeprecationWarning)
            sent = schemas.ExampleCreate(**row).model_dump(by_alias=True)
        assert {name: sent[name] for name in row} == row


def test_a_question_with_a_newline_or_markup_stays_one_line_and_as_it_was(
    system: SystemResult, tmp_path: Path
) -> None:
    rows = exported(tmp_path / "x.jsonl", system, "ragas")
    assert [row["question"] for row in rows] == [row.question for row in system.rows]


def test_the_truth_is_the_reference_answer_else_the_accepted_places(system: SystemResult) -> None:
    row = system.rows[0]
    assert ground_truth(replace(row, reference="Mẫu")) == "Mẫu"
    assert ground_truth(replace(row, gold=(sample.GOLD, sample.ELSEWHERE, sample.GOLD))) == (
        f"{sample.GOLD.text}\n{sample.ELSEWHERE.text}"
    )


@pytest.mark.parametrize(
    ("slices", "question", "said"),
    [
        ({"language": "vi"}, "?", REFUSAL),
        ({"language": "en"}, "?", "No answer was found in the documents held here."),
        ({}, "Mức phí là bao nhiêu?", REFUSAL),
        (
            {},
            "How much is the environmental protection fee?",
            "No answer was found in the documents held here.",
        ),
    ],
)
def test_what_documents_do_not_say_should_be_refused_in_the_language_of_the_question(
    system: SystemResult, slices: dict[str, str], question: str, said: str
) -> None:
    row = replace(system.rows[0], answerable=False, gold=(), slices=slices, question=question)
    assert ground_truth(row) == said


def test_where_contexts_were_not_kept_the_cited_paragraphs_stand_in(
    system: SystemResult, tmp_path: Path
) -> None:
    bare = replace(system, rows=(replace(system.rows[0], contexts=()),))
    assert exported(tmp_path / "x.jsonl", bare, "ragas")[0]["contexts"] == [sample.WASTE]


def test_a_file_that_cannot_be_written_is_named(system: SystemResult, tmp_path: Path) -> None:
    with pytest.raises(EvaluationProblem, match=r"absent/x\.jsonl: không ghi được"):
        write_export(tmp_path / "absent" / "x.jsonl", system, "ragas")


def test_the_command_exports_the_system_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_result(tmp_path / "result.json", sample.answers())
    out = tmp_path / "out.jsonl"
    arguments = ["export", str(tmp_path / "result.json"), str(out), "--format", "langsmith", "--system"]
    assert main([*arguments, "BM25"]) == 0
    assert "105 câu của BM25" in capsys.readouterr().out
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["metadata"]["system"] for row in rows} == {"BM25"}
    assert main([*arguments, "không có"]) == 2
    assert "Có: Trợ lý, BM25" in capsys.readouterr().err
