"""The file of the records: earlier versions, damage, full disks, and reading it from outside."""

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from evaluation.feedback import read_turns
from records import Records, RecordsProblem
from records.reading import stored_turns
from records.schema import VERSION, version_of

_FIRST_VERSION = """
CREATE TABLE turns (
    id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL, person TEXT NOT NULL, asked_at TEXT NOT NULL,
    question TEXT NOT NULL, history TEXT NOT NULL, answer TEXT NOT NULL, refused INTEGER NOT NULL,
    verdict TEXT, comment TEXT
);
INSERT INTO turns VALUES ('t1', 'c1', 'user:an', '2026-01-02T03:04:05.000+00:00', 'Rác thải?', '[]',
    '{"question": "Rác thải?", "refused": false, "citations": []}', 0, 'up', NULL);
"""
_FULL_DISK = """
import resource, sys
from pathlib import Path
from records import Records
records = Records.open(Path(sys.argv[1]), 30)
answer = {"refused": False, "citations": [], "answer": "x" * 20_000}
records.add_turn("user:an", "c1", "Trước khi đầy", [], answer)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
identifiers = {records.add_turn("user:an", "c1", f"Khi đầy {i}", [], answer) for i in range(50)}
print(len(identifiers), records.problem)
"""


def write_one(path: Path, question: str = "Rác thải?") -> str:
    answer = {"question": question, "answer": "…", "refused": False, "citations": []}
    return Records.open(path, 30).add_turn("user:an", "c1", question, [], answer)


def test_a_file_of_the_first_version_is_searched_like_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_FIRST_VERSION)
    records = Records.open(path, 3650)
    assert [c.title for c in records.conversations("user:an", "rac thai")] == ["Rác thải?"]
    with closing(sqlite3.connect(path)) as connection:
        assert version_of(connection) == VERSION
    assert Records.open(path, 3650).counts()["up"] == 1


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    write_one(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(RecordsProblem, match="phiên bản mới hơn"):
        Records.open(path, 30)
    assert path.read_bytes() == before


def test_a_damaged_file_is_named_with_the_mend_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"no database at all" * 500)
    with pytest.raises(RecordsProblem, match=r"r\.sqlite: tệp ghi nhớ hỏng.*Đổi tên tệp này"):
        Records.open(path, 30)
    assert path.read_bytes() == b"no database at all" * 500


def test_a_server_goes_on_without_records_after_one_warning(tmp_path: Path) -> None:
    path, warnings = tmp_path / "r.sqlite", []
    path.write_bytes(b"no database at all" * 500)
    records = Records.open_or_without(path, 30, warnings.append)
    assert records.add_turn("user:an", "c1", "Vẫn hỏi được?", [], {"refused": False})
    assert records.conversations("user:an") == []
    assert len(warnings) == 1 and "Máy chủ vẫn trả lời" in warnings[0]
    assert records.problem and not records.kept


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(RecordsProblem, match="ASSISTANT_RECORDS_FILE"):
        Records.open(tmp_path / "tep" / "r.sqlite", 30)
    with pytest.raises(RecordsProblem, match="ASSISTANT_RECORDS_FILE"):
        Records.open(tmp_path, 30)


def test_damage_while_running_costs_no_answer_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "r.sqlite"
    records = Records.open(path, 30)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"overwritten by something else" * 500)
    for question in ("Một", "Hai"):
        assert records.add_turn("user:an", "c1", question, [], {"refused": False})
    assert records.turns("user:an", "c1") == []
    assert records.problem and "hỏng" in records.problem
    assert len(caplog.records) == 1
    with pytest.raises(RecordsProblem):  # who asks for it must not believe that it was done
        records.delete_all("user:an")


def test_a_full_disk_costs_no_answer_and_no_earlier_turn(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    command = [sys.executable, "-c", _FULL_DISK, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    count, _, problem = run.stdout.strip().partition(" ")
    assert count == "50" and str(path) in problem
    assert "Trước khi đầy" in [turn.question for turn in Records.open(path, 30).all_turns()]


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    write_one(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_records_are_read_from_outside_while_the_server_writes(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    records = Records.open(path, 30)
    records.add_turn("user:an", "c1", "Một", [], {"refused": False, "citations": []})
    turns = stored_turns(path)
    assert next(turns).question == "Một"
    records.add_turn("user:an", "c1", "Hai", [], {"refused": False, "citations": []})
    assert [turn.question for turn in stored_turns(path)] == ["Một", "Hai"]
    assert list(stored_turns(path, since=date(2999, 1, 1))) == []
    turns.close()


def test_reading_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordsProblem, match="không có tệp ghi nhớ"):
        list(stored_turns(tmp_path / "khong-co.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_the_evaluation_reads_the_same_from_the_file_as_from_its_export(tmp_path: Path) -> None:
    path, lines = tmp_path / "r.sqlite", tmp_path / "turns.jsonl"
    records = Records.open(path, 30)
    cited = {"document_id": "d", "location": "Điều 2", "quote": "…", "marker": 1}
    answer = {"question": "Gọi 0912 345 678?", "answer": "[1]", "refused": False, "citations": [cited]}
    history = [{"role": "user", "content": "Trước đó"}]
    turn_id = records.add_turn("user:an", "c1", "Gọi 0912 345 678?", history, answer)
    records.set_feedback(turn_id, "user:an", "wrong_source", "Sai điều")
    rows = [turn.to_record() for turn in stored_turns(path)]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (from_file,) = read_turns(path)
    assert [from_file] == read_turns(lines)
    assert from_file.verdict == "wrong_source" and from_file.history[0]["content"] == "Trước đó"
    assert from_file.question == "Gọi […]?"
    assert "user:an" not in lines.read_text(encoding="utf-8")
