"""Every real document at hand goes through in one run: read, or named with the reason."""

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index
from vectorstore.sync import SyncReport, sync


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[SyncReport, Index]:
    corpus = Path(os.environ.get("ASSISTANT_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not corpus.is_dir():
        pytest.skip(f"no {corpus}; set ASSISTANT_TEST_CORPUS to the folder of real documents")
    location = IndexLocation(tmp_path_factory.mktemp("index"), related=ROOT / "documents" / "related.yaml")
    report = sync([corpus], corpus, location, BagOfWordsEncoder())
    return report, Index.open(location, BagOfWordsEncoder())


def test_nearly_every_file_becomes_a_document(run: tuple[SyncReport, Index]) -> None:
    report, index = run
    assert report.documents == len(index.documents) == len(report.added) > 60
    for problem in report.problems:
        assert str(problem.path) in str(problem) and "Error" not in str(problem)


def test_the_machine_written_law_is_set_aside_and_the_real_one_is_held(run: tuple[SyncReport, Index]) -> None:
    report, index = run
    assert [problem.path.parent.name for problem in report.quarantined] == ["FAKE-luat-bvmt-ai-filled"]
    held = [d for d in index.documents.values() if d.number == "72/2020/QH14"]
    assert held and all("FAKE" not in document.source for document in held)


def test_a_page_without_words_is_named(run: tuple[SyncReport, Index]) -> None:
    report, _ = run
    named = {f"{problem.path.parent.name}/{problem.path.name}" for problem in report.problems}
    assert "qd-46-qd-bcdcchc-2021-scan/pdftotext-layout.txt" in named


def test_every_passage_is_a_slice_of_its_document_and_cited_once(run: tuple[SyncReport, Index]) -> None:
    _, index = run
    for document in index.documents.values():
        own = index.passages_of(document.id)
        assert all(passage.text == document.text[passage.start : passage.end] for passage in own)
