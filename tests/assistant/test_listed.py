"""Questions for the documents that the resolution cites: every citation of the kind, and nothing else."""

import pytest

from assistant import Answer, Assistant
from assistant.listed import listing_asked

DIRECTIVES = [
    ("Điều 2, khoản 4, đoạn 1", "Chỉ thị số 30-CT/TU"),
    ("Điều 2, khoản 4, đoạn 2", "Chỉ thị số 17-CT/TU"),
    ("Điều 2, khoản 9, đoạn 1", "Chỉ thị số 26-CT/TU ngày 02/6/2023"),
    ("Điều 2, khoản 10, đoạn 2", "Chỉ thị số 17-CT/TU ngày 14/10/2022"),
    ("Điều 2, khoản 10, đoạn 2", "Chỉ thị số 25-CT/TU ngày 10/5/2023"),
]


def _named(answer: Answer) -> list[tuple[str, list[str]]]:
    """Each citation's place and the names marked in it."""
    return [
        (one.passage.location, [one.document.text[start:end] for start, end in one.decisive])
        for one in answer.citations
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Những chỉ thị nào được nhắc đến trong nghị quyết?",
        "Liệt kê các chỉ thị",
        "Nghị quyết có nhắc đến chỉ thị nào không?",
        "Nghị quyết này có nêu bao nhiêu chỉ thị?",
        "Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội năm 2024 nhắc đến những chỉ thị nào?",
        "nhung chi thi nao duoc nhac den trong nghi quyet",
        "Which directives are mentioned?",
    ],
)
def test_all_directives_are_listed_each_with_its_place(assistant: Assistant, question: str) -> None:
    found = _named(assistant.ask(question))
    assert [place for place, _ in found] == [place for place, _ in DIRECTIVES]
    for (_, names), (_, printed) in zip(found, DIRECTIVES, strict=True):
        assert len(names) == 1
        assert names[0].startswith(printed)


def test_a_document_with_several_kinds_is_asked_for_one(assistant: Assistant) -> None:
    answer = assistant.ask("Nghị quyết dẫn những kết luận nào?")
    assert _named(answer) == [("Điều 2, khoản 4, đoạn 2", ["Kết luận số 99-KL/TU"])]


def test_only_those_of_the_issuer_that_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Có những nghị quyết nào của HĐND tỉnh?")
    assert [place for place, _ in _named(answer)] == ["Điều 2, khoản 2, đoạn 1"]
    assert "24/NQ-HĐND" in answer.citations[0].quote


def test_only_those_in_the_place_that_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Khoản 4 có dẫn văn bản nào không?")
    assert {one.passage.location for one in answer.citations} == {
        "Điều 2, khoản 4, đoạn 1",
        "Điều 2, khoản 4, đoạn 2",
    }


def test_where_none_is_cited_it_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Những thông tư nào được nhắc đến trong nghị quyết?")
    assert answer.refused
    assert "không dẫn thông tư nào" in answer.text


def test_a_place_without_any_says_so_of_that_place_alone(assistant: Assistant) -> None:
    answer = assistant.ask("Khoản 3 Điều 2 dẫn những chỉ thị nào?")
    assert answer.refused
    assert "Khoản 3 Điều 2, Nghị quyết" in answer.text


def test_a_place_that_is_not_there_is_not_said_to_cite_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Điều 9 dẫn những chỉ thị nào?")
    assert answer.refused
    assert "Không tìm thấy Điều 9" in answer.text


def test_where_a_cited_document_stands_only_its_citations_are_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Chỉ thị 17-CT/TU được nhắc ở đâu?")
    assert [one.passage.location for one in answer.citations] == [
        "Điều 2, khoản 4, đoạn 2",
        "Điều 2, khoản 10, đoạn 2",
    ]
    assert all("17-CT/TU" in one.quote for one in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết này nói về cái gì?",
        "Nội dung chính của nghị quyết là gì?",
        "Tóm tắt nghị quyết",
        "văn bản này bàn về vấn đề gì",
    ],
)
def test_what_a_document_is_about_is_said_by_its_title(assistant: Assistant, question: str) -> None:
    (citation,) = assistant.ask(question).citations
    assert "Về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2024" in citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "Sắp xếp huyện, xã theo nghị quyết nào?",
        "Nghị quyết nào về phát triển kinh tế - xã hội?",
        "Gom và phân loại rác ở địa phương phải theo luật nào?",
        "Các chỉ thị được thực hiện thế nào?",
        "Nghị quyết căn cứ vào những luật nào?",
        "Nghị quyết nêu những nhiệm vụ nào?",
        "Có những nghị quyết nào?",
    ],
)
def test_a_matter_the_basis_or_what_is_held_is_another_question(assistant: Assistant, question: str) -> None:
    listing = listing_asked(question)
    assert listing is None or listing.issuer
    assert all(len(one.decisive) < 2 for one in assistant.ask(question).citations)


def test_programmes_are_named_where_no_document_is_meant(assistant: Assistant) -> None:
    answer = assistant.ask("Những chương trình nào được nhắc đến?")
    assert any("Xoá nhà tạm" in one.quote for one in answer.citations)
