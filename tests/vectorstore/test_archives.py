"""Archives in the documents folder: their members are documents, and follow what the archive holds."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import SyncReport, sync

_TEXT = "CHỈ THỊ\nVề việc {0}\n1. Các xã rà soát {0}.\n2. Giao Sở Nội vụ theo dõi."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    return documents


@pytest.fixture
def location(tmp_path: Path) -> IndexLocation:
    return IndexLocation(tmp_path / "index")


def pack(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, topic in members.items():
            archive.writestr(f"{name}.txt", _TEXT.format(topic))


def run(folder: Path, location: IndexLocation) -> SyncReport:
    return sync([folder], folder, location, BagOfWordsEncoder())


def test_each_member_is_a_document_below_its_archive(folder: Path, location: IndexLocation) -> None:
    pack(folder / "goi.zip", rung="trồng rừng", cau="xây cầu")
    report = run(folder, location)
    assert sorted(report.added) == ["goi.zip/cau.txt", "goi.zip/rung.txt"]
    assert sorted(run(folder, location).unchanged) == ["goi.zip/cau.txt", "goi.zip/rung.txt"]


def test_a_member_that_left_the_archive_leaves_the_index(folder: Path, location: IndexLocation) -> None:
    pack(folder / "goi.zip", rung="trồng rừng", cau="xây cầu")
    run(folder, location)
    pack(folder / "goi.zip", rung="trồng rừng ven biển")
    report = run(folder, location)
    assert report.removed == ["goi.zip/cau.txt"] and report.replaced == ["goi.zip/rung.txt"]


def test_a_deleted_archive_takes_its_documents_along(folder: Path, location: IndexLocation) -> None:
    pack(folder / "goi.zip", rung="trồng rừng")
    run(folder, location)
    (folder / "goi.zip").unlink()
    assert run(folder, location).removed == ["goi.zip/rung.txt"]


def test_an_archive_that_became_damaged_keeps_what_was_indexed(folder: Path, location: IndexLocation) -> None:
    pack(folder / "goi.zip", rung="trồng rừng")
    run(folder, location)
    (folder / "goi.zip").write_bytes(b"PK\x03\x04 truncated")
    report = run(folder, location)
    assert not report.removed and report.documents == 1
    assert [problem.path.name for problem in report.problems] == ["goi.zip"]


def test_a_bad_member_is_named_and_the_others_are_indexed(folder: Path, location: IndexLocation) -> None:
    with zipfile.ZipFile(folder / "goi.zip", "w") as archive:
        archive.writestr("tot.txt", _TEXT.format("trồng rừng"))
        archive.writestr("hong.docx", b"not a Word file")
        archive.writestr("../../ngoai.txt", _TEXT.format("ra ngoài"))
    report = run(folder, location)
    assert report.added == ["goi.zip/tot.txt"]
    assert "hong.docx" in " ".join(map(str, report.problems)) and len(report.problems) == 2
    assert [path.name for path in folder.parent.rglob("ngoai.txt")] == []


def test_an_archive_inside_an_archive_is_read(folder: Path, location: IndexLocation) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("rung.txt", _TEXT.format("trồng rừng"))
    with zipfile.ZipFile(folder / "goi.zip", "w") as archive:
        archive.writestr("trong.zip", inner.getvalue())
    assert run(folder, location).added == ["goi.zip/trong.zip/rung.txt"]
