"""Incremental indexing: what changes is indexed, what was indexed survives every accident."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import ProductError
from tests.fakes import BagOfWordsEncoder
from vectorstore.errors import IndexProblem
from vectorstore.generation import IndexLocation, current, writing
from vectorstore.index import Index
from vectorstore.sync import SyncReport, sync

_TEXT = (
    "QUYẾT ĐỊNH\nVề việc {topic}\n"
    "Điều 1. Phê duyệt {topic} trên địa bàn tỉnh.\nĐiều 2. Giao Sở {topic} thực hiện."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "rung.txt").write_text(_TEXT.format(topic="trồng rừng"), encoding="utf-8")
    (documents / "cau.txt").write_text(_TEXT.format(topic="xây cầu"), encoding="utf-8")
    return documents


@pytest.fixture
def location(tmp_path: Path) -> IndexLocation:
    return IndexLocation(tmp_path / "index")


def run(
    folder: Path, location: IndexLocation, encoder: BagOfWordsEncoder | None = None, **options: bool
) -> SyncReport:
    return sync([folder], folder, location, encoder or BagOfWordsEncoder(), **options)


def texts(location: IndexLocation) -> str:
    index = Index.open(location, BagOfWordsEncoder())
    try:
        return "\n".join(document.text for document in index.documents.values())
    finally:
        index.close()


def test_first_run_indexes_everything(folder: Path, location: IndexLocation) -> None:
    report = run(folder, location)
    assert sorted(report.added) == ["cau.txt", "rung.txt"]
    assert report.documents == 2
    assert "trồng rừng" in texts(location) and "xây cầu" in texts(location)


def test_unchanged_files_are_not_encoded_again(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    before = current(location.folder)
    encoder = BagOfWordsEncoder()
    report = run(folder, location, encoder)
    assert sorted(report.unchanged) == ["cau.txt", "rung.txt"]
    assert not report.changed
    assert encoder.encoded == []
    assert current(location.folder) == before


def test_a_changed_file_is_replaced_and_only_its_new_words_are_encoded(
    folder: Path, location: IndexLocation
) -> None:
    run(folder, location)
    (folder / "cau.txt").write_text(_TEXT.format(topic="xây trường"), encoding="utf-8")
    encoder = BagOfWordsEncoder()
    report = run(folder, location, encoder)
    assert report.replaced == ["cau.txt"] and report.unchanged == ["rung.txt"]
    assert encoder.encoded and all("xây trường" in text for text in encoder.encoded)
    assert "xây cầu" not in texts(location)


def test_a_removed_file_is_deleted(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    (folder / "cau.txt").unlink()
    report = run(folder, location)
    assert report.removed == ["cau.txt"]
    index = Index.open(location, BagOfWordsEncoder())
    windows = index.nearest_windows(BagOfWordsEncoder().embed_query("xây cầu"), 50)
    assert windows and all(window.passage_id in index.rows for window in windows)
    assert "xây cầu" not in texts(location)


def test_indexing_one_file_leaves_the_others(folder: Path, location: IndexLocation, tmp_path: Path) -> None:
    run(folder, location)
    other = tmp_path / "chi-thi.txt"
    other.write_text(_TEXT.format(topic="phòng cháy"), encoding="utf-8")
    report = sync([other], folder, location, BagOfWordsEncoder())
    assert report.added == [other.as_posix()] and report.documents == 3 and not report.removed


def test_a_vanished_folder_does_not_empty_the_index(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    shutil.rmtree(folder)
    report = run(folder, location)
    assert report.unusable_paths == [folder]
    assert report.documents == 2 and "trồng rừng" in texts(location)


def test_a_file_that_became_unreadable_keeps_its_last_good_version(
    folder: Path, location: IndexLocation
) -> None:
    run(folder, location)
    (folder / "cau.txt").write_bytes(b"\xff\xfe\xff")
    report = run(folder, location)
    assert [problem.path.name for problem in report.problems] == ["cau.txt"]
    assert "xây cầu" in texts(location)


def test_bad_files_are_named_and_the_rest_is_indexed(folder: Path, location: IndexLocation) -> None:
    (folder / "hong.docx").write_bytes(b"not a zip")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "anh.png").write_bytes(b"\x89PNG")
    report = run(folder, location)
    assert sorted(problem.path.name for problem in report.problems) == ["anh.png", "hong.docx", "rong.txt"]
    assert sorted(report.added) == ["cau.txt", "rung.txt"]


def test_rebuild_starts_anew(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    encoder = BagOfWordsEncoder()
    report = run(folder, location, encoder, rebuild=True)
    assert sorted(report.added) == ["cau.txt", "rung.txt"]
    assert encoder.encoded


def test_an_index_of_another_encoder_is_refused_with_the_command_that_mends_it(
    folder: Path, location: IndexLocation
) -> None:
    run(folder, location)
    other = BagOfWordsEncoder("another-model@2")
    with pytest.raises(IndexProblem, match="python -m ingest --rebuild"):
        Index.open(location, other)
    with pytest.raises(IndexProblem, match="another-model@2"):
        run(folder, location, other)
    run(folder, location, other, rebuild=True)
    assert Index.open(location, other).documents


def test_an_index_of_another_schema_is_refused(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    generation = current(location.folder)
    assert generation is not None
    manifest = generation.folder / "manifest.json"
    manifest.write_text(re.sub(r'"schema": \d+', '"schema": 0', manifest.read_text()))
    with pytest.raises(IndexProblem, match="python -m ingest --rebuild"):
        Index.open(location, BagOfWordsEncoder())


def test_a_damaged_manifest_is_refused_with_the_mend(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    generation = current(location.folder)
    assert generation is not None
    (generation.folder / "manifest.json").write_text("{")
    with pytest.raises(IndexProblem, match="python -m ingest --rebuild"):
        Index.open(location, BagOfWordsEncoder())


def test_no_index_yet_names_the_command(location: IndexLocation) -> None:
    with pytest.raises(IndexProblem, match="python -m ingest"):
        Index.open(location, BagOfWordsEncoder())


def test_two_writers_do_not_meet(folder: Path, location: IndexLocation) -> None:
    with writing(location.folder), pytest.raises(IndexProblem, match="một tiến trình khác"):
        run(folder, location)


def test_an_index_folder_that_cannot_be_made_is_named(folder: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(IndexProblem, match="ASSISTANT_INDEX_DIR"):
        run(folder, IndexLocation(in_the_way / "index"))


class FullDisk(BagOfWordsEncoder):
    """Fails as the file system does when it is full, in the middle of the work."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_old_index_answering(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    (folder / "moi.txt").write_text(_TEXT.format(topic="đào hồ"), encoding="utf-8")
    with pytest.raises(ProductError, match="No space left"):
        run(folder, location, FullDisk())
    assert "trồng rừng" in texts(location)
    assert run(folder, location).added == ["moi.txt"]


