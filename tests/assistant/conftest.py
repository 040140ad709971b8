"""An assistant over the resolution with the encoder that the product ships with."""

from pathlib import Path

import pytest

from assistant import Assistant
from vectorstore.encoder import Encoder, load_encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def location(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> IndexLocation:
    where = IndexLocation(tmp_path_factory.mktemp("index"))
    sync([DOCUMENTS], DOCUMENTS, where, encoder)
    return where


@pytest.fixture(scope="session")
def assistant(location: IndexLocation, encoder: Encoder) -> Assistant:
    return Assistant.open(location, encoder)
