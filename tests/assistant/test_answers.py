"""Answers over the resolution, with the real encoder: what an official would see."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import Answer, Assistant, HybridRetriever, Turn
from assistant.evidence import Inquiry
from evaluation.questions import read_questions
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index

QUESTIONS = Path(__file__).resolve().parents[2] / "evaluation" / "questions"


def first(answer: Answer) -> str:
    assert not answer.refused, answer.reason
    return answer.citations[0].passage.location


@pytest.mark.parametrize(
    ("question", "place", "fact"),
    [
        ("Thu gom và xử lý rác thải cần thực hiện thế nào?", "Điều 2, khoản 4, đoạn 2", "17-CT/TU"),
        ("Nhiệm vụ chống thất thu thuế là gì?", "Điều 2, khoản 3, đoạn 1", "chống thất thu thuế"),
        ("Nghị quyết số 24/NQ-HĐND ban hành ngày nào?", "Điều 2, khoản 2, đoạn 1", "12/7/2022"),
        ("Huyện nào tổ chức diễn tập Khu vực phòng thủ?", "Điều 2, khoản 10, đoạn 1", "huyện Tân Yên"),
        ("Số vụ đuối nước ở trẻ em được đánh giá ra sao?", "Điều 1, đoạn 4", "đuối nước"),
        ("Tiến độ xây dựng các nhà máy xử lý rác thải tập trung thế nào?", "Điều 1, đoạn 3", "chậm"),
        ("Ai được giao tổ chức thực hiện Nghị quyết?", "Điều 3", "Uỷ ban nhân dân tỉnh"),
        ("Khoản 5 Điều 2 quy định gì?", "Điều 2, khoản 5", "an toàn vệ sinh thực phẩm"),
        ("Nghị quyết căn cứ vào luật nào?", "Phần căn cứ, đoạn 1", "Luật Tổ chức chính quyền địa phương"),
        ("Chỉ thị về tiếp công dân ban hành ngày nào?", "Điều 2, khoản 10, đoạn 2", "10/5/2023"),
        ("phong chong bao luc gia dinh", "Điều 2, khoản 7", "bạo lực gia đình"),
    ],
)
def test_answers_quote_the_right_place(assistant: Assistant, question: str, place: str, fact: str) -> None:
    answer = assistant.ask(question)
    assert first(answer) == place
    assert fact in answer.text


def test_a_follow_up_uses_the_history_and_says_how_it_was_understood(assistant: Assistant) -> None:
    history = [Turn("user", "Quản lý tài nguyên đất đai được yêu cầu thế nào?"), Turn("assistant", "…")]
    answer = assistant.ask("Còn về khoáng sản?", history)
    assert first(answer) == "Điều 2, khoản 4, đoạn 1" and "khoáng sản" in answer.text
    assert answer.understood_as and "tài nguyên đất đai" in answer.understood_as


@pytest.mark.parametrize(
    ("earlier", "question", "place", "fact"),
    [
        (
            "Nhiệm vụ thu, chi ngân sách năm 2024 là gì?",
            "Còn về khoáng sản?",
            "Điều 2, khoản 4, đoạn 1",
            "khoáng sản",
        ),
        ("Quản lý tài nguyên đất đai được yêu cầu thế nào?", "Còn y tế?", "Điều 2, khoản 5", "y tế"),
        (
            "Chỉ thị số 25-CT/TU ban hành ngày nào?",
            "Chỉ thị ấy nói về việc gì?",
            "Điều 2, khoản 10, đoạn 2",
            "tiếp công dân",
        ),
    ],
)
def test_a_follow_up_answers_its_own_matter(
    assistant: Assistant, earlier: str, question: str, place: str, fact: str
) -> None:
    answer = assistant.ask(question, [Turn("user", earlier), Turn("assistant", "…")])
    assert first(answer) == place and fact in answer.citations[0].quote


def test_a_complete_question_is_not_touched_by_the_history(assistant: Assistant) -> None:
    alone = assistant.ask("Nhiệm vụ chống thất thu thuế là gì?")
    after = assistant.ask(
        "Nhiệm vụ chống thất thu thuế là gì?", [Turn("user", "Du lịch được quảng bá ra sao?")]
    )
    assert after.understood_as is None and after.citations == alone.citations


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Rác thải được nhắc ở đâu?", {"Điều 1, đoạn 3", "Điều 2, khoản 4, đoạn 2"}),
        (
            "Chuyển đổi số được nhắc đến ở những khoản nào?",
            {"Điều 1, đoạn 2", "Điều 2, khoản 9, đoạn 1", "Điều 2, khoản 9, đoạn 2"},
        ),
        (
            "Liệt kê tất cả các đoạn nói về giải ngân vốn đầu tư công",
            {"Điều 1, đoạn 1", "Điều 1, đoạn 3", "Điều 2, khoản 3, đoạn 1"},
        ),
        ("Nhà ở xã hội được nhắc đến ở những khoản nào?", {"Điều 2, khoản 3, đoạn 2", "Điều 2, khoản 8"}),
        ("Khoản mấy nói về y tế?", {"Điều 2, khoản 5"}),
        ("Thương mại điện tử được nhắc ở đâu?", {"Điều 2, khoản 2, đoạn 2"}),
    ],
)
def test_where_a_matter_stands_is_answered_with_every_place(
    assistant: Assistant, question: str, places: set[str]
) -> None:
    answer = assistant.ask(question)
    assert {citation.passage.location for citation in answer.citations} == places
    assert len(answer.citations) == len(places)


def test_several_tasks_asked_at_once_are_all_cited(assistant: Assistant) -> None:
    answer = assistant.ask("Nhiệm vụ về giáo dục và y tế là gì?")
    assert {citation.passage.location for citation in answer.citations} == {
        "Điều 2, khoản 5",
        "Điều 2, khoản 6",
    }


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Nhiệm vụ giải ngân vốn đầu tư công là gì?", "Điều 2"),
        ("Phải làm gì để đẩy nhanh giải ngân vốn đầu tư công?", "Điều 2"),
        ("Nhiệm vụ cải cách hành chính là gì?", "Điều 2"),
        ("Nhiệm vụ thu hút đầu tư là gì?", "Điều 2"),
        ("Phải làm gì để phòng chống tội phạm?", "Điều 2"),
        ("Đánh giá giải ngân vốn đầu tư công thế nào?", "Điều 1"),
        ("Cải cách hành chính đạt kết quả ra sao?", "Điều 1"),
        ("Thu hút đầu tư được đánh giá thế nào?", "Điều 1"),
        ("Tình hình tội phạm thế nào?", "Điều 1"),
        ("Sản xuất nông nghiệp được đánh giá ra sao?", "Điều 1"),
    ],
)
def test_tasks_and_assessments_of_one_matter_are_not_mixed(
    assistant: Assistant, question: str, article: str
) -> None:
    answer = assistant.ask(question)
    assert {citation.passage.location.split(",")[0] for citation in answer.citations} == {article}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Khoản trước đó nói gì?", "Điều 2, khoản 6"),
        ("khoan truoc do noi gi", "Điều 2, khoản 6"),
        ("Khoản kế tiếp quy định gì?", "Điều 2, khoản 8"),
        ("Còn khoản kế tiếp?", "Điều 2, khoản 8"),
        ("Khoản này có nói về du lịch không?", "Điều 2, khoản 7"),
    ],
)
@pytest.mark.parametrize("earlier", ["Khoản 7 Điều 2 nói gì?", "Phòng chống bạo lực gia đình thế nào?"])
def test_a_place_is_counted_from_the_answer_before(
    assistant: Assistant, earlier: str, question: str, meant: str
) -> None:
    assert first(assistant.ask(question, [Turn("user", earlier), Turn("assistant", "…")])) == meant


def test_many_people_at_once_get_their_own_answers(assistant: Assistant) -> None:
    questions = [item.question for item in read_questions(QUESTIONS / "resolution.tuning.jsonl")[:24]]
    alone = [assistant.ask(question).text for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = [answer.text for answer in pool.map(assistant.ask, questions)]
    assert together == alone


def test_examples_are_questions_that_are_answered(assistant: Assistant) -> None:
    examples = assistant.examples()
    assert 3 <= len(examples) <= 6
    assert not any(assistant.ask(example).refused for example in examples)


def test_the_chain_is_a_langchain_runnable(assistant: Assistant) -> None:
    answers = assistant.runnable.batch([Inquiry("Khoản 5 Điều 2 quy định gì?"), Inquiry("Cách nấu phở bò")])
    assert [answer.refused for answer in answers] == [False, True]


def test_the_retriever_gives_langchain_documents(location: IndexLocation, encoder: Encoder) -> None:
    retriever = HybridRetriever(index=Index.open(location, encoder), k=3)
    found = retriever.invoke("thu gom, xử lý rác thải")
    assert len(found) == 3
    assert found[0].metadata["location"] == "Điều 2, khoản 4, đoạn 2"
    assert found[0].page_content.startswith("Đẩy mạnh thực hiện Chỉ thị số 17-CT/TU")
