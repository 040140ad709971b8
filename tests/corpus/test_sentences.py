"""Sentences are what gets quoted: none may lose its first or last words, none may be cut in the middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import Span, clauses, sentence_at, sentences

FRAGMENTS = [
    "Ủy ban", "nhân dân", "tỉnh", "Điều 2.", "Chương XXXVIII.", "4.", "a)", "đ.", "TP.", "TX.", "ThS.",
    "14,14%", "1.234,5", "./.", ".", "..", "...", "….", "…", "!", "?", ";", ":", ",", "“", "”", "\"",
    "(", ")", "»", "]", " ", "  ", "\t", "\u00a0", "\n", "số 17-CT/TU", "ngày 02/6/2023", "ế",
    "e\u0301", "\u0301",
]  # fmt: skip
paragraphs = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=30).flatmap(
    lambda parts: st.sampled_from(["".join(parts), " ".join(parts)])
)


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def check_cover(text: str, spans: list[Span], whole: Span) -> None:
    """Ordered, disjoint, trimmed, and nothing but blanks of `whole` left out."""
    position = whole.start
    for span in spans:
        assert position <= span.start < span.end <= whole.end
        assert not text[position : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        position = span.end
    assert not text[position : whole.end].strip()


@given(paragraphs)
def test_no_word_is_lost_or_said_twice(text: str) -> None:
    check_cover(text, sentences(text), Span(0, len(text)))


@given(paragraphs)
def test_no_word_of_a_sentence_is_lost_between_its_clauses(text: str) -> None:
    for sentence in sentences(text):
        check_cover(text, clauses(text, sentence), sentence)


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Họp tại TP. Bắc Giang và TX. Việt Yên. Các huyện cử người dự.",
            ["Họp tại TP. Bắc Giang và TX. Việt Yên.", "Các huyện cử người dự."],
            id="town abbreviations end no sentence",
        ),
        pytest.param(
            "Giao ThS. Trần Bình (GS. Lê An hướng dẫn). Báo cáo sau.",
            ["Giao ThS. Trần Bình (GS. Lê An hướng dẫn).", "Báo cáo sau."],
            id="degrees end no sentence",
        ),
        pytest.param(
            "Thị trường phục hồi chậm…. Song với sự quyết tâm, kết quả tích cực.",
            ["Thị trường phục hồi chậm….", "Song với sự quyết tâm, kết quả tích cực."],
            id="ellipsis and full stop",
        ),
        pytest.param(
            "Các quy hoạch xây dựng... phục vụ công tác quản lý.",
            ["Các quy hoạch xây dựng... phục vụ công tác quản lý."],
            id="dots in mid-sentence",
        ),
        pytest.param(
            "Còn nhiều khó khăn... Tuy vậy thu ngân sách tăng.",
            ["Còn nhiều khó khăn...", "Tuy vậy thu ngân sách tăng."],
            id="dots before a new sentence",
        ),
        pytest.param(
            "Nghị quyết đã được thông qua./.", ["Nghị quyết đã được thông qua./."], id="closing mark"
        ),
        pytest.param(
            "4. Quản lý tài nguyên. Cấp giấy chứng nhận.",
            ["4. Quản lý tài nguyên.", "Cấp giấy chứng nhận."],
            id="khoản number stays with its sentence",
        ),
        pytest.param(
            "Điều 2. Giao Sở Y tế. Báo cáo quý.", ["Điều 2. Giao Sở Y tế.", "Báo cáo quý."], id="Điều number"
        ),
        pytest.param(
            "Chương XVI. Điều khoản thi hành", ["Chương XVI. Điều khoản thi hành"], id="Chương number"
        ),
        pytest.param("2.1. Mục tiêu. Đạt chuẩn.", ["2.1. Mục tiêu.", "Đạt chuẩn."], id="dotted number"),
        pytest.param("đ. Hỗ trợ. Kiểm tra.", ["đ. Hỗ trợ.", "Kiểm tra."], id="điểm đ"),
        pytest.param(
            "Theo Điều 2. Sau đó báo cáo.",
            ["Theo Điều 2.", "Sau đó báo cáo."],
            id="a reference ends its sentence",
        ),
        pytest.param(
            "Phong trào “Sạch nhà, đẹp ngõ.” Các xã hưởng ứng.",
            ["Phong trào “Sạch nhà, đẹp ngõ.”", "Các xã hưởng ứng."],
            id="quote closed after the full stop",
        ),
        pytest.param(
            "Chương trình “Xoá nhà tạm, nhà dột nát” được triển khai. Kết quả tốt.",
            ["Chương trình “Xoá nhà tạm, nhà dột nát” được triển khai.", "Kết quả tốt."],
            id="quote inside a sentence",
        ),
        pytest.param(
            "GRDP tăng 14,14%. Thu 1.234,5 tỷ đồng ngày 02.6.2023 tại PM2.5.",
            ["GRDP tăng 14,14%.", "Thu 1.234,5 tỷ đồng ngày 02.6.2023 tại PM2.5."],
            id="numbers and dates",
        ),
        pytest.param(
            "Đã xử lý. Ở cơ sở, việc ổn. Ấn phẩm ra mắt.",
            ["Đã xử lý.", "Ở cơ sở, việc ổn.", "Ấn phẩm ra mắt."],
            id="sentences beginning or ending in an accented letter",
        ),
        pytest.param("Ai làm? Khi nào! Xong", ["Ai làm?", "Khi nào!", "Xong"], id="other marks"),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_clauses_are_cut_after_semicolons() -> None:
    text = "Trước. Rà soát quy hoạch; cấp giấy chứng nhận ; báo cáo. Sau."
    sentence = sentences(text)[1]
    assert [part.of(text) for part in clauses(text, sentence)] == [
        "Rà soát quy hoạch;",
        "cấp giấy chứng nhận ;",
        "báo cáo.",
    ]


def test_a_sentence_without_semicolons_is_one_clause() -> None:
    text = "Báo cáo Thủ tướng; Chính phủ. Giao Sở Y tế."
    sentence = sentences(text)[1]
    assert clauses(text, sentence) == [sentence]


def test_a_semicolon_inside_a_code_cuts_nothing() -> None:
    text = "Mã A;B được giữ nguyên."
    assert len(clauses(text, Span(0, len(text)))) == 1


@pytest.mark.parametrize("text", ["Ông PGS.TS. Nguyễn Văn A dự.", "Bà (ThS.BS. Lê Thị B) dự."])
def test_degrees_before_a_name_end_nothing(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_character_is_found_in_its_sentence_and_a_blank_between_two_in_none() -> None:
    text = "Giao Sở Tài chính. Giao Sở Y tế."
    assert sentence_at(text, text.index("Y tế")).of(text) == "Giao Sở Y tế."
    with pytest.raises(ValueError, match="no sentence at 18"):
        sentence_at(text, text.index(" Giao"))
