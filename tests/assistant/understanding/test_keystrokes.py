"""Words typed with the keys of an input method that was off become the syllables they stand for."""

import unicodedata
from collections.abc import Callable

import pytest

from assistant.understanding.keystrokes import typed_out
from assistant.understanding.syllable_model import general_counts
from corpus.syllable import conventional, spelling

TELEX = dict(zip("\u0301\u0300\u0309\u0303\u0323", "sfrxj", strict=True))
VNI = dict(zip("\u0301\u0300\u0309\u0303\u0323", "12345", strict=True))
TELEX_LETTERS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI_LETTERS = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}

# "oo" is the key for "ô": "moóc" cannot be told from "mốc".
AMBIGUOUS = {"coóc", "moóc", "oóc"}


def typed(word: str, letters: dict[str, str], tones: dict[str, str], at_end: bool, together: bool) -> str:
    """The keys pressed for `word`; `together`: one key for the two marks of "ươ"."""
    keys, last = "", ""
    for char in word:
        tone = next((c for c in unicodedata.normalize("NFD", char) if c in tones), "")
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", char).replace(tone or "\0", ""))
        key = letters.get(plain, plain)
        if together and keys.endswith(letters["ư"]) and plain == "ơ":
            keys = keys[:-1]
        keys += key + ("" if at_end else tones.get(tone, ""))
        last = last or tones.get(tone, "")
    return keys + last if at_end else keys


def telex(word: str, at_end: bool, together: bool) -> str:
    return typed(word, TELEX_LETTERS, TELEX, at_end, together)


def vni(word: str, at_end: bool, together: bool) -> str:
    return typed(word, VNI_LETTERS, VNI, at_end, together)


@pytest.mark.parametrize("together", [False, True], ids=["each mark", "uow"])
@pytest.mark.parametrize("at_end", [True, False], ids=["tone last", "tone after its vowel"])
@pytest.mark.parametrize("method", [telex, vni])
def test_every_syllable_of_the_inventory_comes_back(
    method: Callable[[str, bool, bool], str], at_end: bool, together: bool
) -> None:
    # A letter and a digit ("a1") is the label of a point.
    inventory = [s for s in general_counts().syllables if s not in AMBIGUOUS and len(s) > 1]
    typed_words = {s: method(s, at_end, together) for s in inventory}
    marked = {s: keys for s, keys in typed_words.items() if keys != s}
    assert len(marked) > 3000
    # A tone typed after the wrong vowel ("qúa") is put on the right one.
    lost = {s: keys for s, keys in marked.items() if spelling(typed_out(keys) or "") != spelling(s)}
    assert lost == {}


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("xuwr", "xử"),
        ("lys", "lý"),
        ("racs", "rác"),
        ("thair", "thải"),
        ("ddaats", "đất"),
        ("dduwowngf", "đường"),
        ("dduowngf", "đường"),
        ("hoatj", "hoạt"),
        ("hoajt", "hoạt"),
        ("nghij", "nghị"),
        ("quyeest", "quyết"),
        ("quyeets", "quyết"),
        ("uyr", "ủy"),
        ("giuwx", "giữ"),
        ("gifn", "gìn"),
        ("xu73", "xử"),
        ("ly1", "lý"),
        ("ra1c", "rác"),
        ("moi6", "môi"),
        ("tru7o7ng2", "trường"),
        ("truo7ng2", "trường"),
        ("d9a6t1", "đất"),
        ("d9u7o7ng2", "đường"),
    ],
)
def test_keys_left_in_a_word_are_undone(keys: str, meant: str) -> None:
    assert conventional(typed_out(keys) or "") == meant


@pytest.mark.parametrize(
    "word",
    ["website", "zalo", "xã", "đất", "kinh", "lý", "2024", "6", "17", "covid19", "pc", "km2", "", "oxy"],
)
def test_words_that_hold_no_keys_are_left_alone(word: str) -> None:
    assert typed_out(word) is None


@pytest.mark.parametrize("keys", ["thuowr", "thuowf", "huow", "quowr"])
def test_uow_at_the_end_of_a_word_is_no_double_horn(keys: str) -> None:
    found = typed_out(keys)
    assert found is not None
    assert spelling(found).letters == keys.rstrip("rf").replace("w", "")


def test_an_old_and_a_new_tone_key_cannot_both_be_meant() -> None:
    assert typed_out("ra1c2") is None
