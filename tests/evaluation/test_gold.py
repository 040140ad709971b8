"""Labels: read with their line numbers, found in the documents, or refused with a reason."""

import json
from pathlib import Path

import pytest

from evaluation.errors import QuestionFileError
from evaluation.held import GoldError, Held
from evaluation.questions import GoldLabel, LabelledQuestion, place, read_questions
from ingest import LoadedDocument, load

COLLECTION = Path(__file__).resolve().parents[2] / "evaluation" / "collection" / "documents"
ROW = {"id": "a", "kind": "task", "question": "Thu gom rác?", "answerable": True, "gold": ["2.4.2"]}


def asked(*labels: GoldLabel) -> LabelledQuestion:
    return LabelledQuestion("1", "task", "?", (), True, labels)


@pytest.fixture(scope="module")
def held(resolution: LoadedDocument) -> Held:
    return Held([resolution])


@pytest.fixture(scope="module")
def several(resolution: LoadedDocument) -> Held:
    files = sorted(COLLECTION.glob("*.txt"))
    return Held([resolution, *(load(file, file.name) for file in files)])


def written(path: Path, *rows: object) -> Path:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text, "utf-8")
    return path


def test_places_of_the_resolution_are_as_the_question_files_write_them(resolution: LoadedDocument) -> None:
    places = [place(passage) for passage in resolution.passages]
    assert places.count("0") == 5 and places[-1] == "end"
    assert {"1.0.4", "2.0.1", "2.2.3", "2.4.2", "2.11.1", "3.0.1"} <= set(places)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "sai định dạng"),
        ({**ROW, "answerable": None}, "chưa gán nhãn"),
        ({**ROW, "answerable": "có"}, "true hoặc false"),
        ({**ROW, "question": "  "}, "question"),
        ({**ROW, "gold": "2.4.2"}, "danh sách"),
        ({**ROW, "gold": []}, "phải có gold"),
        ({**ROW, "answerable": False}, "gold phải trống"),
        ({**ROW, "answer_contains": ["rác"]}, "answer_contains"),
        ({key: value for key, value in ROW.items() if key != "kind"}, "thiếu trường 'kind'"),
        (ROW, "đã có ở dòng 1"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_half_read(tmp_path: Path, row: object, said: str) -> None:
    path = written(tmp_path / "q.jsonl", ROW, row)
    with pytest.raises(QuestionFileError, match=r"q\.jsonl, dòng 2") as error:
        read_questions(path)
    assert said in str(error.value)


def test_a_file_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="không đọc được"):
        read_questions(tmp_path / "nowhere.jsonl")
    with pytest.raises(QuestionFileError, match="không có câu hỏi nào"):
        read_questions(written(tmp_path / "q.jsonl", ""))


def test_a_line_separator_inside_a_question_is_no_new_line(tmp_path: Path) -> None:
    path = written(tmp_path / "q.jsonl", {**ROW, "question": "Thu gom\u2028rác?"})
    assert read_questions(path)[0].question == "Thu gom\u2028rác?"


@pytest.mark.parametrize(
    "name", ["2.4.2", "Điều 2, khoản 4, đoạn 2", "đoạn 2 khoản 4 Điều 2", "Đoạn 2, khoản 4 Điều 2"]
)
def test_a_place_may_be_written_in_every_usual_way(held: Held, name: str) -> None:
    (span,) = held.gold(asked(GoldLabel(None, name))).places
    source = held.source(span)
    assert source.location == "Điều 2, khoản 4, đoạn 2" and source.text.startswith(
        "Đẩy mạnh thực hiện Chỉ thị"
    )


def test_a_khoản_means_all_its_paragraphs(held: Held) -> None:
    spans = held.gold(asked(GoldLabel(None, "khoản 4 Điều 2"))).places
    assert [held.source(span).location for span in spans] == [
        f"Điều 2, khoản 4, đoạn {number}" for number in range(1, len(spans) + 1)
    ]
    assert len(spans) >= 2


def test_exact_words_are_a_label_when_they_stand_once(held: Held) -> None:
    words = "Quan tâm đẩy mạnh hoạt động bảo đảm vệ sinh môi trường"
    (span,) = held.gold(asked(GoldLabel(None, None, words))).places
    assert held.source(span).text == words
    with pytest.raises(GoldError, match="có 0 chỗ"):
        held.gold(asked(GoldLabel(None, None, words.upper())))
    with pytest.raises(GoldError, match="cần đúng 1"):
        held.gold(asked(GoldLabel(None, None, "môi trường")))


def test_a_place_in_several_documents_needs_its_document(several: Held) -> None:
    with pytest.raises(GoldError, match="thêm trường document"):
        several.gold(asked(GoldLabel(None, "Điều 1, khoản 1")))
    with pytest.raises(GoldError, match="không có chỗ"):
        several.gold(asked(GoldLabel(None, "Điều 99")))
    with pytest.raises(GoldError, match="là 0 văn bản"):
        several.gold(asked(GoldLabel("99/NQ-HĐND", "Điều 1")))


def test_a_document_may_be_named_by_number_or_inside_the_place(several: Held) -> None:
    numbered = next(one for one in several.documents.values() if one.number and "NQ-HĐND" in one.number)
    by_field = several.gold(asked(GoldLabel(numbered.number, "Điều 1"))).places
    inside = several.gold(asked(GoldLabel(None, f"Điều 1 Nghị quyết {numbered.number}"))).places
    assert by_field == inside and {span.document_id for span in inside} == {numbered.id}
