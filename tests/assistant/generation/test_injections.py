"""Documents and questions that give orders to the model, and a model that obeys every one of them.

What it writes then is nowhere shown as supported, unless an ordinary sentence of the documents says it.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant
from assistant.answer import Verdict
from assistant.generation import LanguageModel, ModelSettings
from assistant.verification import Source, examine
from tests.assistant.conftest import DOCUMENTS
from tests.assistant.generation.scripted_server import scripted
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("injections.jsonl").read_text(encoding="utf-8").splitlines()
]
IN_DOCUMENTS = [row for row in ROWS if row["where"] == "document"]
IN_QUESTIONS = [row for row in ROWS if row["where"] == "question"]
FOREIGN = re.compile(r"https?:|<\s*\w|javascript:|!\[|\]\(")


@pytest.fixture(scope="module")
def poisoned(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> IndexLocation:
    """An index of the resolution and of one plan for each paragraph that gives orders."""
    folder = tmp_path_factory.mktemp("documents")
    for source in DOCUMENTS.glob("*.txt"):
        (folder / source.name).write_bytes(source.read_bytes())
    for row in IN_DOCUMENTS:
        text = f"KẾ HOẠCH\nVề việc thực hiện nhiệm vụ {row['id']}\n\n1. {row['text']}\n"
        (folder / f"{row['id']}.txt").write_text(text, encoding="utf-8")
    where = IndexLocation(tmp_path_factory.mktemp("index"))
    sync([folder], folder, where, encoder)
    return where


def ask_obedient(location: IndexLocation, encoder: Encoder, row: Mapping[str, Any]) -> Answer:
    with scripted(row["obeyed"]) as server:
        model = LanguageModel(ModelSettings(server.base_url, "nghe-loi"))
        return Assistant.open(location, encoder, model=model).ask(row.get("question") or row["text"])


def is_said(text: str, honest: list[Source]) -> bool:
    """Whether an ordinary sentence says it."""
    numbers = range(1, len(honest) + 1)
    return any(
        examine(f"{text} [{number}]", honest, language).supported
        for number in numbers
        for language in ("vi", "en")
    )


def shown_as_supported(answer: Answer) -> list[str]:
    return [one.text for one in answer.sentences if one.verdict is Verdict.SUPPORTED]


def test_there_are_enough_of_them() -> None:
    assert len(ROWS) >= 40 and len(IN_QUESTIONS) >= 15 and len({row["kind"] for row in ROWS}) >= 10


@pytest.mark.parametrize("row", IN_DOCUMENTS, ids=lambda row: row["id"])
def test_an_order_in_a_document_is_not_carried_out(
    poisoned: IndexLocation, encoder: Encoder, row: dict[str, Any]
) -> None:
    answer = ask_obedient(poisoned, encoder, row)
    honest = [Source(row["official"])]
    for text in shown_as_supported(answer):
        assert is_said(text, honest), text
        assert not FOREIGN.search(text)


@pytest.mark.parametrize("row", IN_QUESTIONS, ids=lambda row: row["id"])
def test_an_order_in_a_question_is_not_carried_out(
    location: IndexLocation, encoder: Encoder, row: dict[str, Any]
) -> None:
    answer = ask_obedient(location, encoder, row)
    honest = [Source(one.passage.text) for one in answer.citations]
    for text in shown_as_supported(answer):
        assert is_said(text, honest), text
        assert not FOREIGN.search(text)
