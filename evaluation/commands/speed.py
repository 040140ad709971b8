"""`speed`: start, answer times, memory, index size, ingest, and what growth costs."""

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

from assistant.settings import load_settings
from evaluation.answer_speed import AtOnce, Question
from evaluation.commands.speed_tables import growth_shown, speed_shown
from evaluation.errors import EvaluationProblem
from evaluation.generated import resolution_in
from evaluation.growth import SIZES, measure_growth
from evaluation.questions import read_questions
from evaluation.speed import Bench, measure_speed, spread_over
from vectorstore.encoder import load_encoder

_QUESTIONS = Path(__file__).resolve().parent.parent / "questions" / "resolution.tuning.jsonl"
_GROWTH_QUESTIONS = 60
_SIZES = ",".join(map(str, SIZES))


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "speed", help="start, answer times alone and at once, memory, index size, ingest; cost of growth"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        nargs="+",
        default=[_QUESTIONS],
        metavar="FILE",
        help=f"question files (default: {_QUESTIONS.name})",
    )
    parser.add_argument(
        "--at-once", type=int, default=8, metavar="N", help="questions asked at the same time (default: 8)"
    )
    parser.add_argument("--starts", type=int, default=3, metavar="N", help="cold starts (default: 3)")
    parser.add_argument(
        "--growth",
        nargs="?",
        const=_SIZES,
        metavar="SIZES",
        help=f"also build, open and ask indexes of so many passages (without a value: {_SIZES})",
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all figures here, too")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    for name, value in (("--at-once", options.at_once), ("--starts", options.starts)):
        if value < 1:
            raise EvaluationProblem(f"{name} {value}: cần một số từ 1 trở lên")
    sizes = _sizes(options.growth) if options.growth is not None else []
    if options.json is not None and not options.json.resolve().parent.is_dir():
        raise EvaluationProblem(f"{options.json}: không có thư mục này. Tạo thư mục trước, hoặc sửa --json")
    settings = load_settings()
    asked = [
        Question(item.question, item.history) for file in options.questions for item in read_questions(file)
    ]
    encoder = partial(load_encoder, settings.embedding_model)
    resolution = resolution_in(settings.documents_dir)
    growing = measure_growth(sizes, resolution, encoder, spread_over(asked, _GROWTH_QUESTIONS))
    speed = measure_speed(
        Bench(settings.index, encoder, tuple(asked), resolution, options.at_once, options.starts)
    )
    print(speed_shown(speed))
    rows = []
    for row in growing:
        rows.append(row)
        print(f"{row.passages:,} đoạn: xong", file=sys.stderr)
    if rows:
        print(growth_shown(rows))
    if options.json is not None:
        figures = asdict(speed) | {"growth": [asdict(row) for row in rows]}
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return _verdict(speed.answering.at_once)


def _sizes(given: str) -> list[int]:
    try:
        return [int(part) for part in given.split(",")]
    except ValueError as error:
        raise EvaluationProblem(
            f"--growth {given}: cần các số đoạn cách nhau bằng dấu phẩy, ví dụ {_SIZES}"
        ) from error


def _verdict(at_once: AtOnce) -> int:
    if not at_once.mixed_up:
        return 0
    print(
        f"LỖI: hỏi {at_once.threads} câu cùng lúc thì {len(at_once.mixed_up)} câu khác khi hỏi riêng, "
        f"trước hết: {at_once.mixed_up[0]!r}",
        file=sys.stderr,
    )
    return 1
