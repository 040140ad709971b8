"""Everyday words lead to the terms of official texts, the longest phrase first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.glossary import everyday_terms
from corpus.text import words

DATA = Path(__file__).resolve().parents[3] / "assistant" / "data" / "everyday.tsv"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_the_table_has_three_filled_columns_and_many_topics(rows: list[list[str]]) -> None:
    assert len(rows) >= 150
    assert {len(row) for row in rows} == {3}
    assert len({row[2] for row in rows}) >= 15
    assert len({row[0] for row in rows}) == len(rows)
    for phrase, terms, topic in rows:
        assert phrase == phrase.strip().lower() and topic == topic.strip() != ""
        assert words(phrase) and all(words(term) and term == term.strip() for term in terms.split("|"))
        assert phrase not in terms.split("|")


def test_every_phrase_of_the_table_is_found(rows: list[list[str]]) -> None:
    lost = []
    for phrase, terms, _ in rows:
        found = everyday_terms(f"xin hỏi {phrase}?")
        if [(item.start, item.end, item.terms) for item in found] != [
            (2, 2 + len(words(phrase)), tuple(terms.split("|")))
        ]:
            lost.append(phrase)
    assert lost == []


@pytest.mark.parametrize(
    ("question", "phrase", "term"),
    [
        ("Làm sổ đỏ ở đâu?", "sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
        ("LÀM SỔ ĐỎ Ở ĐÂU?", "sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
        ("Ra sổ đỏ mất bao lâu?", "ra sổ đỏ", "cấp giấy chứng nhận quyền sử dụng đất"),
        ("xin giấy phép xây nhà", "giấy phép xây nhà", "giấy phép xây dựng"),
        ("Hay kẹt xe quá", "kẹt xe", "ùn tắc giao thông"),
    ],
)
def test_the_longest_phrase_counts(question: str, phrase: str, term: str) -> None:
    (found,) = everyday_terms(question)
    assert found.phrase == phrase
    assert found.terms[0] == term
    assert " ".join(words(question)[found.start : found.end]) == phrase


@pytest.mark.parametrize("mark", list(',.;:?!()"“”'))
def test_a_phrase_does_not_go_over_punctuation(mark: str) -> None:
    assert everyday_terms(f"mua sổ{mark} đỏ thì sao") == ()


def test_words_are_counted_over_punctuation() -> None:
    first, second = everyday_terms("Tôi hỏi, làm sổ đỏ (nhà tôi) khi kẹt xe?")
    assert (first.start, first.end) == (3, 5)
    assert (second.phrase, second.start, second.end) == ("kẹt xe", 8, 10)


@pytest.mark.parametrize("question", ["", "Phát triển kinh tế thế nào?", "so do", "đỏ sổ"])
def test_other_questions_have_no_everyday_words(question: str) -> None:
    assert everyday_terms(question) == ()


@given(st.lists(st.sampled_from(["sổ", "đỏ", "ra", "kẹt", "xe", "rác", ",", "bìa", "2024"]), max_size=12))
def test_found_phrases_are_words_of_the_question_in_order(parts: list[str]) -> None:
    question = " ".join(parts)
    end = 0
    for item in everyday_terms(question):
        assert item.start >= end
        assert " ".join(words(question)[item.start : item.end]) == item.phrase
        end = item.end
