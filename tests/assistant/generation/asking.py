"""What the tests of the client share: a question, its answer, and how the model is asked."""

import threading
from collections.abc import Callable, Iterator

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.generation import LanguageModel, ModelFailure, ModelSettings, Written
from tests.assistant.generation.scripted_server import Piece, Reply, Script, ScriptedServer, scripted

ASKED: list[BaseMessage] = [SystemMessage("Chỉ trả lời theo các đoạn."), HumanMessage("Xử lý rác thế nào?")]
ANSWER = "Khởi công Nhà máy xử lý rác và phát điện Bắc Giang [1]."
SHORT_S = 0.2
END = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


def model_of(server: ScriptedServer, **settings: object) -> LanguageModel:
    return LanguageModel(ModelSettings(server.base_url, "qwen3:8b", **settings))  # type: ignore[arg-type]


def written(
    model: LanguageModel, take: Callable[[str], None] = lambda _: None, most_tokens: int = 64
) -> Written:
    return model.write(ASKED, take, most_tokens=most_tokens)


def failure(script: Script, **settings: object) -> ModelFailure:
    with scripted(script) as server, pytest.raises(ModelFailure) as caught:
        written(model_of(server, **settings))
    return caught.value


def endless(piece: Piece | None = None) -> Reply:
    """A reply without an end, of the same piece or of ever new words."""

    class Pieces(list[Piece]):
        def __iter__(self) -> Iterator[Piece]:
            return (piece or f" {hash(str(number))}" for number in range(10_000_000))

    return Reply(Pieces())


class Stopped(Exception):  # noqa: N818
    """Of a reader that has had enough."""


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "language-model"]
