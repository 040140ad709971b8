"""The client against the server of llama.cpp with a real, small model."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from assistant import Assistant
from assistant.answer import QUOTED, Verdict
from assistant.generation import FailureKind, LanguageModel, ModelFailure, ModelSettings
from assistant.verification import Source, examine
from tests.assistant.generation.llama_server import CONTEXT_TOKENS, MISSING, llama_server
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)}: see requirements-dev.txt")
ASKED = [SystemMessage("Trả lời ngắn."), HumanMessage("Thủ đô của Việt Nam là thành phố nào?")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("llama")


@pytest.fixture(scope="module")
def model(folder: Path) -> Iterator[LanguageModel]:
    with llama_server(folder) as base_url:
        yield of(base_url)


def of(base_url: str) -> LanguageModel:
    # A busy machine may need long: this is not about speed.
    return LanguageModel(
        ModelSettings(base_url, "gemma", context_tokens=CONTEXT_TOKENS, first_token_s=60, timeout_s=120)
    )


def test_a_real_model_writes_piece_by_piece(model: LanguageModel) -> None:
    pieces: list[str] = []
    written = model.write(ASKED, pieces.append, most_tokens=24)
    assert len(pieces) > 4
    assert written.text == "".join(pieces).rstrip()
    assert written.prompt_tokens and 10 < written.prompt_tokens < 100
    assert not written.complete or len(pieces) < 24


def test_a_real_model_writes_the_same_again(model: LanguageModel) -> None:
    first, second = (model.write(ASKED, lambda _: None, most_tokens=12).text for _ in range(2))
    assert first == second


def test_a_prompt_longer_than_the_context_is_too_long(model: LanguageModel) -> None:
    with pytest.raises(ModelFailure) as caught:
        model.write([HumanMessage("rác thải " * CONTEXT_TOKENS)], lambda _: None, most_tokens=8)
    assert caught.value.kind is FailureKind.TOO_LONG
    assert str(CONTEXT_TOKENS) in caught.value.detail


def test_a_reader_that_stops_frees_the_real_server(model: LanguageModel) -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def take(_: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        model.write(ASKED, take, most_tokens=1500)
    # The only slot of the server is free at once, not after 1,500 tokens.
    assert model.write(ASKED, lambda _: None, most_tokens=4).text


def test_a_real_server_that_was_stopped_is_unreachable(folder: Path) -> None:
    with llama_server(folder) as base_url:
        model = of(base_url)
        assert model.write(ASKED, lambda _: None, most_tokens=2).text
    with pytest.raises(ModelFailure) as caught:
        model.write(ASKED, lambda _: None, most_tokens=2)
    assert caught.value.kind is FailureKind.UNREACHABLE


def test_what_a_real_model_writes_is_shown_only_as_far_as_the_documents_bear_it_out(
    folder: Path, location: IndexLocation, encoder: Encoder
) -> None:
    with llama_server(folder) as base_url:
        assistant = Assistant.open(location, encoder, model=of(base_url))
        answer = assistant.ask("Xử lý rác thải phải làm gì?")
    quoted = Assistant.open(location, encoder).ask("Xử lý rác thải phải làm gì?")
    assert answer.model == "gemma"
    if answer.mode == QUOTED:
        assert (answer.text, answer.citations) == (quoted.text, quoted.citations)
        assert len(answer.notes) == len(quoted.notes) + 1
    else:
        shown = [one for one in answer.sentences if one.verdict is Verdict.SUPPORTED]
        sources = [Source(one.passage.text) for one in answer.citations]
        assert shown and all(examine(one.line, sources).supported for one in shown)
