"""English questions become the Vietnamese words that official texts use, as far as the glossary goes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.english import gloss
from corpus.text import words

DATA = Path(__file__).resolve().parents[3] / "assistant" / "data" / "english.tsv"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_the_table_has_two_filled_columns(rows: list[list[str]]) -> None:
    assert len(rows) >= 300
    assert {len(row) for row in rows} == {2}
    assert len({row[0] for row in rows}) == len(rows)
    for english, vietnamese in rows:
        assert english == english.strip() and words(english) and english == english.lower()
        assert all(words(term) and term == term.strip() for term in vietnamese.split("|"))


def test_every_row_is_used(rows: list[list[str]]) -> None:
    lost = [english for english, _ in rows if gloss(english).unknown or not gloss(english).text]
    assert lost == []


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("administrative procedures", "thủ tục hành chính"),
        ("companies", "công ty"),
        ("agencies", "cơ quan"),
        ("cities", "thành phố"),
        ("taxes", "thuế"),
        ("enterprises", "doanh nghiệp"),
        ("people's councils", "Hội đồng nhân dân"),
        ("land use right certificates", "quyền sử dụng đất"),
        ("applied", "áp dụng"),
        ("applying", "áp dụng"),
        ("established", "thành lập"),
        ("supervised", "giám sát"),
        ("supervising", "giám sát"),
        ("stopped", "dừng"),
        ("developing", "phát triển"),
        ("WASTE", "chất thải"),
        ("How many enterprises", "bao nhiêu doanh nghiệp"),
        ("Who signed", "ai ký"),
    ],
)
def test_plurals_and_verb_forms_are_known_by_their_base(english: str, vietnamese: str) -> None:
    found = gloss(english)
    assert vietnamese in found.text
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("english", "place"),
    [
        ("What does Article 2, clause 4 require?", "Điều 2 khoản 4"),
        ("Article 2 and Article 3", "Điều 2 Điều 3"),
        ("chapter iv", "Chương IV"),
        ("Section II", "mục II"),
        ("Annex 1", "Phụ lục 1"),
        ("appendix II", "Phụ lục II"),
        ("clause 4a of article 12", "khoản 4a Điều 12"),
        ("point a clause 2 article 3", "điểm a khoản 2 Điều 3"),
    ],
)
def test_places_are_named_as_officials_name_them(english: str, place: str) -> None:
    assert place in gloss(english).text


def test_the_longest_phrase_counts() -> None:
    assert gloss("public investment").text != f"{gloss('public').text} {gloss('investment').text}"
    assert gloss("What is the growth rate in 2024?").text == "tốc độ tăng trưởng 2024"


@pytest.mark.parametrize(
    ("english", "unknown"),
    [
        ("unobtainium mining", ("unobtainium",)),
        ("blockchain", ("blockchain",)),
        ("tourism in Paris", ("paris",)),
        ("What is required about waste?", ()),
    ],
)
def test_words_without_a_meaning_are_reported(english: str, unknown: tuple[str, ...]) -> None:
    assert gloss(english).unknown == unknown


@pytest.mark.parametrize("english", ["the of and", "blockchain", "?", ""])
def test_without_known_words_there_is_no_text(english: str) -> None:
    assert gloss(english).text == ""
    assert gloss(english).related == ()


def test_further_terms_stand_at_the_words_of_the_first() -> None:
    found = gloss("How is waste from roads treated by companies?")
    spoken = words(found.text)
    assert found.related
    for item in found.related:
        assert " ".join(spoken[item.start : item.end]) == " ".join(words(item.terms[0]))
        assert len(item.terms) > 1


@given(
    st.lists(
        st.sampled_from(["waste", "roads", "the", "article", "2", "clause", "public", "xyz", "how", "many"])
    )
)
def test_any_order_of_words_has_a_gloss_with_places_inside_it(parts: list[str]) -> None:
    found = gloss(" ".join(parts))
    assert set(found.unknown) <= {"xyz"}
    assert found.unknown.count("xyz") == parts.count("xyz")
    for item in found.related:
        assert " ".join(words(found.text)[item.start : item.end]) == " ".join(words(item.terms[0]))
