"""Variants are what other people would have typed: same question, other keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import folded_terms, has_diacritics, search_terms, strip_diacritics
from evaluation.consistency import ORIGINAL, consistencies
from evaluation.formats import QuestionSet
from evaluation.given import GivenAnswer, Quoted
from evaluation.perturbations import NAMES, variants
from evaluation.questions import GoldLabel, LabelledQuestion
from evaluation.robustness import multiplied

QUESTION = "Ủy ban nhân dân tỉnh xử lý rác thải ở xã Đông Lỗ, huyện Hiệp Hoà thế nào?"


def test_every_variant_is_as_expected() -> None:
    made = variants(QUESTION, 7)
    assert set(made) == set(NAMES)
    assert (
        made["no_diacritics"] == "Uy ban nhan dan tinh xu ly rac thai o xa Dong Lo, huyen Hiep Hoa the nao?"
    )
    assert (
        made["tone_placement"] == "Uỷ ban nhân dân tỉnh xử lý rác thải ở xã Đông Lỗ, huyện Hiệp Hoà thế nào?"
    )
    assert made["abbreviations"] == QUESTION.replace("Ủy ban nhân dân", "UBND")
    assert made["upper_case"] == QUESTION.upper()
    assert made["no_question_mark"] == QUESTION[:-1]
    assert made["telex_keys"].startswith("Uyr ban nhaan daan tinhr xuwr lys racs thair owr xax Ddoong Loox")
    assert made["nfd"] == unicodedata.normalize("NFD", QUESTION) != QUESTION


def test_the_tone_moves_either_way() -> None:
    assert variants("hòa bình, khỏe, thủy lợi", 1)["tone_placement"] == "hoà bình, khoẻ, thuỷ lợi"
    assert variants("hoà bình, khoẻ, thuỷ lợi", 1)["tone_placement"] == "hòa bình, khỏe, thủy lợi"
    assert "tone_placement" not in variants("quý, quả, đường", 1)


def test_half_the_accents_go_and_half_stay() -> None:
    half = variants(QUESTION, 7)["half_accents"]
    assert has_diacritics(half) and strip_diacritics(half) == strip_diacritics(QUESTION)
    changed = sum(a != b for a, b in zip(half.split(), QUESTION.split(), strict=True))
    assert 3 <= changed <= 12


def test_slips_are_few_and_leave_the_other_words_alone() -> None:
    slipped = variants(QUESTION, 7)["typing_slips"]
    changed = [a for a, b in zip(slipped.split(), QUESTION.split(), strict=True) if a != b]
    assert 1 <= len(changed) <= 2


@given(st.text(max_size=80), st.integers(0, 5))
def test_any_text_has_variants_and_the_same_seed_gives_the_same(text: str, seed: int) -> None:
    made = variants(text, seed)
    assert made == variants(text, seed)
    assert all(variant != text and variant.strip() for variant in made.values())
    if "tone_placement" in made:
        assert search_terms(made["tone_placement"]) == search_terms(unicodedata.normalize("NFC", text))
    if "no_diacritics" in made:
        assert folded_terms(made["no_diacritics"]) == folded_terms(text)


def asked(identifier: str, text: str, language: str = "vi") -> LabelledQuestion:
    gold = (GoldLabel(None, "2.4.2"),)
    return LabelledQuestion(identifier, "task", text, (), True, gold, language=language)


def test_variants_keep_the_gold_and_english_is_left_out() -> None:
    questions = QuestionSet("t", (asked("a", QUESTION), asked("b", "Tax measures?", "en")))
    many = multiplied(questions, 7).questions
    assert [q.variant for q in many] == [ORIGINAL, *NAMES]
    assert {q.group for q in many} == {"a"} and {q.gold for q in many} == {(GoldLabel(None, "2.4.2"),)}
    assert len({q.id for q in many}) == len(many)


def replied(place: str | None) -> GivenAnswer:
    cited = (Quoted("d", 0, 1, "x", place, place),) if place else ()
    return GivenAnswer("x", place is None, cited, (), "extractive", 1.0)


def test_a_variant_is_consistent_when_it_gets_the_originals_answer() -> None:
    many = multiplied(QuestionSet("t", (asked("a", QUESTION),)), 7).questions
    given = {q.id: replied("p" if q.variant != "telex_keys" else None) for q in many}
    parts = consistencies(many, given)
    assert "a" not in parts
    assert parts["a@telex_keys"] == (0.0, 1) and parts["a@upper_case"] == (1.0, 1)


@pytest.mark.parametrize(("places", "share"), [("ppp", 1.0), ("ppq", 0.5), ("pqr", 0.0)])
def test_paraphrases_are_compared_with_all_others(places: str, share: float) -> None:
    from dataclasses import replace

    many = [replace(asked(f"q{n}", f"Câu {n}?"), group="g") for n in range(3)]
    parts = consistencies(many, {q.id: replied(p) for q, p in zip(many, places, strict=True)})
    assert parts["q0"] == (share, 1)
