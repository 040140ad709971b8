"""`feedback TURNS OUT`: what people asked, as a question file to be labelled."""

import argparse
from pathlib import Path

from evaluation.feedback import read_turns, to_label, write_rows


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "feedback",
        help="turn records and thumbs (JSON lines, or records.sqlite) into a question file to label",
    )
    parser.add_argument("turns", type=Path, metavar="TURNS")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    turns = read_turns(options.turns)
    rows = to_label(turns)
    write_rows(options.out, rows)
    print(
        f"{len(turns)} lượt hỏi, {len(rows)} câu khác nhau: {options.out}\n"
        "Gán nhãn từng dòng (answerable, gold, answer_contains) rồi chạy: python -m evaluation check"
    )
    return 0
