"""The script that compares shares of words and vectors, over a set of two documents."""

import hashlib
from pathlib import Path

import pytest

from evaluation.formats import read_retrieval_set
from tests.training.material import write_sets
from training.fit_mixing import SHARES, halved, main


def test_a_line_for_every_set_and_the_means(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = write_sets(tmp_path / "sets")
    for name in ("queries.jsonl", "qrels.tsv"):  # a name that falls into the half to choose by
        file = sets / "exam" / name
        file.write_text(file.read_text(encoding="utf-8").replace("q1", _even()), encoding="utf-8")
    main([str(sets), str(tmp_path / "work"), "--set", "exam"])
    head, line, means = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["set", *map(str, SHARES)]
    assert line.split("\t") == ["exam", *["1.0000"] * len(SHARES)]
    assert means.split("\t") == ["mean", *["1.0000"] * len(SHARES)]


def test_the_other_half_is_left_for_the_report(tmp_path: Path) -> None:
    dataset = halved(read_retrieval_set(write_sets(tmp_path) / "exam"))
    kept = hashlib.sha256(b"q1").digest()[0] % 2 == 0
    assert set(dataset.queries) == ({"q1"} if kept else set())
    assert {row.query_id for row in dataset.qrels} == set(dataset.queries)


def _even() -> str:
    return next(
        name for name in map("q{}".format, range(10)) if hashlib.sha256(name.encode()).digest()[0] % 2 == 0
    )
