"""`answers FILE`: what a reader gets, against gold."""

import argparse
import json
from pathlib import Path

from evaluation.answer_runs import evaluate, judged
from evaluation.commands.common import (
    add_documents,
    add_run_options,
    bench_at,
    deliver,
    location_of,
    systems_of,
)
from evaluation.errors import QuestionFileError
from evaluation.formats import QuestionSet, read_question_set
from evaluation.given import GivenAnswer, from_json
from evaluation.indexes import held_in
from evaluation.questions import lines_of
from evaluation.result import Result, Row, SystemResult


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "answers",
        help="compare answers with the gold of a question file (.jsonl .json .csv .xlsx, BEIR folder)",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--errors", action="store_true", help="list the questions that went wrong")
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="JSONL",
        help="judge these answers (assistant --batch) instead of asking",
    )
    add_documents(parser)
    add_run_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    questions = read_question_set(options.file)
    bench = bench_at(location_of(questions, options.documents), options.seed)
    if options.answers is not None:
        given = _read_answers(options.answers, questions)
        result = judged(questions, given, options.answers.stem, bench, held_in(bench.location))
    else:
        result = evaluate(questions, systems_of(options), bench)
    deliver(result, options)
    if options.errors and not options.json:
        _print_errors(result)
    return 0


def _read_answers(path: Path, questions: QuestionSet) -> dict[str, GivenAnswer]:
    given = {}
    for number, line in enumerate(lines_of(path), 1):
        if line.strip():
            try:
                row = json.loads(line)
                given[str(row["id"])] = from_json(row)
            except (ValueError, KeyError, TypeError) as error:
                raise QuestionFileError(
                    f"{path}, dòng {number}: không phải câu trả lời dạng JSON của "
                    f"python -m assistant --batch ({error!r})"
                ) from error
    missing = [question.id for question in questions.questions if question.id not in given]
    if missing:
        raise QuestionFileError(
            f"{path}: thiếu câu trả lời cho {len(missing)} câu, trước hết là {missing[0]!r}. "
            "Tạo lại bằng: python -m assistant --batch"
        )
    return given


def _print_errors(result: Result) -> None:
    for row in wrong_rows(result.systems[0]):
        gold = "; ".join(source.location for source in row.gold) or "văn bản không nêu"
        cited = "; ".join(source.location for source in row.cited) or "từ chối"
        print(
            f"\n{row.id} [{row.slices['kind']}] {row.question}\n   đúng: {gold}\n"
            f"   trả lời: {cited}\n   {row.answer}"
        )


def wrong_rows(system: SystemResult) -> list[Row]:
    """Questions refused wrongly or answered wrongly, cited from a wrong place or short of a fact."""
    good = ("first_citation", "facts", "quotes_exact")
    return [
        row
        for row in system.rows
        if row.answerable == row.refused or any(row.score(name) not in (None, 1.0) for name in good)
    ]
