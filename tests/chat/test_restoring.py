"""A recorded conversation comes back as it was; where the text has changed, without a highlight."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.answer import Answer, RankedPassage
from chat.exchange import Conversation
from chat.render import render_conversation
from chat.restoring import restored
from chat.sources import render_sources
from chat.texts import VI
from corpus import Citation
from ingest import LoadedDocument
from records import StoredTurn


def _held(loaded: LoadedDocument, **other: object) -> SimpleNamespace:
    return SimpleNamespace(
        documents={loaded.document.id: loaded.document},
        passages=list(loaded.passages),
        rows={passage.id: row for row, passage in enumerate(loaded.passages)},
        **other,
    )


def _answer(loaded: LoadedDocument, at: int = 12) -> Answer:
    passage = loaded.passages[at]
    citation = Citation(
        loaded.document,
        passage,
        passage.start + 4,
        passage.start + 60,
        ((passage.start + 9, passage.start + 15),),
    )
    return Answer(
        "?", "đọc là", "vi", f"“{citation.quote}” [1]", (citation,), (), False, None, "extractive", 1
    )


def _stored(answer: Answer, **beyond: object) -> StoredTurn:
    row = json.loads(json.dumps(answer.to_json() | beyond))
    return StoredTurn("t", "c", "browser:x", "2024-07-11T00:00:00+00:00", "?", (), row, "down", "sai")


def test_a_conversation_comes_back_with_its_highlights_and_opinions(resolution: LoadedDocument) -> None:
    answer = _answer(resolution)
    conversation = restored("c", [_stored(answer, as_typed=True)], _held(resolution))
    (exchange,) = conversation.exchanges
    assert exchange.answer == replace(answer)
    assert (exchange.turn_id, exchange.verdict, exchange.comment, exchange.as_typed) == (
        "t",
        "down",
        "sai",
        True,
    )
    assert exchange.changed == frozenset()
    assert "<mark" in render_sources(conversation.exchanges)


@pytest.mark.parametrize("change", ["another paragraph", "no document", "moved"])
def test_a_text_that_has_changed_is_shown_as_it_was_without_a_highlight(
    resolution: LoadedDocument, change: str
) -> None:
    answer = _answer(resolution)
    held = _held(resolution)
    if change == "no document":
        held = SimpleNamespace(documents={}, passages=[], rows={})
    elif change == "another paragraph":
        held.passages[12] = replace(resolution.passages[12], text="Khác hẳn.")
    else:
        text = "Thêm. " + resolution.document.text
        held.documents[resolution.document.id] = replace(resolution.document, text=text)
    conversation = restored("c", [_stored(answer)], held)
    sources = render_sources(conversation.exchanges)
    assert VI.changed in sources
    assert "<mark" not in sources
    assert resolution.passages[12].text[:40] in sources
    assert resolution.passages[12].location in sources
    assert answer.citations[0].quote in render_conversation(conversation)
    assert "?start=" not in sources, "a place that may have moved is not pointed at"


def test_a_refusal_comes_back_with_its_nearest_passage_while_it_is_held(resolution: LoadedDocument) -> None:
    found = RankedPassage(resolution.document, resolution.passages[3], 0.5)
    refusal = Answer("?", None, "vi", "Không có.", (), (found,), True, "x", "extractive", 1)
    turn = _stored(refusal)
    assert 'class="nearest"' in render_conversation(restored("c", [turn], _held(resolution)))
    nothing = SimpleNamespace(documents={}, passages=[], rows={})
    assert 'class="nearest"' not in render_conversation(restored("c", [turn], nothing))
    assert restored("c", [], nothing) == Conversation("c")
