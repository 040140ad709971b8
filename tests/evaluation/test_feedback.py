"""Turn records become questions to label, the most doubtful first, without numbers of persons."""

import json
from pathlib import Path

import pytest

from evaluation.errors import QuestionFileError
from evaluation.feedback import masked, read_turns, to_label, write_rows
from evaluation.questions import read_questions

CITED = {"document_id": "d", "location": "Điều 2", "quote": "Thu gom rác."}


def turn(
    question: str, verdict: str | None = None, refused: bool = False, **more: object
) -> dict[str, object]:
    return {
        "question": question,
        "refused": refused,
        "citations": [] if refused else [CITED],
        "verdict": verdict,
        **more,
    }


def written(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_disliked_questions_come_first_and_repeated_ones_are_merged(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.jsonl",
        turn("Rác thải?", "up"),
        turn("Lương giáo viên?", refused=True),
        turn("Thu gom rác?", "wrong_source", comment="sai khoản"),
        turn("thu gom RÁC"),
        turn("Thuế?"),
    )
    rows = to_label(read_turns(path))
    assert [row["question"] for row in rows] == ["thu gom RÁC", "Lương giáo viên?", "Thuế?", "Rác thải?"]
    assert (rows[0]["asked"], rows[0]["verdicts"], rows[0]["comments"]) == (
        2,
        {"wrong_source": 1},
        ["sai khoản"],
    )
    assert rows[3]["proposed"] == [{"document": "d", "place": "Điều 2"}] and rows[0]["proposed"] == []


def test_an_unlabelled_file_is_refused_until_somebody_labels_it(tmp_path: Path) -> None:
    rows = to_label(read_turns(written(tmp_path / "t.jsonl", turn("Rác thải?", "up"))))
    write_rows(tmp_path / "q.jsonl", rows)
    with pytest.raises(QuestionFileError, match=r"dòng 1: .*chưa gán nhãn"):
        read_questions(tmp_path / "q.jsonl")
    labelled = rows[0] | {"answerable": True, "gold": rows[0]["proposed"]}
    (question,) = read_questions(written(tmp_path / "labelled.jsonl", labelled))
    assert (question.gold[0].document, question.gold[0].place) == ("d", "Điều 2")


def test_labels_are_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path / "q.jsonl", {"id": "labelled by hand"})
    with pytest.raises(QuestionFileError, match="đã có tệp này"):
        write_rows(tmp_path / "q.jsonl", [])
    assert "labelled by hand" in (tmp_path / "q.jsonl").read_text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hồ sơ của 024090001234 đâu?", "Hồ sơ của […] đâu?"),
        ("gọi 0912 345 678 hoặc a.b+c@bacgiang.gov.vn", "gọi […] hoặc […]"),
        ("Chỉ tiêu 2.024.000 tấn năm 2024, số 17-CT/TU", "Chỉ tiêu 2.024.000 tấn năm 2024, số 17-CT/TU"),
    ],
)
def test_what_names_a_person_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "row", [{"question": "?"}, turn("?", "thích"), {**turn("?"), "citations": [{"quote": "x"}]}, []]
)
def test_a_bad_record_is_named(tmp_path: Path, row: object) -> None:
    with pytest.raises(QuestionFileError, match=r"t\.jsonl, dòng 2: không phải bản ghi lượt hỏi"):
        read_turns(written(tmp_path / "t.jsonl", turn("Rác?"), row))
