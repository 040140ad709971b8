"""`robustness FILE`: the same questions as other people would have typed them."""

import argparse
from pathlib import Path

from evaluation.answer_runs import evaluate
from evaluation.commands.common import (
    add_documents,
    add_run_options,
    bench_at,
    deliver,
    location_of,
    systems_of,
)
from evaluation.formats import read_question_set
from evaluation.robustness import multiplied


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "robustness", help="ask every question without diacritics, with slips, abbreviated, in capitals …"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    add_documents(parser)
    add_run_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    questions = read_question_set(options.file)
    bench = bench_at(location_of(questions, options.documents), options.seed)
    deliver(evaluate(multiplied(questions, options.seed), systems_of(options), bench), options)
    return 0
