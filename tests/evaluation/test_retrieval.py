"""The retrieval command on a small BEIR folder: a run, its measures, errors with line numbers."""

import json
from pathlib import Path

import pytest

from evaluation.retrieval import DatasetError, measured, read_dataset, retrieval_run, write_run
from tests.fakes import BagOfWordsEncoder

TEXTS = {
    "luật::1": "Thu gom và phân loại rác thải sinh hoạt tại hộ gia đình.",
    "luật::2": "Tuyển dụng công chức được thực hiện thông qua thi tuyển.",
    "luật::3": "Nhà thầu nộp bảo đảm dự thầu trước khi mở thầu.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def lines(rows: list[dict[str, str]]) -> str:
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)

    (tmp_path / "corpus.jsonl").write_text(lines([{"id": i, "text": t} for i, t in TEXTS.items()]), "utf-8")
    queries = [{"id": "q1", "text": "phân loại rác"}, {"id": "q2", "text": "thi tuyển công chức"}]
    (tmp_path / "queries.jsonl").write_text(lines(queries), "utf-8")
    (tmp_path / "qrels.tsv").write_text("q1\tluật::1\t1\nq2\tluật::2\t1\n", "utf-8")
    return tmp_path


def test_right_documents_come_first_with_and_without_diacritics(folder: Path, tmp_path: Path) -> None:
    dataset = read_dataset(folder)
    for without in (False, True):
        run = retrieval_run(dataset, BagOfWordsEncoder(), tmp_path / "cache", without_diacritics=without)
        assert measured(dataset, run)["nDCG@10"] == 1.0


def test_a_run_is_written_in_trec_form(folder: Path, tmp_path: Path) -> None:
    dataset = read_dataset(folder)
    write_run(tmp_path / "run.trec", retrieval_run(dataset, BagOfWordsEncoder(), tmp_path / "cache"))
    first = (tmp_path / "run.trec").read_text("utf-8").splitlines()[0].split("\t")
    assert first[:4] == ["q1", "Q0", "luật::1", "1"] and len(first) == 6


def test_shuffled_judgements_score_lower(folder: Path, tmp_path: Path) -> None:
    (folder / "qrels.tsv").write_text("q1\tluật::3\t1\nq2\tluật::3\t1\n", "utf-8")
    dataset = read_dataset(folder)
    assert measured(dataset, retrieval_run(dataset, BagOfWordsEncoder(), tmp_path / "cache"))["nDCG@10"] < 0.7


def test_a_bad_line_is_named(folder: Path) -> None:
    (folder / "queries.jsonl").write_text('{"id": "q1", "text": "a"}\n{"id": "q2"}\n', "utf-8")
    with pytest.raises(DatasetError, match=r"queries\.jsonl, dòng 2"):
        read_dataset(folder)
    (folder / "queries.jsonl").unlink()
    with pytest.raises(DatasetError, match=r"queries\.jsonl: không đọc được"):
        read_dataset(folder)
