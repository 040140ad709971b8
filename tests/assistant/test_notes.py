"""Notes on answers: what was amended and since when, what applied on a day, facts on documents only cited.

A law of our own on trees, one that amends it from July 2021, a decision that ends a third.
"""

import os
import shutil
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from tests.conftest import ROOT
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

LAW = """QUỐC HỘI
Luật số: 5/2015/QH13
Hà Nội, ngày 20 tháng 6 năm 2015

LUẬT
CÂY XANH

Điều 4. Trồng cây
1. Mỗi hộ gia đình trồng ba cây bóng mát trước nhà.
2. Trường học trồng hai mươi cây phượng trong sân trường.
Điều 6. Chăm sóc cây
1. Cây non được tưới nước mỗi tuần hai lần trong mùa khô.
Điều 9. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2016.
"""
AMENDING = """QUỐC HỘI
Luật số: 9/2020/QH14
Hà Nội, ngày 20 tháng 10 năm 2020

LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT CÂY XANH

Điều 1. Sửa đổi, bổ sung một số điều của Luật Cây xanh số 5/2015/QH13
1. Sửa đổi, bổ sung khoản 2 Điều 4 như sau:
“2. Trường học trồng ba mươi cây phượng trong sân trường.”.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.
"""
OLD = """ỦY BAN NHÂN DÂN
TỈNH HOA SEN
Số: 7/2012/QĐ-UBND
Hoa Sen, ngày 03 tháng 4 năm 2012

QUYẾT ĐỊNH
Về việc thả cá trong hồ công viên

Điều 1. Mỗi hồ công viên được thả năm trăm con cá chép vào tháng Giêng.
"""
REPLACING = """ỦY BAN NHÂN DÂN
TỈNH HOA SEN
Số: 8/2018/QĐ-UBND
Hoa Sen, ngày 05 tháng 4 năm 2018

QUYẾT ĐỊNH
Về việc nuôi vịt trời ở đầm lầy

Điều 1. Vịt trời được nuôi ở đầm lầy phía nam.
Điều 2. Quyết định này có hiệu lực từ ngày 20/4/2018 và thay thế Quyết định số 7/2012/QĐ-UBND ngày 03/4/2012.
"""
SCHOOL = "Khoản 2 Điều 4 Luật số 5/2015/QH13 quy định gì?"


