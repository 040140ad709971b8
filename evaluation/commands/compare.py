"""`compare A.json B.json`: what changed between two results, and whether chance explains it."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from evaluation.commands.common import add_seed, table
from evaluation.compare import Comparison, Difference, compare
from evaluation.measures import measure_of
from evaluation.result import Result, SystemResult, read_result
from evaluation.slices import ALL

_SURE = 0.05
_SHOWN_FLIPS = 20


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "compare", help="paired test of two results, by slice, with the questions that flipped"
    )
    parser.add_argument("first", type=Path, metavar="A.json")
    parser.add_argument(
        "second", type=Path, metavar="B.json", help="may be the same file, with --second-system"
    )
    parser.add_argument(
        "--first-system", metavar="NAME", help="where a result holds several (default: its first)"
    )
    parser.add_argument("--second-system", metavar="NAME")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    add_seed(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    results = read_result(options.first), read_result(options.second)
    first = results[0].system(options.first_system)
    second = results[1].system(options.second_system)
    comparison = compare(first, second, options.seed)
    if options.json:
        print(json.dumps(asdict(comparison), ensure_ascii=False, indent=1))
        return 0
    _warn(results, comparison)
    _print_table(comparison)
    _print_flips(comparison, first, second)
    return 0


def _warn(results: tuple[Result, Result], comparison: Comparison) -> None:
    """What makes a difference hard to read."""
    for name, said in (("questions", "tệp câu hỏi khác nhau"), ("documents", "văn bản khác nhau")):
        if results[0].provenance.hashes.get(name) != results[1].provenance.hashes.get(name):
            print(f"Lưu ý: hai kết quả có {said}", file=sys.stderr)
    if comparison.left_out:
        print(f"Lưu ý: {comparison.left_out} câu chỉ có ở một bên, bị bỏ qua", file=sys.stderr)


def _print_table(comparison: Comparison) -> None:
    print(f"{comparison.shared} câu chung. p: phép thử hoán vị ghép cặp; * là p < {_SURE}")
    rows = [["nhóm", "độ đo", "A", "B", "B - A", "khoảng 95 %", "p", "n"]]
    rows += [_cells(difference) for difference in comparison.differences]
    print(table(rows))


def _cells(difference: Difference) -> list[str]:
    digits = 0 if measure_of(difference.measure).unit == "characters" else 3
    return [
        difference.slice,
        measure_of(difference.measure).label,
        f"{difference.first:.{digits}f}",
        f"{difference.second:.{digits}f}",
        f"{difference.change:+.{digits}f}",
        f"{difference.low:+.{digits}f} … {difference.high:+.{digits}f}",
        f"{difference.p:.4f}{'*' if difference.p < _SURE else ''}",
        str(difference.n),
    ]


def _print_flips(comparison: Comparison, first: SystemResult, second: SystemResult) -> None:
    """Questions whose share of a yes-or-no measure changed, over all questions."""
    before, after = ({row.id: row for row in system.rows} for system in (first, second))
    for difference in comparison.differences:
        whole = [name for name in difference.flipped if after[name].score(difference.measure) in (0.0, 1.0)]
        if difference.slice != ALL or measure_of(difference.measure).unit != "share" or not whole:
            continue
        print(f"\n{measure_of(difference.measure).label}: {len(whole)} câu đổi")
        for name in whole[:_SHOWN_FLIPS]:
            scores = (side[name].score(difference.measure) for side in (before, after))
            was, now = ("–" if score is None else f"{score:g}" for score in scores)
            print(f"  {name}: {was} → {now}  {before[name].question}")
        if len(whole) > _SHOWN_FLIPS:
            print(f"  … và {len(whole) - _SHOWN_FLIPS} câu khác (xem --json)")
