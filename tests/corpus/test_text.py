"""Spelling: what counts as the same word, and what must not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import (
    folded_terms,
    has_diacritics,
    nfc,
    search_terms,
    strip_diacritics,
    syllable_key,
    with_bigrams,
    words,
)

TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
ONSETS = ["", "b", "ch", "d", "đ", "h", "kh", "ng", "t", "th", "tr", "x"]
VOWELS = ["a", "ă", "â", "e", "ê", "o", "ô", "ơ", "u", "ư", "i"]
FINALS = ["", "c", "m", "n", "ng", "nh", "t"]

syllables = st.tuples(
    st.sampled_from(ONSETS), st.sampled_from(VOWELS), st.sampled_from(TONES), st.sampled_from(FINALS)
)


def spelled(syllable: tuple[str, str, str, str]) -> str:
    return nfc("".join(syllable))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("khoẻ", "khỏe"),
        ("toạ", "tọa"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("thuỷ", "thủy"),
        ("luỹ", "lũy"),
        ("quí", "quý"),
        ("kỹ", "kĩ"),
        ("mỹ", "mĩ"),
        ("lý", "lí"),
        ("tỷ", "tỉ"),
        ("UỶ", "Ủy"),
        ("KHOÁ", "khóa"),
    ],
)
def test_both_spellings_of_a_syllable_are_found(old: str, new: str) -> None:
    assert old != new
    assert syllable_key(old) == syllable_key(new)
    assert search_terms(old) == search_terms(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ma", "má"),
        ("má", "mã"),
        ("mã", "mạ"),
        ("mả", "mà"),
        ("đa", "da"),
        ("tu", "tư"),
        ("thu", "thư"),
        ("thúi", "thúy"),
        ("tài", "tày"),
        ("hai", "hay"),
        ("lao", "lau"),
        ("hóa", "hỏa"),
        ("dân", "dần"),
        ("chỉ", "chí"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert syllable_key(one) != syllable_key(other)


@given(syllables, syllables)
def test_two_syllables_share_a_key_only_when_they_are_the_same(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str]
) -> None:
    assert (syllable_key(spelled(one)) == syllable_key(spelled(other))) == (one == other)


@given(
    st.sampled_from(["", "h", "kh", "l", "t", "th"]),
    st.sampled_from(["oa", "oe", "uy"]),
    st.sampled_from(TONES),
)
def test_the_place_of_the_tone_does_not_matter(onset: str, vowels: str, tone: str) -> None:
    first = nfc(onset + vowels[0] + tone + vowels[1])
    second = nfc(onset + vowels + tone)
    assert syllable_key(first) == syllable_key(second)


@given(syllables)
def test_a_key_does_not_depend_on_the_normal_form_or_on_capitals(syllable: tuple[str, str, str, str]) -> None:
    word = spelled(syllable)
    assert (
        syllable_key(unicodedata.normalize("NFD", word)) == syllable_key(word) == syllable_key(word.upper())
    )


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Điều", "Dieu"),
        ("đường", "duong"),
        ("Ủy ban nhân dân tỉnh", "Uy ban nhan dan tinh"),
        ("NGHỊ QUYẾT", "NGHI QUYET"),
        ("14,14%", "14,14%"),
        ("233-NQ/TU", "233-NQ/TU"),
    ],
)
def test_stripped_text_is_what_people_type_without_a_vietnamese_keyboard(written: str, typed: str) -> None:
    assert strip_diacritics(written) == typed
    assert strip_diacritics(unicodedata.normalize("NFD", written)) == typed


@given(st.text())
def test_stripping_twice_changes_nothing_more(text: str) -> None:
    once = strip_diacritics(text)
    assert strip_diacritics(once) == once
    assert not has_diacritics(once)


@given(st.text())
def test_nfc_is_a_fixed_point(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("dat dai", False), ("đat dai", True), ("đất đai", True), ("", False)]
)
def test_text_typed_without_marks_is_recognised(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected
    assert has_diacritics(unicodedata.normalize("NFD", text)) is expected


def test_words_are_syllables_numbers_and_codes_in_order() -> None:
    assert words("Chỉ thị số 17-CT/TU, đạt 14,14%.") == [
        "chỉ",
        "thị",
        "số",
        "17",
        "ct",
        "tu",
        "đạt",
        "14",
        "14",
    ]


def test_words_of_decomposed_text_are_whole() -> None:
    assert words(unicodedata.normalize("NFD", "Nghị quyết số 233")) == ["nghị", "quyết", "số", "233"]


@given(st.text())
def test_the_two_foldings_keep_one_term_a_word(text: str) -> None:
    assert len(search_terms(text)) == len(folded_terms(text)) == len(words(text))


def test_bigrams_follow_the_single_terms() -> None:
    assert with_bigrams(["môi", "trường", "đất"]) == ["môi", "trường", "đất", "môi_trường", "trường_đất"]
    assert with_bigrams(["môi"]) == ["môi"]
    assert with_bigrams([]) == []
