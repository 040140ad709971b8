"""What is formed like a Vietnamese syllable, and which two spellings are the same one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.syllable import completes, conventional, is_syllable, may_be_syllable, spelling
from corpus.text import nfc, strip_diacritics

SYLLABLES = """
    nghị quyết về phát triển kinh tế xã hội nhiệm vụ giải pháp cuối năm tỉnh bắc giang ủy ban nhân dân huyện
    nghiệp khuếch khoáng hoạch nguyễn giữ gìn quốc quýt quỳnh thuở rượu hươu khuya đẩy ướt yên oanh ở à
""".split()  # noqa: SIM905


@pytest.mark.parametrize("word", SYLLABLES)
def test_words_of_official_texts_are_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))
    assert may_be_syllable(word)
    assert may_be_syllable(strip_diacritics(word))


@pytest.mark.parametrize(
    "word",
    [
        "zalo",
        "website",
        "online",
        "nghoe",
        "ngệp",
        "ubnd",
        "đượcc",
        "xuwr",
        "moi6",
        "thcs",
        "tlự",
        "bb",
        "17",
        "",
    ],
)
def test_foreign_words_codes_and_slips_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)
    assert not may_be_syllable(word)


@pytest.mark.parametrize("word", ["luc", "dat", "phap", "tich", "hêt", "sãch", "mờp", "đườc"])
def test_stopped_syllables_have_an_acute_or_a_dot(word: str) -> None:
    assert not is_syllable(word)
    assert may_be_syllable(word)


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("thuỷ", "thủy"),
        ("UỶ", "ủy"),
        ("Hoà", "hòa"),
        ("hòa", "hòa"),
        ("quý", "quý"),
        ("quỹ", "quỹ"),
        ("hoàn", "hoàn"),
        ("toại", "toại"),
        ("xoè", "xòe"),
        ("hoa", "hoa"),
        ("huy", "huy"),
    ],
)
def test_a_tone_is_put_where_most_official_texts_put_it(typed: str, usual: str) -> None:
    assert conventional(typed) == usual
    assert conventional(unicodedata.normalize("NFD", typed)) == usual


@pytest.mark.parametrize(
    ("one", "other"), [("qúa", "quá"), ("đòan", "đoàn"), ("khóang", "khoáng"), ("đôí", "đối")]
)
def test_a_tone_on_the_wrong_letter_makes_no_other_word(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)
    assert completes(one, other) and completes(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hóa"), ("ma", "mạ"), ("đa", "da"), ("tu", "tư"), ("lý", "lí"), ("thúi", "thúy")],
)
def test_other_letters_marks_or_tones_make_other_words(one: str, other: str) -> None:
    assert conventional(one) != conventional(other)
    assert spelling(one) != spelling(other)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("dat", "đất"),
        ("dât", "đất"),
        ("đat", "đất"),
        ("dất", "đất"),
        ("đất", "đất"),
        ("tri", "trị"),
        ("dat", "dạt"),
    ],
)
def test_marks_left_out_are_added(typed: str, whole: str) -> None:
    assert completes(typed, whole)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("đất", "dat"),
        ("đât", "dất"),
        ("đạt", "đất"),
        ("dắt", "đất"),
        ("dat", "đấtt"),
        ("tỉ", "tỷ"),
        ("tỉnh", "tình"),
    ],
)
def test_marks_that_were_typed_are_kept(typed: str, other: str) -> None:
    assert not completes(typed, other)


def test_a_word_is_taken_apart_into_letters_marks_and_tone() -> None:
    parts = spelling("Đường")
    assert parts.letters == "duong"
    assert [mark != "" for mark in parts.marks] == [True, True, True, False, False]
    assert parts.tone == "\u0300"
    assert spelling("duong").marks == ("",) * 5
    assert spelling("duong").tone == ""


@given(st.sampled_from(SYLLABLES))
def test_a_bare_word_is_completed_by_the_whole_one_and_not_the_other_way_round(word: str) -> None:
    bare = strip_diacritics(word)
    assert completes(bare, word)
    assert completes(word, bare) == (bare == word)


@given(st.text(max_size=12))
def test_any_text_has_a_conventional_form_that_stays(text: str) -> None:
    once = conventional(text)
    assert conventional(once) == once
    assert nfc(once) == once
    assert isinstance(is_syllable(text), bool) and isinstance(may_be_syllable(text), bool)


@given(st.sampled_from(SYLLABLES), st.sampled_from(["NFC", "NFD"]))
def test_normal_form_and_capitals_do_not_matter(word: str, form: str) -> None:
    assert spelling(unicodedata.normalize(form, word.upper())) == spelling(word)
    assert conventional(unicodedata.normalize(form, word.upper())) == conventional(word)