@pytest.fixture(scope="module")
def laws(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder, where = tmp_path_factory.mktemp("laws"), IndexLocation(tmp_path_factory.mktemp("index"))
    texts = {"luat": LAW, "luat-sua-doi": AMENDING, "qd-ca": OLD, "qd-vit": REPLACING}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    report = sync([folder], folder, where, encoder)
    assert len(report.added) == len(texts) and not report.problems
    return Assistant.open(where, encoder)


def notes(answer: Answer) -> list[str]:
    assert not answer.refused, answer.reason
    return [note.text for note in answer.notes]


def test_an_amended_clause_says_by_what_and_since_when(laws: Assistant) -> None:
    answer = laws.ask(SCHOOL)
    assert "hai mươi cây phượng" in answer.text
    assert notes(answer) == [
        "[1] khoản này (khoản 2 Điều 4) đã được sửa đổi, bổ sung bởi Điều 1, khoản 1 Luật số 9/2020/QH14 "
        "(có hiệu lực từ 01/7/2021)."
    ]
    (note,) = answer.to_json()["notes"]
    assert note["source"] == "Điều 1, khoản 1 Luật số 9/2020/QH14"
    assert note["passage_id"].startswith("luat-sua-doi")


@pytest.mark.parametrize(
    "question", ["Khoản 1 Điều 4 Luật số 5/2015/QH13", "Cây non được tưới nước thế nào?"]
)
def test_other_clauses_of_the_same_law_have_no_note(laws: Assistant, question: str) -> None:
    assert notes(laws.ask(question)) == []


def test_a_replaced_document_says_so_wherever_it_is_quoted(laws: Assistant) -> None:
    assert notes(laws.ask("Hồ công viên được thả cá chép thế nào?")) == [
        "[1] văn bản này đã được thay thế bởi Điều 2 Quyết định số 8/2018/QĐ-UBND (có hiệu lực từ 20/4/2018)."
    ]


def test_before_the_amendment_the_quoted_words_applied(laws: Assistant) -> None:
    answer = laws.ask(f"Theo quy định trước ngày 01/7/2021, {SCHOOL[0].lower()}{SCHOOL[1:]}")
    assert "hai mươi cây phượng" in answer.text
    (note,) = notes(answer)
    assert "vào ngày 30/6/2021 vẫn áp dụng như trích dẫn; từ 01/7/2021 được sửa đổi" in note
    assert "đã được" not in note
    assert answer.question.startswith("Theo quy định trước ngày 01/7/2021")


def test_on_the_day_of_effect_it_is_amended(laws: Assistant) -> None:
    (note,) = notes(laws.ask(f"Tại thời điểm 01/7/2021, {SCHOOL}"))
    assert "đã được sửa đổi" in note


@pytest.mark.parametrize(
    "question",
    [
        "Tại thời điểm 01/5/2019, trường học trồng bao nhiêu cây phượng?",
        "Tại thời điểm 01/5/2019, Điều 4 quy định gì?",
        "Trường học trồng bao nhiêu cây phượng? (tính tại thời điểm năm 2019)",
    ],
)
def test_what_was_issued_later_is_not_quoted(laws: Assistant, question: str) -> None:
    answer = laws.ask(question)
    assert {citation.document.number for citation in answer.citations} == {"5/2015/QH13"}
    assert "ba mươi" not in answer.text
    assert "không trích văn bản ban hành sau ngày đó" in notes(answer)[-1]


def test_before_everything_was_issued_there_is_no_answer(laws: Assistant) -> None:
    answer = laws.ask("Tại thời điểm 01/5/2001, trường học trồng bao nhiêu cây phượng?")
    assert answer.refused and "ban hành sau ngày 01/5/2001" in answer.text
    assert answer.notes == ()


@pytest.fixture(scope="module")
def informed(
    location: IndexLocation, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Assistant, Path]:
    """An assistant over the resolution and a copy of the shipped facts."""
    related = tmp_path_factory.mktemp("documents") / "related.yaml"
    shutil.copy(ROOT / "documents" / "related.yaml", related)
    return Assistant.open(IndexLocation(location.folder, None, related), encoder), related


@pytest.mark.parametrize(
    ("question", "said", "source"),
    [
        ("Chỉ thị 30-CT/TU ban hành ngày nào?", "ban hành ngày 31/01/2024", "24/KH-UBND"),
        ("chi thi 30-ct/tu ban hanh ngay nao?", "ban hành ngày 31/01/2024", "24/KH-UBND"),
        ("Chỉ thị 30-CT/TU về việc gì?", "giấy chứng nhận quyền sử dụng đất", "24/KH-UBND"),
        ("Chỉ thị 30-CT/TU do ai ban hành?", "Ban Thường vụ Tỉnh ủy Bắc Giang", "24/KH-UBND"),
        ("Chỉ thị 17-CT/TU về rác thải ban hành ngày nào?", "ban hành ngày 27/02/2020", "Phụ nữ"),
        ("Chỉ thị 17-CT/TU về vi phạm hành chính ban hành ngày nào?", "ngày 14/10/2022", "khoản 10"),
        ("Luật số 72/2020/QH14 ban hành ngày nào?", "ban hành ngày 17/11/2020", "Công báo"),
        ("Luật Bảo vệ môi trường ban hành ngày nào?", "ban hành ngày 17/11/2020", "Công báo"),
        ("Luật Bảo vệ môi trường có hiệu lực từ khi nào?", "có hiệu lực từ 01/01/2022", "Công báo"),
        ("Luật Bảo vệ môi trường có số hiệu là gì?", "Luật số 72/2020/QH14", "Công báo"),
        ("Luật Bảo vệ môi trường số hiệu bao nhiêu?", "Luật số 72/2020/QH14", "Công báo"),
        ("Luật Bảo vệ môi trường hiệu lực từ ngày nào?", "01/01/2022", "Công báo"),
    ],
)
def test_facts_stand_beside_the_sentence_that_cites_the_document(
    informed: tuple[Assistant, Path], question: str, said: str, source: str
) -> None:
    answer = informed[0].ask(question)
    (note,) = answer.notes
    assert said in note.text and "chưa có toàn văn" in note.text
    assert note.source and source in note.source and note.source in note.text
    assert all(citation.quote in citation.document.text for citation in answer.citations)


def test_two_of_one_number_are_told_apart_in_the_notes(informed: tuple[Assistant, Path]) -> None:
    answer = informed[0].ask("Chỉ thị 17-CT/TU ban hành ngày nào?")
    waste, fines = notes(answer)
    assert "27/02/2020" in waste and "rác thải" in waste
    assert "14/10/2022" in fines and "rác thải" not in fines


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ thị 30-CT/TU yêu cầu gì?",
        "Chỉ thị 30-CT/TU giao nhiệm vụ cho ai?",
        "Chỉ thị 30-CT/TU đặt ra chỉ tiêu bao nhiêu giấy chứng nhận?",
        "Theo Chỉ thị 30-CT/TU, cấp giấy chứng nhận phải xong trước ngày nào?",
        "Ai ký Chỉ thị 30-CT/TU?",
        "Kết luận 99-KL/TU ban hành ngày nào?",
    ],
)
def test_what_only_the_document_says_is_refused(informed: tuple[Assistant, Path], question: str) -> None:
    answer = informed[0].ask(question)
    assert answer.refused and answer.notes == ()


def test_a_changed_fact_is_told_at_once_and_a_spoilt_file_changes_nothing(
    location: IndexLocation, encoder: Encoder, tmp_path: Path
) -> None:
    related = tmp_path / "related.yaml"
    text = "documents:\n  - kind: kết luận\n    number: 99-KL/TU\n    source: Báo\n    issued_on: {}\n"
    related.write_text(text.format("2021-01-02"), encoding="utf-8")
    assistant = Assistant.open(IndexLocation(location.folder, None, related), encoder)
    question = "Kết luận 99-KL/TU ban hành ngày nào?"

    def told(content: str, at: int) -> str:
        related.write_text(content, encoding="utf-8")
        os.utime(related, ns=(at, at))
        return notes(assistant.ask(question))[0]

    assert "02/01/2021" in notes(assistant.ask(question))[0]
    assert "03/01/2021" in told(text.format("2021-01-03"), 10**18)
    assert "03/01/2021" in told(text.format("hôm qua"), 2 * 10**18)
    assert "04/5/2021" in told(text.format("2021-05-04"), 3 * 10**18)
