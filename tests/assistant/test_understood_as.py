"""What the reader is told about how the question was taken, and English questions over Vietnamese texts."""

import pytest

from assistant import Answer, Assistant


def first(answer: Answer) -> str:
    assert not answer.refused, answer.reason
    return answer.citations[0].passage.location


@pytest.mark.parametrize(
    ("typed", "meant", "place"),
    [
        ("chong that thu thue", "chống thất thu thuế", "Điều 2, khoản 3, đoạn 1"),
        ("khoan 7 dieu 2 noi gi", "khoản 7 điều 2 nói gì", "Điều 2, khoản 7"),
        ("doan cuoi dieu 1 noi gi", "đoạn cuối điều 1 nói gì", "Điều 1, đoạn 4"),
        ("rac thai duoc nhac o dau", "rác thải được nhắc ở đâu", "Điều 2, khoản 4, đoạn 2"),
        ("xu ly rac thải thế nào", "xử lý rác thải thế nào", "Điều 2, khoản 4, đoạn 2"),
        ("Chong thất thu thuế la gi", "Chống thất thu thuế là gì", "Điều 2, khoản 3, đoạn 1"),
        ("xuwr lys racs thair", "xử lý rác thải", "Điều 2, khoản 4, đoạn 2"),
        ("PCI", "năng lực cạnh tranh cấp tỉnh", "Điều 2, khoản 2, đoạn 1"),
        (
            "UBND tỉnh làm gì về ATTP?",
            "Ủy ban nhân dân tỉnh làm gì về an toàn thực phẩm?",
            "Điều 2, khoản 5",
        ),
    ],
)
def test_a_respelled_question_says_what_was_looked_for(
    assistant: Assistant, typed: str, meant: str, place: str
) -> None:
    answer = assistant.ask(typed)
    assert answer.question == typed and answer.understood_as == meant
    assert first(answer) == place


@pytest.mark.parametrize(
    "question",
    [
        "Nhiệm vụ chống thất thu thuế là gì?",
        "Uỷ ban nhân dân tỉnh làm gì về rác thải?",
        "Xử lí rác thải thế nào?",
        "Chỉ thị 17-CT/TU nói về việc gì?",
        "Khoản 5 Điều 2 quy định gì?",
        "Nhà máy xử lý rác xã Đông Lỗ, huyện Hiệp Hoà thế nào?",
        "RÁC THẢI PHẢI XỬ LÝ THẾ NÀO?",
        "Bạn ơi, rác thải xử lý sao?",
        "Cách nấu phở bò",
        "Xin chào",
    ],
)
def test_correct_vietnamese_is_taken_as_typed(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).understood_as is None


@pytest.mark.parametrize("typed", ["xu ly rac thai", "ubnd tỉnh làm gì về rác thải", "chong that thu thue"])
def test_the_typed_words_can_be_insisted_on(assistant: Assistant, typed: str) -> None:
    answer = assistant.ask(typed, as_typed=True)
    assert answer.question == typed and answer.understood_as is None
    assert first(answer).startswith("Điều 2")
    assert assistant.ask(typed).understood_as


@pytest.mark.parametrize(
    ("question", "place", "fact"),
    [
        ("What must be done about waste?", "Điều 2, khoản 4, đoạn 2", "rác thải"),
        ("Which district hosts the defence exercise?", "Điều 2, khoản 10, đoạn 1", "huyện Tân Yên"),
        ("When was Directive 25-CT/TU issued?", "Điều 2, khoản 10, đoạn 2", "10/5/2023"),
        ("What does clause 5 of Article 2 say?", "Điều 2, khoản 5", "an toàn vệ sinh thực phẩm"),
        ("How is public health care to be improved?", "Điều 2, khoản 5", "sức khỏe"),
    ],
)
def test_english_is_answered_with_vietnamese_quotations(
    assistant: Assistant, question: str, place: str, fact: str
) -> None:
    answer = assistant.ask(question)
    assert answer.language == "en" and first(answer) == place
    frame, *lines = answer.text.splitlines()
    assert frame == "The documents state (quoted in the original Vietnamese):"
    for number, (line, citation) in enumerate(zip(lines, answer.citations, strict=True), 1):
        assert line == f"“{citation.quote}” [{number}]"
        assert citation.quote in citation.document.text
    assert any(fact in citation.quote for citation in answer.citations)
    assert answer.understood_as and answer.understood_as.startswith("searched in Vietnamese for: ")
