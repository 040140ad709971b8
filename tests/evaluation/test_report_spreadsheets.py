"""The CSV tables of a report, as a spreadsheet reads them."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.report.spreadsheets import write_measures, write_questions
from evaluation.result import Result
from tests.evaluation import sample_result as sample


@pytest.fixture(scope="module")
def answers() -> Result:
    return sample.answers()


@pytest.fixture
def folder(answers: Result, tmp_path: Path) -> Path:
    write_measures(tmp_path / "measures.csv", answers)
    write_questions(tmp_path / "questions.csv", answers)
    return tmp_path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_hold_every_measure_and_question_in_full(answers: Result, folder: Path) -> None:
    measures = rows_of(folder / "measures.csv")
    line = next(
        row for row in measures if (row["system"], row["slice"], row["measure"]) == ("BM25", "all", "facts")
    )
    item = answers.systems[1].measures["all"]["facts"]
    assert [float(line[name]) for name in ("value", "low", "high")] == [item.value, item.low, item.high]
    questions = rows_of(folder / "questions.csv")
    assert [(row["system"], row["id"]) for row in questions] == [
        (system.name, row.id) for system in answers.systems for row in system.rows
    ]
    facts = next(row for row in questions if row["id"] == "h-facts")
    assert facts["question"] == "Nhà máy nào?\nDòng thứ hai của câu hỏi"
    assert (facts["first_citation"], facts["fact_recall"], facts["refusal_recall"]) == ("1.0", "0.5", "")
    assert facts["cited"].endswith(": Điều 9") and facts["slice: language"] == "vi"


def test_spreadsheets_take_the_tables_for_utf8_and_no_cell_for_a_formula(folder: Path) -> None:
    for name in ("measures.csv", "questions.csv"):
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")
        for row in rows_of(folder / name):
            assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
    questions = rows_of(folder / "questions.csv")
    assert next(row for row in questions if row["id"] == "h-refused")["question"] == f"'{sample.FORMULA}"


@pytest.mark.parametrize("text", ["=1+1", "+84 123", "-x", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1"])
def test_a_question_that_opens_a_formula_is_neutralised(text: str, answers: Result, tmp_path: Path) -> None:
    row = replace(answers.systems[0].rows[0], question=text, answer=text, id=text)
    system = sample.system(text, "", (row,), answers.systems[0].cost)
    write_measures(tmp_path / "measures.csv", replace(answers, systems=(system,)))
    write_questions(tmp_path / "questions.csv", replace(answers, systems=(system,)))
    (line,) = rows_of(tmp_path / "questions.csv")
    assert all(line[name].startswith("'") for name in ("system", "id", "question", "answer"))
    assert rows_of(tmp_path / "measures.csv")[0]["system"].startswith("'")
