"""`python -m evaluation sentences` as an analyst types it, over a few sentences whose verdict is plain."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation.__main__ import main
from evaluation.sentence_cases import SHIPPED

TEXT = "Phấn đấu duy trì thứ hạng chỉ số PCI của tỉnh nằm trong nhóm 10 tỉnh, thành phố dẫn đầu cả nước."
WORDS = TEXT.removesuffix(".")


def case(identifier: str, sentence: str, verdict: str, **more: Any) -> dict[str, Any]:
    row = {
        "id": identifier,
        "kind": "near_verbatim" if verdict == "supported" else "no_marker",
        "question": "Tỉnh đặt mục tiêu PCI thế nào?",
        "paragraphs": [{"about": "Nghị quyết – Điều 2", "text": TEXT}],
        "sentence": sentence,
        "verdict": verdict,
    }
    return row | ({"why": "không có [n]"} if verdict == "wrong" else {}) | more


def written(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


# Two that anybody judges as labelled, and one of either kind with the other's label.
def four(path: Path) -> Path:
    return written(
        path,
        [
            case("right-kept", f"{WORDS} [1].", "supported"),
            case("right-lost", f"{WORDS}.", "supported"),
            case("wrong-caught", f"{WORDS}!", "wrong"),
            case("wrong-missed", f"{WORDS} [1]", "wrong", language="vi"),
        ],
    )


def test_caught_and_kept_are_shares_of_their_own_half(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sentences", str(four(tmp_path / "mine.jsonl")), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["mine.jsonl"]
    row = found["mine.jsonl"]
    assert row["sentences"] == 4
    for group in ("all", "language=vi"):
        assert {name: (one["value"], one["n"]) for name, one in row["shares"][group].items()} == {
            "caught": (0.5, 2),
            "kept": (0.5, 2),
        }
    # Wilson's interval of 1 in 2: (.5 ± .3290) after shrinking, worked out by hand from z² = 3.8415.
    assert row["shares"]["all"]["kept"]["low"] == pytest.approx(0.0945, abs=1e-4)
    assert set(row["shares"]["kind=no_marker"]) == {"caught"}
    assert 0 <= row["p50_ms"] <= row["p95_ms"]
    assert "misjudged" not in row


def test_the_terminal_shows_figures_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences", str(four(tmp_path / "mine.jsonl"))]) == 0
    printed = capsys.readouterr().out
    assert "mine.jsonl: 4 câu" in printed and "p95" in printed
    assert "bắt được câu sai   0.500  [0.095 – 0.905]  n = 2" in printed
    assert "kind=near_verbatim" in printed and "wrong-missed" not in printed


def test_misjudged_sentences_are_listed_with_what_is_wrong_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sentences", str(four(tmp_path / "mine.jsonl")), "--list"]) == 0
    printed = capsys.readouterr()
    assert "wrong-missed no_marker, sai mà lọt: không có [n]" in printed.out
    assert "right-lost near_verbatim, đúng mà bị loại" in printed.out
    assert "right-kept" not in printed.out and "wrong-caught" not in printed.out
    assert printed.err == ""


def test_without_a_file_the_shipped_files_are_reported_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["dev", "second dev", "held-out"]
    assert all(row["sentences"] >= 100 for row in found.values())


def test_the_held_out_file_is_never_listed_by_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences", "--list", "--json"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert "misjudged" in found["dev"] and "misjudged" not in found["held-out"]
    assert printed.err == ""


def test_who_names_the_held_out_file_is_warned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    linked = tmp_path / "other-name.jsonl"
    linked.symlink_to(SHIPPED["held-out"])
    for path in (SHIPPED["held-out"], linked):
        assert main(["sentences", str(path), "--list"]) == 0
        told = capsys.readouterr().err  # not the output: no report of a failed test may show held-out rows
        assert "không còn là phần giữ riêng" in told
        assert main(["sentences", str(path)]) == 0
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "sai định dạng"),
        ("[]", "sai định dạng"),
        ('{"id": "x"}', "thiếu trường"),
        (json.dumps(case("x", "Câu [1].", "maybe")), "verdict phải là supported hoặc wrong"),
        (json.dumps(case("x", "Câu [1].", "wrong") | {"why": ""}), "why phải là chuỗi có chữ"),
        (json.dumps(case("x", "Câu [1].", "supported", language="fr")), "language phải là vi hoặc en"),
        (json.dumps(case("x", "Câu [1].", "supported", paragraphs=[])), "ít nhất một đoạn"),
        (json.dumps(case("right-kept", "Câu [1].", "supported")), "'right-kept' đã có ở dòng 1"),
    ],
)
def test_a_malformed_line_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str, said: str
) -> None:
    path = four(tmp_path / "mine.jsonl")
    path.write_text(f"{path.read_text('utf-8')}\n\n{broken}\n", "utf-8")
    assert main(["sentences", str(path)]) == 2
    printed = capsys.readouterr()
    assert f"{path}, dòng 6: " in printed.err and said in printed.err
    assert printed.out == "" and printed.err.count("\n") == 1


def test_an_unknown_or_empty_file_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    for path, said in ((tmp_path / "none.jsonl", "không đọc được"), (empty, "không có câu nào")):
        assert main(["sentences", str(path)]) == 2
        told = capsys.readouterr().err
        assert str(path) in told and said in told and told.count("\n") == 1


def test_a_copy_from_another_system_may_begin_with_a_byte_order_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = four(tmp_path / "mine.jsonl")
    marked = tmp_path / "marked.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["sentences", str(marked)]) == 0
    assert "marked.jsonl: 4 câu" in capsys.readouterr().out
