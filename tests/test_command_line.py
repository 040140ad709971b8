"""The commands as scripts use them: contract, exit codes, messages. Runs the real programs."""

import contextlib
import importlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RESOLUTION = next((ROOT / "documents").glob("*.txt"))
CITATION_FIELDS = set(
    "marker document_id title number location quote start end passage_id passage_text decisive page".split()  # noqa: SIM905
)
ANSWER_FIELDS = set(
    "id question understood_as answer refused reason citations passages notes mode took_ms sentences "  # noqa: SIM905
    "model prompt_version".split()
)


@dataclass(frozen=True)
class Outcome:
    returncode: int
    stdout: str
    stderr: str


def run(room: str, *arguments: str, **environment: str) -> Outcome:
    """The command's own entry point in this process: a start from scratch costs ten seconds each."""
    main = importlib.import_module(f"{room}.__main__").main
    out, err = io.StringIO(), io.StringIO()
    with (
        environment_with(environment),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(list(arguments))
    return Outcome(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def environment_with(changes: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run_program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real program, as a script starts it."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("index"))
    result = run("ingest", "--json", ASSISTANT_INDEX_DIR=folder)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["added"] == [RESOLUTION.name] and report["documents"] == 1
    return folder


def test_ingest_again_has_nothing_to_do(index: str) -> None:
    result = run("ingest", ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 0
    assert "1 văn bản" in result.stdout and "1 không đổi" in result.stdout


def test_ingest_of_a_missing_path_names_it_and_exits_2(index: str) -> None:
    result = run("ingest", "khong-co", ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 2
    assert "khong-co" in result.stderr and "Traceback" not in result.stderr


def test_a_question_as_json_follows_the_contract(index: str) -> None:
    result = run_program("assistant", "Chỉ thị số 25-CT/TU về việc gì?", "--json", ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) == ANSWER_FIELDS
    assert answer["mode"] == "extractive" and not answer["refused"] and answer["understood_as"] is None
    assert (answer["sentences"], answer["model"], answer["prompt_version"]) == ([], None, None)
    citation = answer["citations"][0]
    assert set(citation) == CITATION_FIELDS
    assert citation["location"] == "Điều 2, khoản 10, đoạn 2" and citation["number"] is None
    assert citation["quote"] in citation["passage_text"] and "tiếp công dân" in citation["quote"]
    assert set(answer["passages"][0]) == {"rank", "score", "passage_id", "location", "text"}


def test_a_question_for_people_lists_its_sources(index: str) -> None:
    result = run("assistant", "Chỉ thị số 25-CT/TU về việc gì?", ASSISTANT_INDEX_DIR=index)
    assert re.search(r"Nguồn:\n\[1\] Điều 2, khoản 10, đoạn 2 – Nghị quyết", result.stdout)


def test_a_blank_question_exits_2_with_one_line(index: str) -> None:
    result = run("assistant", "  ", ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 2 and result.stdout == ""
    assert result.stderr.strip().splitlines()[-1].startswith("Câu hỏi trống")


def test_a_batch_keeps_order_and_survives_bad_rows(index: str, tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "a", "question": "Khoản 5 Điều 2 quy định gì?", "history": []}, ensure_ascii=False),
        json.dumps({"id": "b", "question": ""}),
        "not json",
        json.dumps({"id": "d", "question": "x" * 100_000}),
        json.dumps({"id": "e", "question": "Cách nấu phở bò\ud800"}),
        json.dumps(
            {
                "id": 7,
                "question": "Còn y tế?",
                "history": [{"role": "user", "content": "Giáo dục cần làm gì?"}],
            }
        ),
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(rows), encoding="utf-8")
    result = run("assistant", "--batch", str(batch), ASSISTANT_INDEX_DIR=index)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", None, "d", "e", 7]
    assert [answer["refused"] for answer in answers] == [False, True, True, True, True, False]
    assert "dòng 3" in answers[2]["reason"] and "100.000" in answers[3]["reason"]
    assert result.returncode == 2 and "Traceback" not in result.stderr


def test_without_an_index_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    result = run("assistant", "Xử lý rác thải?", ASSISTANT_INDEX_DIR=str(tmp_path / "none"))
    assert result.returncode == 2
    assert "python -m ingest" in result.stderr and "Traceback" not in result.stderr


def test_a_bad_setting_is_named_with_its_value(index: str) -> None:
    result = run("assistant", "Rác?", ASSISTANT_INDEX_DIR=index, ASSISTANT_CHROMA_URL="chroma.local")
    assert result.returncode == 2
    assert "ASSISTANT_CHROMA_URL" in result.stderr and "chroma.local" in result.stderr
    result = run("assistant", "Rác?", ASSISTANT_INDEX_DIR=index, ASSISTANT_EMBEDDING_MODEL="/khong/co")
    assert result.returncode == 2
    assert "ASSISTANT_EMBEDDING_MODEL" in result.stderr and "Traceback" not in result.stderr


def test_the_answers_command_measures_a_question_file(index: str, tmp_path: Path) -> None:
    questions = (
        (ROOT / "evaluation" / "questions" / "resolution.tuning.jsonl").read_text("utf-8").splitlines()
    )
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(questions[:5]), encoding="utf-8")
    result = run("evaluation", "answers", str(few), "--json", ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 0, result.stderr
    (system,) = json.loads(result.stdout)["systems"]
    assert len(system["rows"]) == 5 and system["measures"]["all"]["quotes_exact"]["value"] == 1.0
    few.write_text('{"id": "x"}', encoding="utf-8")
    result = run("evaluation", "answers", str(few), ASSISTANT_INDEX_DIR=index)
    assert result.returncode == 2 and "dòng 1" in result.stderr
