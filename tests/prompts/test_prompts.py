"""The product's wording: every file can be loaded, placeholders are asked for, versions follow the text."""

from pathlib import Path

import pytest

from assistant.verification import Fault
from prompts import MissingVariableError, say, tell_model, version_of

FOLDER = Path(__file__).resolve().parents[2] / "prompts"
GIVEN = {"fence": "===", "paragraphs": "[1] a", "question": "b?", "most": "5", "refusal": "c"}


def test_a_missing_variable_is_named_with_its_file() -> None:
    given = {name: value for name, value in GIVEN.items() if name != "paragraphs"}
    with pytest.raises(MissingVariableError, match=r"prompts/vi/model/answer.*paragraphs"):
        tell_model("model/answer", "vi", **given)
    with pytest.raises(MissingVariableError, match=r"prompts/en/note_as_of.txt: thiếu giá trị cho day"):
        say("note_as_of", "en")


def test_braces_in_a_document_are_no_placeholders() -> None:
    messages = tell_model("model/answer", "vi", **{**GIVEN, "paragraphs": "[1] {fence} {0} {x.y}"})
    assert "{fence} {0} {x.y}" in str(messages[-1].content)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_prompt_asks_for_the_refusal_that_the_product_itself_uses(language: str) -> None:
    refusal = say("refusal", language)
    messages = tell_model("model/answer", language, **{**GIVEN, "refusal": refusal})
    assert refusal in str(messages[0].content)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_can_be_told(language: str) -> None:
    assert all(say(f"faults/{fault.value}", language, words="x") for fault in Fault)


def test_both_languages_have_the_same_sentences() -> None:
    names = [
        {path.relative_to(FOLDER / language).as_posix() for path in (FOLDER / language).rglob("*.txt")}
        for language in ("vi", "en")
    ]
    only_english = {"quotes_frame.txt", "understood.txt"}
    translating = {f"model/translate.{role}.txt" for role in ("system", "human")}
    assert names[1] - names[0] <= only_english | translating
    assert names[0] <= names[1]


def test_the_version_names_the_wording() -> None:
    assert version_of("model/answer", "vi").startswith("vi/model/answer@")
    assert version_of("model/answer", "vi") != version_of("model/answer", "en")
    assert version_of("model/answer", "vi") == version_of("model/answer", "vi")
