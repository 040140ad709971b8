"""Every form of question file and dataset: read whole, or refused with the line."""

import json
import unicodedata
from pathlib import Path

import pytest

from evaluation.errors import DatasetError, QuestionFileError
from evaluation.formats import read_dataset, read_question_set, read_retrieval_set
from evaluation.formats.trec import read_qrels, read_run, write_run
from evaluation.held import Held

CORPUS = {"luật::1": "Thu gom rác thải sinh hoạt.", "luật 2": "Thi tuyển công chức."}
QUERIES = {"q1": "phân loại rác", "q2": "thi tuyển"}


def lines(rows: list[dict[str, object]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text(lines([{"id": i, "text": t} for i, t in CORPUS.items()]), "utf-8")
    (tmp_path / "queries.jsonl").write_text(
        lines([{"id": i, "text": t} for i, t in QUERIES.items()]), "utf-8"
    )
    (tmp_path / "qrels.tsv").write_text("q1\tluật::1\t1\nq2\tluật 2\t1\n", "utf-8")
    return tmp_path


def test_a_beir_folder_is_read_with_and_without_its_official_names(folder: Path) -> None:
    plain = read_dataset(folder)
    (folder / "corpus.jsonl").write_text(
        lines([{"_id": i, "title": "", "text": t} for i, t in CORPUS.items()])
    )
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    qrels = folder / "qrels" / "test.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\n" + qrels.read_text())
    official = read_dataset(folder)
    assert official.queries == plain.queries and official.qrels == plain.qrels
    assert [d.document.text for d in official.documents] == [d.document.text for d in plain.documents]


def test_answers_beside_a_beir_folder_are_what_a_right_answer_shows(folder: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "q1", "answers": ["Thu gom", "thu gom rác"], "is_impossible": False},
        {"id": "q2", "answers": [], "is_impossible": True},
    ]
    (folder / "answers.jsonl").write_text(lines(rows), "utf-8")
    questions = read_question_set(folder)
    assert [q.answerable for q in questions.questions] == [True, False]
    assert questions.questions[0].answer_contains == (("Thu gom", "thu gom rác"),)
    gold = Held(questions.documents or ()).gold(questions.questions[0])
    assert [span.document_id for span in gold.places] == ["luật::1"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "queries.jsonl",
            '{"id": "q1", "text": "a"}\n{"id": "q2"}\n',
            r"queries\.jsonl, dòng 2: cần JSON có id, text",
        ),
        (
            "queries.jsonl",
            '{"id": "q1", "text": "a"}\n{"id": "q1", "text": "b"}',
            r"dòng 2: id 'q1' có hai lần",
        ),
        ("corpus.jsonl", '{"id": "x", "text": 5}', r"corpus\.jsonl, dòng 1"),
        ("qrels.tsv", "q1\tluật::1\t1\nq1\tluật::9\t1\n", r"qrels\.tsv, dòng 2: id 'luật::9' không có"),
        ("qrels.tsv", "q1\tluật::1\t1\nq9\tluật::1\t1\n", r"qrels\.tsv, dòng 2: id 'q9' không có"),
        ("qrels.tsv", "q1\tluật::1\t1\nq1 luật\n", r"qrels\.tsv, dòng 2: cần ba cột"),
        (
            "answers.jsonl",
            '{"id": "q1", "answers": "rác"}',
            r"answers\.jsonl, dòng 1: answers phải là danh sách",
        ),
    ],
)
def test_a_bad_line_of_a_beir_folder_is_named(folder: Path, name: str, text: str, said: str) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(DatasetError, match=said):
        read_question_set(folder)


def test_a_folder_without_its_files_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"corpus\.jsonl: không đọc được.*Cần thư mục dạng BEIR"):
        read_dataset(tmp_path)


def test_trec_files_are_read_with_tabs_or_blanks(tmp_path: Path) -> None:
    qrels, run = tmp_path / "q", tmp_path / "r"
    qrels.write_text("q1 0 d1 1\nq1 0 d2 0\n")
    assert [(q.doc_id, q.relevance) for q in read_qrels(qrels)] == [("d1", 1), ("d2", 0)]
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\tluật 2\t1\n", "utf-8")
    assert [q.doc_id for q in read_qrels(qrels)] == ["luật 2"]
    run.write_text("q1 Q0 d1 1 3.5 x\nq1 Q0 d2 2 1e-3 x\n")
    assert [(d.doc_id, d.score) for d in read_run(run)] == [("d1", 3.5), ("d2", 0.001)]
    write_run(tmp_path / "copy", read_run(run))
    assert read_run(tmp_path / "copy") == read_run(run)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q1 Q0 d1 1 3.5\n", "dòng 1: cần sáu cột"),
        ("q1 Q0 d1 1 3.5 x\nq1 Q0 d2 2 cao x\n", "dòng 2: điểm 'cao'"),
        ("q1 Q0 d1 1 nan x\n", "dòng 1: điểm 'nan'"),
        ("q1 Q0 d1 1 2 x\nq1 Q0 d1 2 1 x\n", "dòng 2: văn bản 'd1' có hai lần"),
    ],
)
def test_a_bad_line_of_a_run_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r").write_text(text)
    with pytest.raises(DatasetError, match=said):
        read_run(tmp_path / "r")


