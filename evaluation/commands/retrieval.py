"""`retrieval DIR`: rankings of a dataset's documents, by the product and by baselines; `score`: any TREC
run.
"""

import argparse
from pathlib import Path

from assistant.settings import load_settings
from evaluation.answer_runs import gold_of
from evaluation.commands.common import (
    add_documents,
    add_run_options,
    add_seed,
    bench_at,
    deliver,
    location_of,
    shown,
    systems_of,
    work_folder,
)
from evaluation.errors import EvaluationProblem
from evaluation.formats import read_question_set, read_retrieval_set
from evaluation.formats.trec import read_qrels, read_run, write_run
from evaluation.indexes import held_in, rows_index
from evaluation.passages import passage_dataset
from evaluation.rankings import Task, evaluate_rankings, scores_by_question
from evaluation.statistics import estimates
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare both commands."""
    parser = commands.add_parser(
        "retrieval",
        help="rank a BEIR-style folder, the contexts of a SQuAD file, or paragraphs for a question file",
    )
    parser.add_argument("folder", type=Path, metavar="DATASET")
    parser.add_argument("--run", type=Path, metavar="OUT", dest="run_file", help="write the TREC run here")
    parser.add_argument("--without-diacritics", action="store_true", help="strip them from the questions")
    add_documents(parser)
    add_run_options(parser)
    parser.set_defaults(run=_run)
    score = commands.add_parser("score", help="measure a TREC run against TREC or BEIR qrels")
    score.add_argument("qrels", type=Path)
    score.add_argument("run_file", type=Path, metavar="RUN")
    add_seed(score)
    score.set_defaults(run=_score)


def _run(options: argparse.Namespace) -> int:
    task, location = _task(options)
    bench, systems = bench_at(location, options.seed), systems_of(options)
    if task.passages and "langchain" in systems:
        raise EvaluationProblem("--system langchain cắt văn bản theo cách riêng, không xếp hạng được đoạn")
    result, runs = evaluate_rankings(task, systems, bench)
    if options.run_file is not None:
        for name in systems:
            write_run(_run_path(options.run_file, name, len(systems)), runs[name])
    deliver(result, options)
    return 0


def _task(options: argparse.Namespace) -> tuple[Task, IndexLocation]:
    """A dataset with its own index, or a question file over the documents that are held."""
    path, without = options.folder, options.without_diacritics
    if path.is_dir() or path.suffix.lower() == ".json":
        dataset = read_retrieval_set(path)
        encoder = load_encoder(load_settings().embedding_model)
        return Task(dataset, path.name, without), rows_index(dataset.documents, encoder, work_folder())
    questions = read_question_set(path)
    location = location_of(questions, options.documents)
    held = held_in(location)
    dataset = passage_dataset(questions, gold_of(questions, held), held)
    return Task(dataset, path.name, without, passages=True), location


def _run_path(path: Path, system: str, systems: int) -> Path:
    """The file that was named, or one a system beside it."""
    return path if systems == 1 else path.with_name(f"{path.stem}.{system}{path.suffix}")


def _score(options: argparse.Namespace) -> int:
    scores = scores_by_question(read_qrels(options.qrels), read_run(options.run_file))
    names = list(dict.fromkeys(name for row in scores.values() for name in row))
    parts = {name: [(row[name], 1.0) for row in scores.values()] for name in names}
    for name, estimate in estimates(parts, options.seed).items():
        print(f"{name:<10} {shown(estimate, name)}")
    return 0