def as_nobody(work: Callable[[], object]) -> str:
    """Run `work` in a child process without root's rights; what it raised, as text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            message = repr(work())
        except ProductError as error:
            message = str(error)
        except BaseException as error:
            message = f"unexpected {error!r}"
        os.write(writer, message.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        return stream.read().decode()


def test_a_read_only_index_folder_is_named_with_the_setting(folder: Path, location: IndexLocation) -> None:
    run(folder, location)
    for path in [location.folder.parent, *location.folder.parent.parents[:2], location.folder]:
        path.chmod(0o755)
    for path in location.folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    location.folder.chmod(0o555)
    try:
        for work in (lambda: run(folder, location), lambda: Index.open(location, BagOfWordsEncoder())):
            message = as_nobody(work)
            assert "ASSISTANT_INDEX_DIR" in message and str(location.folder) in message
    finally:
        for path in [location.folder, *location.folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(
    shutil.which("mount") is None or os.geteuid() != 0, reason="needs root to mount a tiny disk"
)
def test_a_disk_that_fills_up_in_chroma_leaves_the_old_index(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a tiny disk")
    location = IndexLocation(disk / "index")
    try:
        run(folder, location)
        lines = "\n".join(f"{number}. Xây cầu số {number} ở xã {number * 7919}." for number in range(1, 900))
        (folder / "lon.txt").write_text(f"KẾ HOẠCH\nVề cầu\n{lines}", encoding="utf-8")
        with pytest.raises(IndexProblem, match="ASSISTANT_INDEX_DIR"):
            sync([folder], folder, location, BagOfWordsEncoder(dimension=384))
        assert "trồng rừng" in texts(location)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


_KILLED = """
import sys
from pathlib import Path
from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

class Waiting(BagOfWordsEncoder):
    def embed_documents(self, texts):
        print("encoding", flush=True)
        sys.stdin.readline()
        return super().embed_documents(texts)

documents = Path(sys.argv[1])
sync([documents], documents, IndexLocation(Path(sys.argv[2])), Waiting())
print("done", flush=True)
"""


def killed_while_encoding(folder: Path, location: IndexLocation, batches: int) -> None:
    """Start a sync and kill it the moment it begins to encode batch number `batches` + 1."""
    command = [sys.executable, "-c", _KILLED, str(folder), str(location.folder)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, text=True
    ) as process:
        assert process.stdin and process.stdout
        for _ in range(batches):
            assert process.stdout.readline() == "encoding\n"
            process.stdin.write("go\n")
            process.stdin.flush()
        assert process.stdout.readline() == "encoding\n"
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("batches", [0, 2])
def test_after_a_kill_the_old_index_answers_and_the_next_run_goes_on(
    folder: Path, location: IndexLocation, batches: int
) -> None:
    run(folder, location)
    paragraphs = "\n".join(
        f"{number}. Nhiệm vụ thứ {number} về thủy lợi nội đồng." for number in range(1, 250)
    )
    (folder / "dai.txt").write_text(
        f"KẾ HOẠCH\nVề thủy lợi\nĐiều 1. Nhiệm vụ\n{paragraphs}", encoding="utf-8"
    )
    killed_while_encoding(folder, location, batches)
    assert "trồng rừng" in texts(location) and "thủy lợi" not in texts(location)
    encoder = BagOfWordsEncoder()
    assert run(folder, location, encoder).added == ["dai.txt"]
    assert "thủy lợi" in texts(location)
    # What the killed run had encoded and stored is not encoded again.
    assert len(encoder.encoded) <= 251 - 64 * batches


def test_old_generations_are_cleared(folder: Path, location: IndexLocation) -> None:
    for number in range(5):
        (folder / "cau.txt").write_text(_TEXT.format(topic=f"cầu số {number}"), encoding="utf-8")
        run(folder, location)
    assert len(list((location.folder / "generations").iterdir())) <= 2
