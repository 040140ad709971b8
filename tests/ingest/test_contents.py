"""Getting the bytes of a file: what changes meanwhile, what never ends, what is too large."""

import os
import threading
from pathlib import Path

import pytest

from ingest.contents import Content, contents, read_bytes
from ingest.discover import discover
from ingest.errors import IngestError


def test_a_file_is_its_own_only_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"xin")
    assert list(contents(tmp_path / "a.txt")) == [Content(tmp_path / "a.txt", b"xin")]


def test_a_file_that_is_written_to_while_it_is_read_is_left_for_later(tmp_path: Path) -> None:
    path = tmp_path / "dang-ghi.txt"
    path.write_bytes(b"0" * 1_000_000)
    stop, grown = threading.Event(), threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"1")
                grown.set()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        grown.wait()
        with pytest.raises(IngestError, match="đang được ghi"):
            for _ in range(1_000):  # one reading may fall between two writes
                read_bytes(path)
    finally:
        stop.set()
        writer.join()
    assert read_bytes(path).startswith(b"0")


def test_a_file_larger_than_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "lon.txt"
    with path.open("wb") as file:
        file.truncate(2**30)  # sparse: one line of a gigabyte
    with pytest.raises(IngestError, match="lớn hơn 100 MB"):
        read_bytes(path)


def test_links_that_lead_in_a_circle_are_named_and_the_rest_is_found(tmp_path: Path) -> None:
    (tmp_path / "tot.txt").write_bytes(b"xin")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "vong").mkdir()
    (tmp_path / "vong" / "lai").symlink_to(tmp_path, target_is_directory=True)
    found = discover(tmp_path)
    assert [file.name for file in found.files] == ["tot.txt"]
    assert sorted(problem.path.name for problem in found.problems) == ["a.txt", "b.txt"]


def test_a_pipe_named_like_a_document_does_not_stop_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.txt")
    with pytest.raises(IngestError, match="ống dẫn"):
        read_bytes(tmp_path / "ong.txt")
