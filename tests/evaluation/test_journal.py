"""An interrupted run goes on where it was, unless anything changed."""

from pathlib import Path

import pytest

from evaluation.errors import EvaluationProblem
from evaluation.isolated import isolated
from evaluation.journal import Journal
from tests.evaluation.processes import killed, refused, squared


def test_rows_survive_an_interruption(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Journal(tmp_path / "j", "k") as journal:
        journal.add("a", {"x": 1})
        raise KeyboardInterrupt
    with Journal(tmp_path / "j", "k") as journal:
        assert "a" in journal and journal["a"] == {"id": "a", "x": 1} and "b" not in journal


def test_a_line_cut_short_by_a_kill_is_forgotten(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", "k") as journal:
        journal.add("a", {"x": "Điều"})
        journal.add("b", {"x": 2})
    whole = (tmp_path / "j").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "j").write_bytes(whole[:length])
        with Journal(tmp_path / "j", "k") as journal:
            assert ("b" not in journal) or whole[:length].count(b"\n") >= 2
            if "a" in journal:
                assert journal["a"] == {"id": "a", "x": "Điều"}


def test_rows_of_another_run_do_not_count(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", "k") as journal:
        journal.add("a", {})
    with Journal(tmp_path / "j", "other index") as journal:
        assert "a" not in journal


def test_a_complete_run_leaves_nothing_behind(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", "k") as journal:
        journal.add("a", {})
        journal.forget()
    assert not (tmp_path / "j").exists()


def test_a_process_of_its_own_tells_its_result_and_its_errors() -> None:
    assert isolated(squared, 7) == 49
    with pytest.raises(EvaluationProblem, match="sai 3"):
        isolated(refused, 3)


def test_a_killed_process_says_how_to_go_on() -> None:
    with pytest.raises(EvaluationProblem, match="Chạy lại lệnh này"):
        isolated(killed, 0)
