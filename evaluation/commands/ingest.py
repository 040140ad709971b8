"""`ingest [PATH …]`: how fast files become passages, what a large collection takes; nothing is encoded."""

import argparse
import json
from pathlib import Path

from assistant.settings import load_settings
from evaluation.errors import EvaluationProblem
from evaluation.generated import resolution_in
from evaluation.ingest_speed import measure_files, measure_memory, measure_plain_text


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "ingest", help="pages a minute, megabytes a second, memory of a large collection"
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders to read")
    parser.add_argument(
        "--documents", type=int, default=0, metavar="N", help="generate and index so many, lexically only"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.documents < 0:
        raise EvaluationProblem(f"--documents {options.documents}: cần một số không âm")
    resolution = resolution_in(load_settings().documents_dir)
    plain = measure_plain_text(resolution)
    measures: dict[str, object] = {
        "files": measure_files(options.paths),
        "plain_text_mb_per_s": plain.mb_per_s,
        "plain_text_pages_per_min": plain.pages_per_min,
    }
    if options.documents:
        measures["memory"] = measure_memory(options.documents, resolution)
    print(json.dumps(measures, ensure_ascii=False, indent=1))
    return 0
