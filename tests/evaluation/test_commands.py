"""The commands as an analyst types them, over the shipped resolution with the default encoder."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.checking import problems_of
from evaluation.formats import read_question_set
from evaluation.held import Held
from evaluation.result import read_result
from ingest import LoadedDocument, load
from ingest.__main__ import main as ingest

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "evaluation" / "questions"
COLLECTION = ROOT / "evaluation" / "collection"
FEW = 12


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = (QUESTIONS / "resolution.tuning.jsonl").read_text("utf-8").splitlines()
    path = tmp_path_factory.mktemp("few") / "few.jsonl"
    path.write_text("\n".join(rows[:: len(rows) // FEW][:FEW]), "utf-8")
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("evaluation")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ASSISTANT_INDEX_DIR", str(folder / "index"))
        environment.setenv("ASSISTANT_DOCUMENTS_DIR", str(ROOT / "documents"))
        assert ingest([]) == 0
        yield folder


def test_answers_are_measured_and_reported(
    index: Path, few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = index / "report"
    assert main(["answers", str(few), "--out", str(out), "--errors"]) == 0
    printed = capsys.readouterr().out
    assert "Trích dẫn đầu đúng" in printed and f"{FEW} câu" in printed
    result = read_result(out / "result.json")
    assert len(result.systems[0].rows) == FEW
    assert result.systems[0].measures["all"]["quotes_exact"].value == 1.0
    assert {"questions", "documents", "program"} <= set(result.provenance.hashes)
    assert str(Path.home()) not in result.provenance.command
    page = (out / "report.html").read_text("utf-8")
    assert "<html" in page and "http://" not in page.replace("http://www.w3.org", "")
    with (out / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == FEW


def test_a_baseline_that_never_refuses_is_shown_for_what_it_is(
    index: Path, few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", str(few), "--system", "hybrid,bm25", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    product, baseline = (system["measures"]["all"] for system in row["systems"])
    assert baseline["refusal_recall"]["value"] == 0.0 < product["refusal_recall"]["value"]
    assert baseline["quotes_exact"]["value"] == 1.0


def test_two_results_are_compared(index: Path, few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("hybrid", "dense"):
        assert main(["answers", str(few), "--system", name, "--out", str(index / name)]) == 0
    capsys.readouterr()
    files = [str(index / name / "result.json") for name in ("hybrid", "dense")]
    assert main(["compare", *files]) == 0
    printed = capsys.readouterr().out
    assert f"{FEW} câu chung" in printed and "Từ chối đúng" in printed
    assert main(["compare", files[0], files[0], "--second-system", "bm25"]) == 2
    assert "không có hệ thống 'bm25'. Có: hybrid" in capsys.readouterr().err


def test_answers_of_a_file_are_judged_like_our_own(
    index: Path, few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.__main__ import main as assistant

    assert assistant(["--batch", str(few)]) == 0
    (index / "given.jsonl").write_text(capsys.readouterr().out, "utf-8")
    assert main(["answers", str(few), "--answers", str(index / "given.jsonl"), "--json"]) == 0
    given = json.loads(capsys.readouterr().out)["systems"][0]
    assert main(["answers", str(few), "--json"]) == 0
    asked = json.loads(capsys.readouterr().out)["systems"][0]
    assert given["measures"] == asked["measures"]


def test_robustness_asks_every_variant(index: Path, few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["robustness", str(few)]) == 0
    printed = capsys.readouterr().out
    assert "variant=no_diacritics" in printed and "variant=original" in printed and "Nhất quán" in printed


def test_another_folder_may_be_asked(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions, documents = COLLECTION / "questions.jsonl", COLLECTION / "documents"
    assert main(["answers", str(questions), "--documents", str(documents)]) == 0
    assert "document=mau-" in capsys.readouterr().out


def test_labels_that_fit_nowhere_stop_the_run(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", str(COLLECTION / "questions.jsonl")]) == 2
    assert "nhãn không khớp văn bản đang có" in capsys.readouterr().err


def test_without_an_index_the_mend_is_named(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX_DIR", str(tmp_path / "none"))
    assert main(["answers", str(few)]) == 2
    assert "python -m ingest" in capsys.readouterr().err


def test_every_question_file_of_the_repository_can_be_trusted(resolution: LoadedDocument) -> None:
    """Held-out files are looked at by program only."""
    sets = [read_question_set(file) for file in sorted(QUESTIONS.glob("*.jsonl"))]
    assert problems_of(sets, Held([resolution])) == []
    asked = [question for questions in sets for question in questions.questions]
    assert len(asked) >= 1000 and sum(not question.answerable for question in asked) >= 300
    files = sorted((COLLECTION / "documents").glob("*.txt"))
    held = Held(load(file, file.name) for file in files)
    assert problems_of([read_question_set(COLLECTION / "questions.jsonl")], held) == []


def test_a_file_with_wrong_labels_is_told_so(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"id": "a", "kind": "task", "question": "Rác?", "answerable": True, "gold": ["2.4.2"]}
    rows = [
        row | {"answer_contains": [["không có trong văn bản"]]},
        row | {"id": "b", "gold": ["2.99.1"], "question": "Gì?"},
        row | {"id": "c", "question": "rác"},
        row | {"id": "d", "question": "A?", "group": "g"},
        row | {"id": "e", "question": "B?", "group": "g", "gold": ["2.5.1"]},
    ]
    path = tmp_path / "wrong.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), "utf-8")
    assert main(["check", str(path), "--documents", str(ROOT / "documents")]) == 1
    printed = capsys.readouterr().out
    for said in ("dữ kiện 'không có trong văn bản'", "không có chỗ '2.99.1'", "trùng câu hỏi", "khác nhãn"):
        assert said in printed
