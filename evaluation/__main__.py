"""Command line: `python -m evaluation answers FILE`, `retrieval DATASET_DIR`, `speed`, `ingest`."""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from assistant import Assistant
from assistant.settings import load_settings
from corpus.errors import ProductError
from evaluation.answers import Judgement, Measures, judge, measure
from evaluation.ingest_speed import measure_files, measure_memory, measure_plain_text
from evaluation.questions import read_questions
from evaluation.retrieval import measured, read_dataset, retrieval_run, write_run
from evaluation.speed import measure_speed
from vectorstore.encoder import load_encoder


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 done, 2 bad usage or input."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    answers = commands.add_parser("answers", help="compare answers with the gold places of a question file")
    answers.add_argument("file", type=Path)
    answers.add_argument("--json", action="store_true", help="measures and every judgement as JSON")
    answers.add_argument("--errors", action="store_true", help="list the questions that went wrong")
    retrieval = commands.add_parser("retrieval", help="rank a BEIR-style folder with the product's retriever")
    retrieval.add_argument("folder", type=Path, metavar="DATASET_DIR")
    retrieval.add_argument("--run", type=Path, metavar="OUT", help="write the TREC run here")
    retrieval.add_argument("--without-diacritics", action="store_true", help="strip them from the questions")
    speed = commands.add_parser("speed", help="start, answer time and memory on this machine")
    speed.add_argument(
        "--questions", type=Path, default=Path(__file__).parent / "questions" / "resolution.tuning.jsonl"
    )
    ingest = commands.add_parser(
        "ingest", help="pages a minute, megabytes a second, memory of a large collection"
    )
    ingest.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders to read")
    ingest.add_argument("--documents", type=int, default=0, help="generate and index so many, lexically only")
    options = parser.parse_args(arguments)
    try:
        if options.command == "ingest":
            _ingest(options)
        elif options.command == "speed":
            print(json.dumps(measure_speed(options.questions), indent=1))
        elif options.command == "retrieval":
            _retrieval(options)
        else:
            _answers(options)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _ingest(options: argparse.Namespace) -> None:
    resolution = next(load_settings().documents_dir.glob("nghi-quyet-*.txt"), None)
    measures: dict[str, object] = {"files": measure_files(options.paths)}
    if resolution is not None:
        measures["plain_text_mb_per_s"] = measure_plain_text(resolution)
        if options.documents:
            measures["memory"] = measure_memory(options.documents, resolution)
    print(json.dumps(measures, ensure_ascii=False, indent=1))


def _answers(options: argparse.Namespace) -> None:
    questions = read_questions(options.file)
    settings = load_settings()
    assistant = Assistant.open(settings.index, load_encoder(settings.embedding_model))
    judgements = [
        judge(question, assistant.ask(question.question, question.history))
        for question in tqdm(questions, desc="Hỏi", unit=" câu", file=sys.stderr)
    ]
    slices: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        slices["all"].append(judgement)
        slices[judgement.question.kind].append(judgement)
    measures = {name: measure(rows) for name, rows in slices.items()}
    if options.json:
        rows = [_row(judgement) for judgement in judgements]
        measured = {name: asdict(value) for name, value in measures.items()}
        print(json.dumps({"measures": measured, "questions": rows}, ensure_ascii=False, indent=1))
        return
    _print_table(measures)
    if options.errors:
        _print_errors(judgements)


def _retrieval(options: argparse.Namespace) -> None:
    settings = load_settings()
    dataset = read_dataset(options.folder)
    cache = settings.index_dir.parent / "evaluation"
    encoder = load_encoder(settings.embedding_model)
    run = retrieval_run(dataset, encoder, cache, without_diacritics=options.without_diacritics)
    if options.run is not None:
        write_run(options.run, run)
    print(json.dumps(measured(dataset, run), indent=1))


def _print_table(measures: dict[str, Measures]) -> None:
    columns = list(asdict(measures["all"])) if "all" in measures else []
    print("\t".join(["slice", *columns]))
    for name, value in measures.items():
        cells = ["–" if cell is None else f"{cell:.3g}" for cell in asdict(value).values()]
        print("\t".join([name, *cells]))


def _print_errors(judgements: list[Judgement]) -> None:
    for item in judgements:
        question = item.question
        right = item.first_right and item.facts_shown if question.answerable else item.answer.refused
        if not right:
            row = _row(item)
            print(
                f"{row['id']} {question.kind}: {row['question']}\n"
                f"   gold {row['gold']}, cited {row['cited']}\n   {row['answer']}"
            )


def _row(judgement: Judgement) -> dict[str, object]:
    return {
        "id": judgement.question.id,
        "question": judgement.question.question,
        "gold": sorted(judgement.question.gold),
        "cited": [citation.passage.location for citation in judgement.answer.citations],
        "answer": judgement.answer.text,
        "first_right": judgement.first_right,
        "facts_shown": judgement.facts_shown,
        "refused": judgement.answer.refused,
    }


if __name__ == "__main__":
    sys.exit(main())
