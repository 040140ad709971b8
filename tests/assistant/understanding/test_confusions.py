"""Syllables that sound alike somewhere, and letter strings one slip away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.confusions import one_slip, sounds_like
from assistant.understanding.syllable_model import general_counts
from corpus.syllable import is_syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sử", "xử"),
        ("xinh", "sinh"),
        ("trính", "chính"),
        ("chong", "trong"),
        ("lông", "nông"),
        ("núa", "lúa"),
        ("dải", "giải"),
        ("dìn", "gìn"),
        ("rải", "giải"),
        ("dừng", "rừng"),
        ("dề", "về"),
        ("cũa", "của"),
        ("củng", "cũng"),
        ("nghĩ", "nghỉ"),
        ("bàng", "bàn"),
        ("huyệng", "huyện"),
        ("các", "cát"),
        ("lụt", "lục"),
        ("tin", "tinh"),
        ("hiu", "hưu"),
        ("riệu", "rượu"),
        ("máy", "mấy"),
        ("nghành", "ngành"),
        ("ngề", "nghề"),
        ("cinh", "kinh"),
        ("zân", "dân"),
        ("fải", "phải"),
        ("wản", "quản"),
    ],
)
def test_regional_spellings_are_near_what_is_meant(typed: str, meant: str) -> None:
    assert meant in sounds_like(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("xử", "lý"), ("đất", "đai"), ("tỉnh", "huyện"), ("mạ", "má"), ("ba", "ca")]
)
def test_different_words_are_not_confused(one: str, other: str) -> None:
    assert other not in sounds_like(one)


@given(st.sampled_from(general_counts().syllables))
def test_what_sounds_like_a_syllable_is_another_syllable(word: str) -> None:
    near = sounds_like(word)
    assert word not in near
    assert all(is_syllable(other) for other in near)
    assert len(near) <= 16


@pytest.mark.parametrize(
    "slipped", ["truonng", "truog", "turong", "trong", "truongg", "truon", "tuong", "truonh", "truogn"]
)
def test_a_slip_is_one_letter_away_from_the_word(slipped: str) -> None:
    assert "truong" in set(one_slip(slipped))


@pytest.mark.parametrize("far", ["trg", "troong!", "duongf", "ngtruo"])
def test_more_than_one_slip_is_another_word(far: str) -> None:
    assert "truong" not in set(one_slip(far))


@given(st.text("aeghinortu", min_size=1, max_size=8), st.data())
def test_every_single_slip_is_undone(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    missing = word[:at] + word[at + 1 :]
    doubled = word[: at + 1] + word[at:]
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    wrong = word[:at] + data.draw(st.sampled_from("aeghinortu")) + word[at + 1 :]
    for slipped in {missing, doubled, swapped, wrong} - {word, ""}:
        assert word in set(one_slip(slipped))


@given(st.text("aeghinortu", max_size=8))
def test_slips_change_the_length_by_one_at_most(word: str) -> None:
    assert all(abs(len(other) - len(word)) <= 1 for other in one_slip(word))
