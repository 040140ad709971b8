"""The language model of the resolution and its sentences, made once."""

import pytest

from assistant.question import parse_question
from assistant.understanding.abbreviations import Abbreviations
from assistant.understanding.reading import Reader
from assistant.understanding.syllable_model import SyllableModel
from corpus.sentences import sentences
from corpus.text import words
from ingest import LoadedDocument
from vectorstore.syllables import SyllableCounts


@pytest.fixture(scope="session")
def model(resolution: LoadedDocument) -> SyllableModel:
    return SyllableModel(SyllableCounts.of(passage.text for passage in resolution.passages))


@pytest.fixture(scope="session")
def reader(model: SyllableModel) -> Reader:
    return Reader(model, Abbreviations())


@pytest.fixture(scope="session")
def said(resolution: LoadedDocument) -> list[str]:
    """The sentences of the resolution."""
    found = [span.of(passage.text) for passage in resolution.passages for span in sentences(passage.text)]
    return [parse_question(sentence).text for sentence in found if words(sentence)]
