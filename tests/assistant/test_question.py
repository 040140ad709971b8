"""What people type, however odd, becomes a clean question or a plain sentence about it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import MAX_LENGTH, QuestionError, parse_question


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b\ufeff", "\x00\x07", "???", "\ud800"])
def test_blank_questions_are_told_what_to_type(blank: str) -> None:
    with pytest.raises(QuestionError, match="Câu hỏi trống"):
        parse_question(blank)


def test_a_hundred_thousand_characters_are_too_many() -> None:
    with pytest.raises(QuestionError, match=r"100\.000 ký tự, tối đa 2\.000"):
        parse_question("a" * 100_000)


@given(st.text(max_size=200))
def test_any_text_gives_a_question_or_a_message(raw: str) -> None:
    try:
        question = parse_question(raw)
    except QuestionError:
        return
    assert question.text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", question.text)
    assert len(question.text) <= MAX_LENGTH
    assert all(unicodedata.category(char) != "Cc" for char in question.text)


def test_lone_surrogates_and_control_characters_are_dropped() -> None:
    assert parse_question("rác\ud800 thải\x00\x1b là gì?").text == "rác thải là gì?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Xử lý rác thải thế nào?", "vi"),
        ("xu ly rac thai the nao", "vi"),
        ("luong giao vien bao nhieu", "vi"),
        ("PCI", "vi"),
        ("TTHC và DVCTT", "vi"),
        ("What is required about waste?", "en"),
        ("tax arrears", "en"),
        ("How many US dollars did exports bring in?", "en"),
    ],
)
def test_the_language_of_a_question(text: str, language: str) -> None:
    assert parse_question(text).language == language
