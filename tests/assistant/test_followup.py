"""Elliptical questions lean on the one before; complete ones are never changed by it."""

from pathlib import Path

import pytest

from assistant import Assistant, Turn
from assistant.followup import context_of, last_question
from evaluation.questions import LabelledQuestion, read_questions

QUESTIONS = Path(__file__).resolve().parents[2] / "evaluation" / "questions"
BEFORE = "Nhiệm vụ về y tế?"
HISTORY = [Turn("user", BEFORE), Turn("assistant", "…")]


def complete_questions(name: str) -> list[LabelledQuestion]:
    return [
        item
        for item in read_questions(QUESTIONS / name)
        if item.answerable and not item.history and item.kind in ("task", "fact", "assess")
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Còn về khoáng sản?",
        "Thế còn giáo dục thì sao?",
        "Vậy còn du lịch?",
        "Còn y tế?",
        "Và nhà ở xã hội?",
        "What about education?",
        "How about minerals?",
    ],
)
def test_a_question_that_goes_on_names_a_matter_of_its_own(question: str) -> None:
    context = context_of(question, HISTORY)
    assert context is not None
    assert (context.question, context.changes_topic) == (BEFORE, True)


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ thị đó về nội dung gì?",
        "về nội dung gì?",
        "Nhiệm vụ cuối năm thì sao?",
        "Tiến độ thế nào rồi?",
        "do ai chịu trách nhiệm?",
        "Chỉ thị ấy nói về việc gì?",
        "Nghị quyết ấy của cơ quan nào?",
        "Việc này giao cho ai?",
        "Nội dung này ở khoản mấy?",
        "Nó được thực hiện thế nào?",
        "Do ai chịu trách nhiệm?",
        "Khi nào hoàn thành?",
        "Cụ thể hơn?",
        "Vì sao?",
        "Ở đâu?",
        "Đến bao giờ?",
        "Ai thực hiện?",
        "Còn gì nữa?",
        "Vậy ai làm?",
        "Who is responsible for it?",
        "When was that issued?",
    ],
)
def test_a_question_that_refers_is_one_with_the_question_before(question: str) -> None:
    context = context_of(question, HISTORY)
    assert context is not None
    assert (context.question, context.changes_topic) == (BEFORE, False)


@pytest.mark.parametrize(
    "question",
    [
        "Nhiệm vụ chống thất thu thuế là gì?",
        "Thu gom và xử lý rác thải cần thực hiện thế nào?",
        "Ai được giao tổ chức thực hiện Nghị quyết?",
        "Nghị quyết căn cứ vào luật nào?",
        "Nghị quyết số 24/NQ-HĐND ban hành ngày nào?",
        "Chỉ thị 17-CT/TU nói về việc gì?",
        "Huyện nào tổ chức diễn tập Khu vực phòng thủ?",
        "Số vụ đuối nước ở trẻ em được đánh giá ra sao?",
        "Khoản 5 Điều 2 quy định gì?",
        "Đoạn cuối Điều 1 nói gì?",
        "phong chong bao luc gia dinh",
        "giai ngan von dau tu cong the nao",
        "UBND tỉnh làm gì về ATTP?",
        "Rác thải?",
        "Y tế",
        "PCI",
        "Nhà ở xã hội",
        "Quảng bá du lịch ra sao?",
        "Bao nhiêu vụ cháy nổ đã xảy ra?",
        "Vì sao sản xuất nông nghiệp khó khăn?",
        "Nông dân được hỗ trợ bán hàng trên mạng như thế nào?",
        "Làm sổ đỏ có nhanh hơn không?",
        "Các vụ cháy nổ gây thiệt hại gì?",
        "Tội phạm công nghệ cao được nhắc ở đâu?",
        "Cán bộ sợ trách nhiệm thì xử lý sao?",
        "Chuyển đổi số phải đạt gì?",
        "Người có công được chăm lo thế nào?",
        "Diện tích rừng của tỉnh là bao nhiêu?",
        "What must be done about waste?",
        "Which district hosts the defence exercise?",
        "Trên địa bàn tỉnh có những khu công nghiệp nào đang được đầu tư hạ tầng?",
        "Việc sắp xếp tài sản công dôi dư gặp bất cập gì?",
    ],
)
def test_a_complete_question_stands_alone(question: str) -> None:
    assert context_of(question, HISTORY) is None


@pytest.mark.parametrize("name", ["resolution.tuning.jsonl", "resolution.second-tuning.jsonl"])
def test_no_complete_tuning_question_leans_on_another_matter(name: str) -> None:
    questions = complete_questions(name)
    assert len(questions) > 30
    assert [item.question for item in questions if context_of(item.question, HISTORY)] == []


@pytest.mark.parametrize(
    "history", [[], [Turn("assistant", "Xin chào")], [Turn("user", "  ")], [Turn("user", "???")]]
)
def test_nothing_was_asked_before(history: list[Turn]) -> None:
    assert context_of("Còn về khoáng sản?", history) is None
    assert last_question(history) is None


def test_a_history_of_any_length_is_taken(assistant: Assistant) -> None:
    for earlier in ("rác thải " * 1000, "???", "khoản 4 Điều 2 " * 500):
        history = [Turn("user", earlier), Turn("assistant", "…")]
        for question in ("khoản trước đó nói gì?", "Còn y tế?", "do ai chịu trách nhiệm?"):
            assert assistant.ask(question, history).text


def test_what_was_asked_last_counts() -> None:
    history = [Turn("user", "Rác thải?"), Turn("assistant", "…"), *HISTORY]
    assert last_question(history) == BEFORE
