"""Places that a question names: by number, in words, or by distance from the place asked about before."""

from itertools import pairwise

import pytest

from assistant.places import (
    as_items,
    asks_for_all,
    lies_in,
    names_a_relative_place,
    paragraph_of,
    place_name,
    place_of,
    with_place_of_history,
)
from ingest import LoadedDocument

NAME = "Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2024 tỉnh Bắc Giang"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Khoản 7 Điều 2 nói gì?", {"Điều": "2", "khoản": "7"}),
        ("Điều 2, khoản 10 nói gì?", {"Điều": "2", "khoản": "10"}),
        ("khoan 7 dieu 2 noi gi", {"Điều": "2", "khoản": "7"}),
        ("điểm a khoản 1 Điều 75", {"Điều": "75", "khoản": "1", "điểm": "a"}),
        ("Điều 10a", {"Điều": "10a"}),
        ("Khoản số 5 Điều 2", {"Điều": "2", "khoản": "5"}),
        ("Mục II Chương III", {"mục": "II", "Chương": "III"}),
        ("muc 3 phu luc 1", {"mục": "3", "Phụ lục": "1"}),
        ("Phụ lục 1", {"Phụ lục": "1"}),
        ("mức vi phạm là bao nhiêu?", {}),
        ("điều này", {}),
        ("Khoản 5-6 nói gì?", {}),
        ("Chỉ thị 17-CT/TU nói gì?", {}),
        ("Kế hoạch 5 năm", {}),
    ],
)
def test_a_place_is_named_by_levels_and_numbers(question: str, place: dict[str, str]) -> None:
    assert place_of(question) == place


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("Đoạn thứ hai Điều 1 nói gì?", 2),
        ("Đoạn văn thứ ba Điều 1", 3),
        ("Đoạn 3 khoản 2 Điều 2", 3),
        ("đoạn đầu Điều 1", 1),
        ("đoạn đầu tiên Điều 1", 1),
        ("Đoạn thứ tư Điều 1", 4),
        ("đoạn cuối Điều 1", -1),
        ("Đoạn cuối cùng của Điều 1", -1),
        ("ĐOẠN CUỐI ĐIỀU 1", -1),
        ("paragraph 2 of Điều 1", 2),
        ("đoạn đường ven sông", None),
        ("giai đoạn 2021-2025", None),
        ("Khoản 3 Điều 2 nói gì về giai đoạn 1?", None),
        ("Điều 1 nói gì về giai đoạn đầu năm?", None),
        ("Khoản 7 Điều 2", None),
    ],
)
def test_a_paragraph_is_counted_from_one_or_from_the_end(question: str, paragraph: int | None) -> None:
    assert paragraph_of(question) == paragraph


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Khoản trước đó nói gì?", "khoản 6 Điều 2 nói gì?"),
        ("Khoản liền trước nói gì?", "khoản 6 Điều 2 nói gì?"),
        ("khoản ngay trước nói gì?", "khoản 6 Điều 2 nói gì?"),
        ("Khoản kế tiếp quy định gì?", "khoản 8 Điều 2 quy định gì?"),
        ("Còn khoản tiếp theo?", "Còn khoản 8 Điều 2?"),
        ("khoản sau đó?", "khoản 8 Điều 2?"),
        ("Khoản này còn nói gì?", "khoản 7 Điều 2 còn nói gì?"),
        ("Khoản ấy có nói về du lịch không?", "khoản 7 Điều 2 có nói về du lịch không?"),
        ("Điều trước đó nói gì?", "Điều 1 nói gì?"),
        ("Điều này nói gì?", "Điều 2 nói gì?"),
    ],
)
def test_a_relative_place_is_counted_from_the_one_before(question: str, meant: str) -> None:
    assert names_a_relative_place(question)
    assert with_place_of_history(question, place_of("Điều 2 khoản 7 nói gì?")) == meant


def test_the_order_in_which_a_place_is_named_does_not_matter() -> None:
    place = place_of("Khoản 7 Điều 2 nói gì?")
    assert with_place_of_history("Khoản trước đó nói gì?", place) == "khoản 6 Điều 2 nói gì?"
    assert with_place_of_history("Điều trước đó nói gì?", place) == "Điều 1 nói gì?"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Khoản trước đó nói gì?", {"Điều": "2", "khoản": "1"}),
        ("Khoản trước đó nói gì?", {}),
        ("Điểm kế tiếp nói gì?", {"Điều": "2", "khoản": "7"}),
        ("Khoản 7 Điều 2 nói gì?", {"Điều": "2", "khoản": "3"}),
    ],
)
def test_a_place_that_cannot_be_counted_stays_as_it_was_asked(question: str, place: dict[str, str]) -> None:
    assert with_place_of_history(question, place) == question


@pytest.mark.parametrize(
    "question",
    [
        "Khoản 7 Điều 2",
        "Khoản 7 Điều 2 quy định những gì?",
        "Khoản 7 Điều 2 nói về vấn đề gì?",
        "khoan 7 dieu 2 quy dinh gi",
        "Nội dung của khoản 7 Điều 2 là gì ạ?",
        "Đọc giúp em khoản 7 Điều 2",
        "Trích đầy đủ khoản 7 Điều 2 giúp tôi",
        "Cho tôi xem nguyên văn khoản 7 Điều 2",
        "Đoạn cuối Điều 1 nói gì?",
        "Điều 1 của Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội nói gì?",
    ],
)
def test_nothing_but_a_place_asks_for_all_of_it(question: str) -> None:
    assert asks_for_all(question, [NAME])


@pytest.mark.parametrize(
    "question",
    [
        "Khoản 7 Điều 2 nói gì về du lịch?",
        "khoan 7 dieu 2 noi gi ve du lich",
        "Khoản 7 Điều 2 có nói về bạo lực gia đình không?",
        "Theo khoản 4 Điều 2 rác thải phải làm sao?",
        "Điều 1 của quy chế tiếp công dân nói gì?",
    ],
)
def test_a_matter_within_a_place_asks_for_part_of_it(question: str) -> None:
    assert not asks_for_all(question, [NAME])


def test_a_place_is_named_innermost_first() -> None:
    assert place_name({"Điều": "75", "khoản": "1", "điểm": "a"}) == "điểm a khoản 1 Điều 75"


def test_a_clause_of_a_directive_is_its_item() -> None:
    assert as_items({"khoản": "2"}) == {"mục": "2"}
    assert as_items({"khoản": "3", "điểm": "b"}) == {"mục": "3.b"}
    assert as_items({"khoản": "2", "Điều": "1"}) == {"khoản": "2", "Điều": "1"}


def test_passages_of_a_place_stand_together(resolution: LoadedDocument) -> None:
    inside = [
        number
        for number, passage in enumerate(resolution.passages)
        if lies_in(passage, {"Điều": "2", "khoản": "4"})
    ]
    assert len(inside) == 2 and all(after == before + 1 for before, after in pairwise(inside))
    assert resolution.passages[inside[1]].text.startswith("Đẩy mạnh thực hiện Chỉ thị số 17-CT/TU")
