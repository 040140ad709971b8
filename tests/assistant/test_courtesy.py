"""Greetings and thanks are told from questions that begin politely."""

import pytest

from assistant.courtesy import is_courtesy


@pytest.mark.parametrize(
    "typed",
    [
        "Xin chào",
        "xin chao",
        "XIN CHÀO!",
        "Chào bạn",
        "Chào trợ lý nhé!",
        "Xin chào mọi người",
        "👋 chào",
        "Alo",
        "Cảm ơn",
        "Xin cảm ơn!",
        "Cảm ơn bạn nhiều nhé",
        "cam on nhieu",
        "Dạ vâng, cảm ơn anh chị ạ",
        "Tạm biệt",
        "Hẹn gặp lại",
        "ok",
        "Được rồi",
        "Hiểu rồi nhé",
        "Tốt lắm",
        "Hello",
        "Hi there",
        "Good morning",
        "Thank you so much",
        "Thanks!",
        "bye",
        "Dạ em cảm ơn ạ",
        "Em chào anh ạ",
        "Hiểu rồi, cảm ơn bạn",
        "Ok, tạm biệt",
        "Chào buổi sáng",
    ],
)
def test_whole_utterances_of_courtesy(typed: str) -> None:
    assert is_courtesy(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Chào bạn, xử lý rác thế nào?",
        "Cảm ơn, còn y tế?",
        "Được rồi, còn khoáng sản?",
        "OK rác thải",
        "Chào mời đầu tư ra sao?",
        "Lễ chào cờ tổ chức ở đâu?",
        "Thư cảm ơn gửi ai?",
        "Hi vọng gì ở ngành du lịch?",
        "Hello, what must be done about waste?",
        "Rác thải",
        "y tế",
        "Vì sao?",
        "?",
        "",
    ],
)
def test_questions_are_not_taken_for_courtesy(typed: str) -> None:
    assert not is_courtesy(typed)
