"""Collections of several documents, changing ones and empty ones, with the real encoder."""

import shutil
from pathlib import Path

from assistant import Assistant
from tests.assistant.conftest import DOCUMENTS
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

RESOLUTION = next(DOCUMENTS.glob("*.txt"))


def resolution_in(tmp_path: Path, location: IndexLocation) -> tuple[Path, IndexLocation]:
    """A documents folder with the resolution, and an index of it that is the test's own."""
    folder, where = tmp_path / "documents", IndexLocation(tmp_path / "index")
    folder.mkdir()
    shutil.copy(RESOLUTION, folder)
    shutil.copytree(location.folder, where.folder)
    return folder, where


def test_documents_indexed_meanwhile_are_answered_from(
    location: IndexLocation, encoder: Encoder, tmp_path: Path
) -> None:
    folder, where = resolution_in(tmp_path, location)
    assistant = Assistant.open(where, encoder)
    question = "Ngày hội trồng cây ở xã Tân Sơn diễn ra khi nào?"
    assert assistant.ask(question).refused
    text = "KẾ HOẠCH\nTổ chức ngày hội trồng cây\n1. Ngày hội trồng cây ở xã Tân Sơn diễn ra ngày 15/3/2025."
    (folder / "ke-hoach.txt").write_text(text, encoding="utf-8")
    sync([folder], folder, where, encoder)
    assert assistant.ask(question).citations[0].passage.location == "mục 1"


def test_a_place_that_several_documents_have_is_not_taken_from_any_one(
    location: IndexLocation, encoder: Encoder, tmp_path: Path
) -> None:
    folder, where = resolution_in(tmp_path, location)
    rules = (
        "QUY CHẾ\nVề tiếp công dân\nĐiều 1. Phạm vi.\nĐiều 2. Lịch tiếp:\n1. Sáng thứ Năm.\n2. Chiều thứ Ba."
    )
    (folder / "a-quy-che.txt").write_text(rules, encoding="utf-8")
    sync([folder], folder, where, encoder)
    assistant = Assistant.open(where, encoder)
    both = assistant.ask("Khoản 2 Điều 2 quy định gì?")
    assert {citation.document.source for citation in both.citations} == {RESOLUTION.name, "a-quy-che.txt"}
    for named, expected in (("quy chế tiếp công dân", "a-quy-che.txt"), ("nghị quyết", RESOLUTION.name)):
        answer = assistant.ask(f"Khoản 2 Điều 2 {named} quy định gì?")
        assert {citation.document.source for citation in answer.citations} == {expected}


def test_an_empty_collection_says_how_to_add_documents(encoder: Encoder, tmp_path: Path) -> None:
    folder, where = tmp_path / "documents", IndexLocation(tmp_path / "index")
    folder.mkdir()
    sync([folder], folder, where, encoder)
    answer = Assistant.open(where, encoder).ask("Xử lý rác thải?")
    assert answer.refused and "python -m ingest" in (answer.reason or "")
