"""Backup and restore: everything comes back, nothing hostile gets in, nothing is ever half restored."""

import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chain import Assistant
from corpus.errors import ProductError
from records import Records
from server.backup.installation import Installation, below
from server.backup.making import back_up
from server.backup.manifest import Manifest
from server.backup.problem import BackupProblem
from server.backup.restoring import restore
from server.backup.switching import switch, undo_interrupted
from tests.fakes import BagOfWordsEncoder
from tests.server.admin_site import decision
from vectorstore.generation import IndexLocation, writing
from vectorstore.index import Index
from vectorstore.sync import sync

QUESTION = "Phê duyệt trồng rừng ở đâu?"
_KILLED = """
import os, sys
from pathlib import Path
from server.backup.switching import switch
folder, calls = Path(sys.argv[1]), []
def rename(source, target):
    calls.append(source)
    if len(calls) == 3:
        os._exit(9)
    os.rename(source, target)
moves = [("a", "a.cu"), ("b", "b.cu"), ("a.moi", "a"), ("b.moi", "b")]
switch([(folder / s, folder / t) for s, t in moves], folder / "journal", rename)
"""


@pytest.fixture
def places(tmp_path: Path) -> Installation:
    """An installation with two documents, an index, records and users."""
    made = below(tmp_path / "goc")
    (made.documents / "nam 2024").mkdir(parents=True)
    (made.documents / "nam 2024" / "Trồng rừng.txt").write_text(decision("trồng rừng"), encoding="utf-8")
    (made.documents / "cau.txt").write_text(decision("xây cầu", 2), encoding="utf-8")
    (made.documents / "related.yaml").write_text("# trống\n", encoding="utf-8")
    index(made)
    assert made.records is not None and made.users is not None
    made.users.parent.mkdir()
    made.users.write_text("an:argon2…:admin\n")
    Records.open(made.records, 30).add_turn("user:an", "c", QUESTION, [], {"refused": False})
    return made


def index(places: Installation) -> None:
    sync([places.documents], places.documents, IndexLocation(places.index), BagOfWordsEncoder())  # type: ignore[arg-type]


def silent(line: str) -> None:
    """No word."""


def backup(places: Installation, secrets: bool = False) -> Path:
    out = places.index.parent.parent / "sao-luu.tar.gz"
    back_up(places, out, secrets=secrets, tell=silent)
    return out


def answer(places: Installation) -> dict[str, object]:
    assistant = Assistant.open(IndexLocation(places.index), BagOfWordsEncoder())  # type: ignore[arg-type]
    found = assistant.ask(QUESTION, as_typed=True).to_json()
    del found["took_ms"]
    return found


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but the locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_restored_into_an_empty_folder_it_answers_the_same(places: Installation, tmp_path: Path) -> None:
    there = below(tmp_path / "moi")
    restore(backup(places), there)
    assert answer(there) == answer(places)
    files = everything(there.documents)
    assert files == everything(places.documents) and "nam 2024/Trồng rừng.txt" in files
    assert there.records is not None
    assert [turn.question for turn in Records.open(there.records, 30).all_turns()] == [QUESTION]
    assert there.records.stat().st_mode & 0o077 == 0
    report = sync([there.documents], there.documents, IndexLocation(there.index), BagOfWordsEncoder())  # type: ignore[arg-type]
    assert not report.changed


def test_secrets_come_along_only_when_asked_for(places: Installation, tmp_path: Path) -> None:
    plain = backup(places)
    with tarfile.open(plain) as tar:
        assert not any(name.startswith("secrets") for name in tar.getnames())
    plain.unlink()
    there = below(tmp_path / "moi")
    restore(backup(places, secrets=True), there)
    assert there.users is not None and places.users is not None
    assert there.users.read_text() == places.users.read_text()
    assert there.users.stat().st_mode & 0o077 == 0


def test_only_the_owner_may_read_a_backup_and_none_is_overwritten(places: Installation) -> None:
    out = backup(places)
    assert out.stat().st_mode & 0o077 == 0
    before = out.read_bytes()
    with pytest.raises(BackupProblem, match="đã có tệp này"):
        backup(places)
    assert out.read_bytes() == before
    assert {path.name for path in out.parent.iterdir()} == {"goc", "sao-luu.tar.gz"}


