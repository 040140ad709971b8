"""Questions that ask where a matter stands are told from those that merely ask about a place."""

import pytest

from assistant.whereabouts import topic_whose_place_is_asked


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Rác thải được nhắc ở đâu?", "Rác thải"),
        ("Rác thải được nhắc đến ở đâu trong nghị quyết?", "Rác thải"),
        ("Rác thải nằm ở đâu?", "Rác thải"),
        ("Chuyển đổi số được nhắc đến ở những khoản nào?", "Chuyển đổi số"),
        ("Y tế nằm ở khoản mấy, điều mấy?", "Y tế"),
        ("Du lịch thuộc khoản nào?", "Du lịch"),
        ("Du lịch xuất hiện mấy nơi, kể ra", "Du lịch"),
        ("Khoản mấy nói về y tế?", "y tế"),
        ("Điều nào quy định về xử phạt?", "xử phạt"),
        ("Chỗ nào có nói về phòng cháy?", "phòng cháy"),
        ("Những đoạn nào nói đến chuyển đổi số?", "chuyển đổi số"),
        ("Liệt kê tất cả các đoạn nói về giải ngân vốn đầu tư công", "giải ngân vốn đầu tư công"),
        ("Tìm các chỗ có nhắc đến PCI", "PCI"),
        ("Hãy chỉ ra mọi chỗ nói về nhà ở xã hội.", "nhà ở xã hội"),
        ("Tìm giúp tôi những đoạn nói về thuế", "thuế"),
        ("Nhà ở xã hội được nhắc ở đâu, cả phần đánh giá lẫn phần nhiệm vụ?", "Nhà ở xã hội"),
        ("Vốn đầu tư công được đề cập ở đâu, cả nhiệm vụ và hạn chế?", "Vốn đầu tư công"),
        ("RÁC THẢI ĐƯỢC NHẮC Ở ĐÂU?", "RÁC THẢI"),
        ("Khoản nào của Điều 2 nói về giáo dục?", "giáo dục"),
        ("Nghị quyết có nhắc gì tới trí tuệ nhân tạo không", "trí tuệ nhân tạo"),
        ("Văn bản này có nói về nhà ở xã hội không?", "nhà ở xã hội"),
        ("Nghị quyết có quy định gì về xử phạt không ạ?", "xử phạt"),
        ("Trong nghị quyết có đề cập đến du lịch hay không?", "du lịch"),
    ],
)
def test_the_matter_remains_when_its_place_is_asked(question: str, topic: str) -> None:
    assert topic_whose_place_is_asked(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Nhà máy xử lý rác xây ở đâu?",
        "Nộp hồ sơ ở đâu?",
        "Vi phạm xảy ra ở đâu?",
        "Ở đâu còn ô nhiễm?",
        "Diễn tập ở huyện nào?",
        "Khoản 5 nói về gì?",
        "Điều 2 nói gì?",
        "Khoản 7 Điều 2 quy định những gì?",
        "Đoạn cuối Điều 1 nói gì?",
        "Dự án nào chậm tiến độ?",
        "Điều gì cần làm ngay?",
        "Nội dung nào cần ưu tiên?",
        "Nội dung về y tế là gì?",
        "Giai đoạn nào được quy hoạch?",
        "Ai ký nghị quyết?",
        "Chỉ thị 17-CT/TU nói về việc gì?",
        "Rác thải phải xử lý thế nào?",
        "Có bao nhiêu khu công nghiệp?",
    ],
)
def test_other_questions_do_not_ask_for_places(question: str) -> None:
    assert topic_whose_place_is_asked(question) is None


@pytest.mark.parametrize("question", ["Được nhắc ở đâu?", "Khoản mấy nói về?", "Ở đâu?", "?"])
def test_without_a_matter_there_is_nothing_to_look_for(question: str) -> None:
    assert topic_whose_place_is_asked(question) is None