def squad(context: str, answer: str, start: int, **more: object) -> str:
    row = {"id": "s1", "question": "Gì?", "answers": [{"text": answer, "answer_start": start}], **more}
    return json.dumps({"data": [{"title": "Bài", "paragraphs": [{"context": context, "qas": [row]}]}]})


def test_squad_offsets_hold_after_normalising(tmp_path: Path) -> None:
    """The second of two equal answers is meant, and what stands before it gets shorter in NFC."""
    context = unicodedata.normalize("NFD", "\nỦy ban họp. Sở họp.")
    start = context.rindex(
        "họp".encode().decode() if "họp" in context else unicodedata.normalize("NFD", "họp")
    )
    path = tmp_path / "s.json"
    path.write_text(squad(context, unicodedata.normalize("NFD", "họp"), start), "utf-8")
    questions = read_question_set(path)
    held = Held(questions.documents or ())
    (span,) = held.gold(questions.questions[0]).places
    text = held.documents[span.document_id].text
    assert text[: span.start] == "Ủy ban họp. Sở " and text[span.start : span.end] == "họp"
    assert [q.doc_id for q in read_retrieval_set(path).qrels] == [span.document_id]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "dòng 1: không phải JSON"),
        ("{}", "không có dạng SQuAD"),
        (squad("Sở họp.", "họp", 0), "câu 's1'.*answer_start 0 không phải chỗ của 'họp'"),
    ],
)
def test_a_bad_squad_file_is_refused_with_the_question(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "s.json").write_text(text, "utf-8")
    with pytest.raises(QuestionFileError, match=said):
        read_question_set(tmp_path / "s.json")


def test_impossible_squad_questions_are_unanswerable(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(squad("Sở họp.", "họp", 3, is_impossible=True), "utf-8")
    assert not read_question_set(tmp_path / "s.json").questions[0].answerable


OFFICE = """Danh sách câu hỏi kiểm thử;;;
STT;Câu hỏi;Câu trả lời mong đợi;Nguồn
1;Phải làm gì về rác thải?;"Thu gom; phân loại rác";Khoản 4 Điều 2
2;Ai ký?;Không nêu;
3;Căn cứ vào đâu?;;“Luật Tổ chức chính quyền địa phương”
"""


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_an_offices_list_is_read_by_its_headings(tmp_path: Path, delimiter: str) -> None:
    text = OFFICE.replace('"Thu gom; phân loại rác"', "Thu gom rác").replace(";", delimiter)
    (tmp_path / "ds.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    first, second, third = read_question_set(tmp_path / "ds.csv").questions
    assert (first.id, first.reference) == ("1", "Thu gom rác")
    assert [label.place for label in first.gold] == ["Khoản 4 Điều 2"]
    assert not second.answerable and second.gold == ()
    assert third.gold[0].quote == "Luật Tổ chức chính quyền địa phương"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("STT;Hạng mục\n1;a\n", "không có hàng tiêu đề"),
        ("Câu hỏi;Nguồn\n", "không có câu hỏi nào"),
        ("Câu hỏi;Nguồn\nAi ký?;\n", "dòng 2: cần câu trả lời mong đợi"),
        ("Mã;Câu hỏi;Nguồn\na;Ai?;Điều 1\na;Gì?;Điều 2\n", "'a' có hai lần"),
        ("Câu hỏi;Nguồn;Trả lời được\nAi?;Điều 1;chắc\n", "dòng 2: “Trả lời được”"),
        ('Câu hỏi;Nguồn\n"Ai?;Điều 1\n', "không phải CSV"),
    ],
)
def test_a_bad_row_of_an_offices_list_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "ds.csv").write_text(text, "utf-8")
    with pytest.raises(QuestionFileError, match=said):
        read_question_set(tmp_path / "ds.csv")


def test_a_list_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_bytes("Câu hỏi;Nguồn\n".encode("utf-16"))
    with pytest.raises(QuestionFileError, match="CSV UTF-8"):
        read_question_set(tmp_path / "ds.csv")


def test_a_workbook_is_read_like_the_same_list_in_csv(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    for row in (
        [],
        ["Danh sách"],
        ["STT", "Câu hỏi", "Nguồn"],
        [1, "Phải làm gì?", "Khoản 4 Điều 2"],
        [2, "Ai?", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "ds.xlsx")
    with pytest.raises(QuestionFileError, match="dòng 5: cần câu trả lời mong đợi"):
        read_question_set(tmp_path / "ds.xlsx")
    book.active["C5"] = "Điều 3"
    book.save(tmp_path / "ds.xlsx")
    questions = read_question_set(tmp_path / "ds.xlsx").questions
    assert [(q.id, q.gold[0].place) for q in questions] == [("1", "Khoản 4 Điều 2"), ("2", "Điều 3")]


def test_an_unknown_form_names_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "q.pdf").write_bytes(b"x")
    with pytest.raises(QuestionFileError, match=r"\.jsonl, \.json \(SQuAD\), \.csv, \.xlsx"):
        read_question_set(tmp_path / "q.pdf")
