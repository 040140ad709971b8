"""What several commands share: options, the bench that questions are put on, tables on the terminal."""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from assistant.settings import load_settings
from evaluation.answer_runs import Bench
from evaluation.formats import QuestionSet
from evaluation.indexes import folder_index, rows_index
from evaluation.measures import in_order, measure_of
from evaluation.report import write_report
from evaluation.result import Result, SystemResult
from evaluation.slices import ALL
from evaluation.statistics import Estimate
from evaluation.systems import PRODUCT, SYSTEMS
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation

SEED = 7


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Options of every command that asks a system."""
    parser.add_argument(
        "--system",
        default=PRODUCT,
        metavar="NAMES",
        help=f"one or more of {', '.join(SYSTEMS)} separated by commas, or all (default: {PRODUCT})",
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write the report here: HTML, JSON, CSV")
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    add_seed(parser)


def add_seed(parser: argparse.ArgumentParser) -> None:
    """The seed of intervals, tests and variants."""
    parser.add_argument("--seed", type=int, default=SEED, help=f"of everything drawn (default: {SEED})")


def add_documents(parser: argparse.ArgumentParser) -> None:
    """Documents other than those that the product holds."""
    parser.add_argument(
        "--documents", type=Path, metavar="FOLDER", help="ask about this folder (default: the index in use)"
    )


def systems_of(options: argparse.Namespace) -> list[str]:
    """The systems that were named."""
    return list(SYSTEMS) if options.system == "all" else options.system.split(",")


def work_folder() -> Path:
    """Where evaluations keep indexes and unfinished runs: beside the index of the product."""
    return load_settings().index_dir.resolve().parent / "evaluation"


def location_of(questions: QuestionSet, documents: Path | None) -> IndexLocation:
    """The index that questions are about: of their own documents, of a folder, or the one in use."""
    settings = load_settings()
    if questions.documents is not None:
        return rows_index(questions.documents, load_encoder(settings.embedding_model), work_folder())
    if documents is not None:
        return folder_index(documents, load_encoder(settings.embedding_model), work_folder())
    return settings.index


def bench_at(location: IndexLocation, seed: int) -> Bench:
    """The bench over an index, with the settings of this process."""
    settings = load_settings()
    shown = {
        "embedding_model": settings.embedding_model or "default",
        "chroma": settings.chroma_url or "embedded",
    }
    encoder = partial(load_encoder, settings.embedding_model)
    return Bench(location, encoder, work_folder() / "journals", seed, shown)


def deliver(result: Result, options: argparse.Namespace) -> None:
    """Print a result, and write its report where one is wanted."""
    if options.out is not None:
        print(f"Báo cáo: {write_report(result, options.out)}", file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=1))
    else:
        print_result(result)


def print_result(result: Result) -> None:
    """Systems side by side, then the slices of the first one."""
    for system in result.systems:
        cost = system.cost
        print(f"\n{system.name}: {system.description}")
        print(
            f"  {len(system.rows)} câu; p50 {cost.p50_ms:.0f} ms, p95 {cost.p95_ms:.0f} ms; "
            f"{cost.memory_mb:.0f} MB"
        )
        for name in in_order(set(system.measures[ALL])):
            print(f"  {measure_of(name).label:<24} {shown(system.measures[ALL][name], name)}")
    _print_slices(result.systems[0])


def shown(estimate: Estimate, name: str) -> str:
    """A value with its interval and the number of questions behind it."""
    digits = 0 if measure_of(name).unit == "characters" else 3
    value, low, high = (f"{number:.{digits}f}" for number in (estimate.value, estimate.low, estimate.high))
    return f"{value}  [{low} – {high}]  n = {estimate.n}"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells in columns as wide as their widest cell."""
    kept = [list(row) for row in rows]
    widths = [max(len(row[at]) for row in kept) for at in range(len(kept[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in kept
    )


def _print_slices(system: SystemResult) -> None:
    columns = [name for name in _SLICED if name in system.measures[ALL]]
    dimensions = {name.split("=")[0] for name in system.measures if name != ALL}
    alone = {d for d in dimensions if sum(name.startswith(f"{d}=") for name in system.measures) < 2}
    names = [name for name in system.measures if name != ALL and name.split("=")[0] not in alone]
    if not names or not columns:
        return
    print(f"\nTheo nhóm ({system.name}):")
    rows = [["nhóm", *(measure_of(name).label for name in columns)]]
    for name in names:
        found = system.measures[name]
        rows.append([name, *(f"{found[c].value:.3f} ({found[c].n})" if c in found else "–" for c in columns)])
    print(table(rows))


_SLICED = ("first_citation", "facts", "wrongly_refused", "refusal_recall", "consistency", "nDCG@10", "RR")
