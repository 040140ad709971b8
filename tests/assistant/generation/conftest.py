"""An assistant over the resolution whose answers a scripted model writes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from assistant import Assistant
from assistant.generation import LanguageModel, ModelSettings
from tests.assistant.generation.scripted_server import Script, ScriptedServer, scripted
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation

Written = Callable[..., tuple[Assistant, ScriptedServer]]


@pytest.fixture
def written_by(location: IndexLocation, encoder: Encoder) -> Iterator[Written]:
    """Makes an assistant with a model from a script, and the server behind it."""
    with ExitStack() as servers:

        def make(script: Script, **settings: float) -> tuple[Assistant, ScriptedServer]:
            server = servers.enter_context(scripted(script))
            model = LanguageModel(ModelSettings(server.base_url, "kich-ban", **settings))  # type: ignore[arg-type]
            return Assistant.open(location, encoder, model=model), server

        yield make
