"""`python -m evaluation report RESULT.json OUT_FOLDER`: the page and tables of a stored result.

Knows its arguments and what is printed; does not know what a report holds.
"""

import argparse
from pathlib import Path

from evaluation.report import write_report
from evaluation.result import read_result


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("report", help="write the HTML page and CSV tables of a stored result")
    parser.add_argument("result", type=Path, metavar="RESULT.json", help="what a command wrote with --out")
    parser.add_argument("folder", type=Path, metavar="OUT_FOLDER", help="made when absent")
    parser.add_argument(
        "--worst-of",
        action="append",
        default=[],
        metavar="SYSTEM",
        help="show the worst cases of this system, not of the first one; may be repeated",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    page = write_report(read_result(options.result), options.folder, options.worst_of)
    print(f"Đã ghi báo cáo: {page}")
    return 0
