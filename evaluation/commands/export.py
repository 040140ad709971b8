"""`python -m evaluation export RESULT.json OUT.jsonl --format ragas|langsmith`: for other judges.

Knows its arguments and what is printed; does not know the formats.
"""

import argparse
from pathlib import Path

from evaluation.export import FORMATS, write_export
from evaluation.result import read_result


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "export", help="write questions, contexts and answers for RAGAS or LangSmith"
    )
    parser.add_argument("result", type=Path, metavar="RESULT.json", help="what a command wrote with --out")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--format", choices=FORMATS, default="ragas", help="default: ragas")
    parser.add_argument("--system", metavar="NAME", help="default: the first system of the result")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    system = read_result(options.result).system(options.system)
    count = write_export(options.out, system, options.format)
    print(f"Đã ghi {count} câu của {system.name}: {options.out}")
    return 0
