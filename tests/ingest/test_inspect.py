"""`python -m ingest inspect FILE`: what is understood of a file, before it is indexed."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.__main__ import main

_PLAN = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
Số: 12/KH-UBND
Bắc Giang, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Về việc trồng cây
I. MỤC ĐÍCH
1. Phủ xanh đất trống.
2. Bảo vệ nguồn nước.
II. TỔ CHỨC THỰC HIỆN
1. Giao Sở Nông nghiệp chủ trì."""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(_PLAN, encoding="utf-8")
    return path


def test_metadata_and_places_are_shown(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(plan)]) == 0
    shown = capsys.readouterr().out
    assert "12/KH-UBND" in shown and "2024-03-05" in shown
    assert "mục II.1: 1. Giao Sở Nông nghiệp chủ trì." in shown
    assert "không rõ" in shown, "what the text does not print is said to be unknown"


def test_as_json_every_passage_has_its_offsets(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(plan), "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["document"]["number"] == "12/KH-UBND"
    (item,) = [row for row in shown["outline_tree"] if row["location"] == "mục I.2"]
    assert item["text"] == "2. Bảo vệ nguồn nước." and item["end"] - item["start"] == len(item["text"])


def test_members_of_an_archive_are_shown_one_after_the_other(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "goi.zip", "w") as archive:
        archive.write(plan, "ke-hoach.txt")
        archive.writestr("rong.docx", b"")
    assert main(["inspect", str(tmp_path / "goi.zip")]) == 2, "a member that cannot be read is a failure"
    shown = capsys.readouterr()
    assert "12/KH-UBND" in shown.out and "rong.docx" in shown.err


@pytest.mark.parametrize("name", ["khong-co.txt", "anh.xyz"])
def test_a_file_that_cannot_be_read_is_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "anh.xyz").write_bytes(b"?")
    assert main(["inspect", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err
