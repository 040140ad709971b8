"""Files that are not what they say they are: set aside, taken in only when a person says so."""

from pathlib import Path

import pytest

from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.report import as_json, total_line, warning_lines
from vectorstore.sync import SyncReport, sync

_CONTENTS = "\n".join(f"- Chương {number}. Quy định phần {number}" for number in ("I", "II", "III"))
_INCOMPLETE = f"""LUẬT
NUÔI TRỒNG CÂY CẢNH
MỤC LỤC
{_CONTENTS}
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định về cây cảnh.
Chương II
TRÁCH NHIỆM
Điều 2. Trách nhiệm của người trồng
Người trồng cây tưới nước hằng ngày."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "that.txt").write_text("KẾ HOẠCH\nVề cây cảnh\n1. Trồng cây ở công viên.", encoding="utf-8")
    (documents / "gia.txt").write_text(_INCOMPLETE, encoding="utf-8")
    return documents


@pytest.fixture
def location(tmp_path: Path) -> IndexLocation:
    return IndexLocation(tmp_path / "index")


def run(folder: Path, location: IndexLocation, **options: bool) -> SyncReport:
    return sync([folder], folder, location, BagOfWordsEncoder(), **options)


def test_a_text_that_lacks_chapters_it_announces_is_set_aside(folder: Path, location: IndexLocation) -> None:
    report = run(folder, location)
    assert report.added == ["that.txt"]
    (problem,) = report.quarantined
    assert "III" in str(problem) and "--accept" in str(problem)
    assert any(line.startswith("Tạm giữ") for line in warning_lines(report))
    assert "1 tạm giữ" in total_line(report, "data/index", 0.1)
    assert [row["quarantined"] for row in as_json(report, "data/index", 0.1)["problems"]] == [True]


def test_it_stays_aside_until_somebody_accepts_it(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    assert len(run(folder, location).quarantined) == 1
    report = run(folder, location, accept=True)
    assert report.added == ["gia.txt"] and not report.problems
    assert any("nhận vào theo yêu cầu" in warning for warning in report.files["gia.txt"].warnings)


def test_what_was_accepted_stays_so_when_all_is_rebuilt(folder: Path, location: IndexLocation) -> None:
    run(folder, location, accept=True)
    assert sorted(run(folder, location, rebuild=True).added) == ["gia.txt", "that.txt"]


def test_an_accepted_file_that_changes_is_judged_anew(folder: Path, location: IndexLocation) -> None:
    run(folder, location, accept=True)
    (folder / "gia.txt").write_text(_INCOMPLETE.replace("tưới nước", "bón phân"), encoding="utf-8")
    report = run(folder, location)
    assert len(report.quarantined) == 1
    assert report.documents == 2, "the version that was accepted is kept"