def test_the_bin_links_out_of_the_folder_and_half_sent_files_stay_behind(places: Installation) -> None:
    (places.documents / ".da-xoa").mkdir()
    (places.documents / ".da-xoa" / "cu.txt").write_text("cũ")
    (places.documents / ".tai-len-x").write_text("dở")
    (places.documents / "mat-khau.txt").symlink_to("/etc/passwd")
    with tarfile.open(backup(places)) as tar:
        names = [name for name in tar.getnames() if name.startswith("documents/")]
    assert sorted(names) == [
        "documents/cau.txt",
        "documents/nam 2024/Trồng rừng.txt",
        "documents/related.yaml",
    ]


def test_a_file_name_that_is_not_utf8_comes_back(places: Installation, tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe0n.txt")
    (places.documents / name).write_text("x")
    there = below(tmp_path / "moi")
    restore(backup(places), there)
    assert (there.documents / name).read_text() == "x"


def test_a_backup_is_consistent_while_people_ask(places: Installation, tmp_path: Path) -> None:
    assert places.records is not None
    records, stop = Records.open(places.records, 30), threading.Event()

    def write() -> None:
        while not stop.is_set():
            records.add_turn("user:an", "c", QUESTION, [], {"refused": False, "answer": "x" * 2000})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        there = below(tmp_path / "moi")
        restore(backup(places), there)
    finally:
        stop.set()
        writer.join()
    assert there.records is not None
    with closing(sqlite3.connect(there.records)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT COUNT(*) FROM turns").fetchone()[0] >= 1


def test_a_backup_waits_for_a_job_that_is_indexing(places: Installation, tmp_path: Path) -> None:
    told: list[str] = []
    waiting = threading.Event()

    def tell(line: str) -> None:
        told.append(line)
        waiting.set()

    def work() -> None:
        with writing(places.index):
            held.set()
            assert waiting.wait(30)

    held = threading.Event()
    job = threading.Thread(target=work)
    job.start()
    assert held.wait(30)
    back_up(places, tmp_path / "b.tar.gz", secrets=False, tell=tell)
    job.join()
    assert "lập chỉ mục" in told[0] and (tmp_path / "b.tar.gz").exists()


def test_what_was_there_before_is_kept_beside(places: Installation) -> None:
    out = backup(places)
    (places.documents / "cau.txt").write_text(decision("xây cảng"), encoding="utf-8")
    (places.documents / "them.txt").write_text(decision("điện gió"), encoding="utf-8")
    index(places)
    assert places.records is not None
    records = Records.open(places.records, 30)
    records.add_turn("user:an", "c", "Hỏi sau khi sao lưu", [], {"refused": True})
    done = restore(out, places)
    assert sorted(path.name for path in places.documents.iterdir()) == ["cau.txt", "nam 2024", "related.yaml"]
    assert [turn.question for turn in records.all_turns()] == [QUESTION]
    assert sources(places) == {"cau.txt", "nam 2024/Trồng rừng.txt"}
    kept = {path.name.partition(".truoc-khi-phuc-hoi-")[0]: path for path in done.kept}
    assert set(kept) == {"documents", "index", "records.sqlite"}
    assert (kept["documents"] / "them.txt").exists()
    assert len(Records.open(kept["records.sqlite"], 30).all_turns()) == 2
    assert not list(places.index.parent.glob(".phuc-hoi*"))


def sources(places: Installation) -> set[str]:
    opened = Index.open(IndexLocation(places.index), BagOfWordsEncoder())  # type: ignore[arg-type]
    try:
        return {document.source for document in opened.documents.values()}
    finally:
        opened.close()


def test_without_records_or_index_the_rest_is_backed_up(places: Installation, tmp_path: Path) -> None:
    bare = replace(places, index=tmp_path / "khong-co", records=None)
    there = below(tmp_path / "moi")
    done = restore(backup(bare), there)
    assert everything(there.documents) == everything(places.documents)
    assert not there.index.exists() and "python -m ingest" in " ".join(done.notes)


Change = Callable[[dict[str, bytes], Manifest], None]


def rewritten(out: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> Path:
    """A backup whose members somebody changed, with a manifest that agrees where it can."""
    with tarfile.open(out) as tar:
        members = [(info, tar.extractfile(info).read()) for info in tar if info.isreg()]  # type: ignore[union-attr]
    manifest = json.loads(members.pop()[1])
    change(members)
    manifest["files"] = {
        info.name: [len(data), hashlib.sha256(data).hexdigest()] for info, data in members if info.isreg()
    }
    changed = out.with_name("doc.tar.gz")
    with tarfile.open(changed, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for info, data in members:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        text = json.dumps(manifest).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    return changed


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info, b"" if link or kind != tarfile.REGTYPE else b"hostile"


@pytest.mark.parametrize(
    "hostile",
    [
        member("documents/../../ra-ngoai.txt"),
        member("../ra-ngoai.txt"),
        member("/tmp/tuyet-doi.txt"),
        member("documents//a.txt"),
        member("documents/./a.txt"),
        member("documents\\..\\a.txt"),
        member("documents/a\nb.txt"),
        member("la/a.txt"),
        member("documents"),
        member("documents/cau.txt"),
        member("documents/lien-ket", tarfile.SYMTYPE, "/etc/passwd"),
        member("documents/lien-ket-cung", tarfile.LNKTYPE, "documents/cau.txt"),
        member("documents/thiet-bi", tarfile.CHRTYPE),
        member("documents/ong-dan", tarfile.FIFOTYPE),
        member("documents/thu-muc", tarfile.DIRTYPE),
    ],
    ids=lambda one: one[0].name,
)
def test_a_hostile_member_is_refused_and_nothing_is_written(
    places: Installation, tmp_path: Path, hostile: tuple[tarfile.TarInfo, bytes]
) -> None:
    changed = rewritten(backup(places), lambda members: members.append(hostile))
    before = set(tmp_path.rglob("*"))
    name = hostile[0].name.replace("\n", "\ufffd")
    with pytest.raises(BackupProblem, match=re.escape(f"“{name}”") + ".*Không phục hồi gì"):
        restore(changed, below(tmp_path / "moi"))
    assert set(tmp_path.rglob("*")) == before


def test_the_same_rewriting_without_anything_hostile_is_restored(
    places: Installation, tmp_path: Path
) -> None:
    harmless = member("documents/them.txt")
    restore(rewritten(backup(places), lambda members: members.append(harmless)), below(tmp_path / "moi"))
    assert (tmp_path / "moi" / "documents" / "them.txt").read_bytes() == b"hostile"


def test_a_pointer_out_of_the_index_is_refused(places: Installation, tmp_path: Path) -> None:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        at = next(i for i, (info, _) in enumerate(members) if info.name == "index/CURRENT")
        members[at] = (members[at][0], b"../../../goc/index/generations/x")

    changed = rewritten(backup(places), change)
    with pytest.raises(BackupProblem, match="không đầy đủ"):
        restore(changed, below(tmp_path / "moi"))
    assert not (tmp_path / "moi" / "index").exists() and not (tmp_path / "moi" / "documents").exists()


def test_what_unpacks_to_more_than_the_disk_holds_is_given_up(tmp_path: Path) -> None:
    from server.backup.reading import checked

    bomb = tmp_path / "bom.tar.gz"
    info = tarfile.TarInfo("documents/bom.txt")
    info.size = 300 * 2**20
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(info.tobuf())
        for _ in range(300):
            file.write(bytes(2**20))
    assert bomb.stat().st_size < 3 * 2**20
    with pytest.raises(BackupProblem, match="chỗ trống"):
        checked(bomb, room=10 * 2**20)


def test_a_header_that_unpacks_to_gigabytes_is_given_up_early(tmp_path: Path) -> None:
    from server.backup.reading import checked

    bomb = tmp_path / "bom.tar.gz"
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 4 * 2**30
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(info.tobuf())
        for _ in range(64):
            file.write(b"1" * 2**20)
    with pytest.raises(BackupProblem, match="bất thường"):
        checked(bomb, room=2**40)


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "empty", "no manifest", "later format"])
def test_a_damaged_backup_changes_nothing(places: Installation, tmp_path: Path, damage: str) -> None:
    out = backup(places)
    data = bytearray(out.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        data[len(data) // 2] ^= 0xFF
    elif damage == "text":
        data = bytearray(b"no archive" * 100)
    elif damage == "empty":
        data = bytearray()
    else:
        data = bytearray(_other_manifest(out, damage))
    out.write_bytes(data)
    before = everything(places.index.parent)
    with pytest.raises(BackupProblem):
        restore(out, places)
    assert everything(places.index.parent) == before
    with pytest.raises(BackupProblem, match="không có tệp này"):
        restore(tmp_path / "khong-co.tar.gz", places)


def _other_manifest(out: Path, damage: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(out) as old, tarfile.open(fileobj=buffer, mode="w:gz") as new:
        for info in old:
            data = old.extractfile(info).read()  # type: ignore[union-attr]
            if info.name == "manifest.json":
                if damage == "no manifest":
                    continue
                data = data.replace(b'"format": 1', b'"format": 2')
            new.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def test_one_changed_byte_of_one_document_is_noticed(places: Installation, tmp_path: Path) -> None:
    out = backup(places)
    buffer = io.BytesIO()
    with tarfile.open(out) as old, tarfile.open(fileobj=buffer, mode="w:gz") as new:
        for info in old:
            data = old.extractfile(info).read()  # type: ignore[union-attr]
            if info.name == "documents/cau.txt":
                data = data.replace("xây".encode(), "Xây".encode(), 1)
            new.addfile(info, io.BytesIO(data))
    out.write_bytes(buffer.getvalue())
    with pytest.raises(BackupProblem, match=r"documents/cau\.txt"):
        restore(out, below(tmp_path / "moi"))


def test_when_a_place_cannot_be_changed_all_others_are_as_before(places: Installation) -> None:
    out = backup(places)
    before = everything(places.index.parent)
    assert places.records is not None
    blocked = replace(places, records=places.documents / "cau.txt" / "records.sqlite")
    with pytest.raises(ProductError):
        restore(out, blocked)
    assert everything(places.index.parent) == before


def test_while_somebody_indexes_nothing_is_restored(places: Installation) -> None:
    out = backup(places)
    before = everything(places.index.parent)
    with writing(places.index), pytest.raises(ProductError, match="đang lập chỉ mục"):
        restore(out, places)
    assert everything(places.index.parent) == before


def test_a_change_of_places_that_fails_half_way_is_undone(tmp_path: Path) -> None:
    for name in ("a", "b", "a.moi"):
        (tmp_path / name).write_text(name)
    moves = [("a", "a.cu"), ("b", "b.cu"), ("a.moi", "a"), ("b.moi", "b")]
    with pytest.raises(FileNotFoundError):
        switch([(tmp_path / s, tmp_path / t) for s, t in moves], tmp_path / "journal")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {n: n for n in ("a", "b", "a.moi")}


def test_a_change_of_places_that_was_killed_half_way_is_undone_by_the_next(tmp_path: Path) -> None:
    names = ("a", "b", "a.moi", "b.moi")
    for name in names:
        (tmp_path / name).write_text(name)
    run = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)])
    assert run.returncode == 9 and not (tmp_path / "a").exists()
    assert undo_interrupted(tmp_path / "journal")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {name: name for name in names}
    assert not undo_interrupted(tmp_path / "journal")


def test_the_commands_back_up_restore_and_export(places: Installation, tmp_path: Path) -> None:
    import argparse

    from server.commands import backup as backup_command
    from server.commands import records as records_command
    from server.commands import restore as restore_command

    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for command in (backup_command, restore_command, records_command):
        command.add_parser(commands)
    out, turns = tmp_path / "b.tar.gz", tmp_path / "turns.jsonl"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ASSISTANT_DOCUMENTS_DIR", str(places.documents))
        environment.setenv("ASSISTANT_INDEX_DIR", str(places.index))
        environment.setenv("ASSISTANT_RECORDS_FILE", str(places.records))
        for line in (
            ["backup", str(out)],
            ["restore", str(out), "--to", str(tmp_path / "moi")],
            ["restore", str(out)],
            ["records", "export", str(turns), "--since", "2020-01-01"],
        ):
            options = parser.parse_args(line)
            assert options.run(options) == 0
    assert answer(below(tmp_path / "moi")) == answer(places)
    (row,) = map(json.loads, turns.read_text(encoding="utf-8").splitlines())
    assert (row["question"], row["history"], row["verdict"]) == (QUESTION, [], None)
