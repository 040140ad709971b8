"""How many damaged words come back, over the whole resolution."""

import random
import re
import unicodedata
from collections.abc import Callable

import pytest

from assistant.understanding.spelling import respelled
from assistant.understanding.syllable_model import SyllableModel
from assistant.understanding.tokens import tokens_of
from corpus.syllable import conventional
from corpus.text import nfc, strip_diacritics

TONES = "\u0300\u0301\u0309\u0303\u0323"
HOOK_TILDE = {0x309: 0x303, 0x303: 0x309}


def toneless(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONES))


@pytest.mark.parametrize(("damage", "share"), [(strip_diacritics, 0.99), (toneless, 0.99)])
def test_a_text_without_diacritics_gets_them_back(
    damage: Callable[[str], str], share: float, said: list[str], model: SyllableModel
) -> None:
    whole = [conventional(token.text) for text in said for token in tokens_of(text)]
    back = [conventional(word) for text in said for word in respelled(tokens_of(damage(text)), model)]
    assert len(whole) == len(back) > 3000
    assert sum(a == b for a, b in zip(whole, back, strict=True)) / len(whole) >= share


def exchanged(one: str, other: str, word: str) -> str:
    starts = {one: other, other: one}
    found = next((s for s in starts if word.startswith(s) and not word.startswith(s + "h")), None)
    return starts[found] + word[len(found) :] if found else word


DAMAGES: dict[str, tuple[Callable[[str], str], float]] = {
    "s and x": (lambda w: exchanged("s", "x", w), 0.90),
    "ch and tr": (lambda w: exchanged("ch", "tr", w), 0.89),
    "l and n": (lambda w: exchanged("l", "n", w) if w[:2] not in ("ng", "nh") else w, 0.82),
    "d and r": (lambda w: exchanged("d", "r", w), 0.93),
    "gi and d": (lambda w: re.sub(r"^gi(?=[^nm])", "d", w), 0.85),
    "hỏi and ngã": (lambda w: nfc(unicodedata.normalize("NFD", w).translate(HOOK_TILDE)), 0.92),
    "n and ng": (lambda w: w[:-1] if w.endswith("ng") else re.sub("n$", "ng", w), 0.87),
    "letter doubled": (lambda w: w[:2] + w[1:] if len(w) > 3 else w, 0.93),
    "letter missing": (lambda w: w[:-1] if len(w) > 4 else w, 0.85),
    "letters exchanged": (lambda w: w[:-2] + w[-1] + w[-2] if len(w) > 3 else w, 0.90),
    "one word bare": (strip_diacritics, 0.91),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_one_damaged_word_comes_back_and_the_others_stay(
    name: str, said: list[str], model: SyllableModel
) -> None:
    damage, share = DAMAGES[name]
    choice = random.Random(0)
    right = tried = 0
    for text in said:
        tokens = tokens_of(text)
        can = [
            t
            for t in tokens
            if not t.fixed and t.text.islower() and t.text.isalpha() and damage(t.text) != t.text
        ]
        for token in choice.sample(can, min(2, len(can))):
            at = tokens.index(token)
            damaged = tokens_of(text[: token.start] + damage(token.text) + text[token.end :])
            back = [conventional(word) for word in respelled(damaged, model)]
            meant = [conventional(t.text) for t in tokens]
            assert back[:at] + back[at + 1 :] == meant[:at] + meant[at + 1 :]
            tried, right = tried + 1, right + (back[at] == meant[at])
    assert tried >= 45
    assert right / tried >= share, f"{right} of {tried}"
