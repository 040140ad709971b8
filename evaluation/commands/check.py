"""`check FILE …`: whether question files can be trusted."""

import argparse
from collections import Counter
from pathlib import Path

from evaluation.checking import problems_of
from evaluation.commands.common import add_documents
from evaluation.errors import EvaluationProblem
from evaluation.formats import read_question_set
from evaluation.held import Held
from evaluation.indexes import held_in
from ingest import load
from ingest.discover import discover


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check", help="gold exists, facts stand in it, no question twice; 1 when not"
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add_documents(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    sets = [read_question_set(file) for file in options.files]
    problems: list[str] = []
    own = [questions for questions in sets if questions.documents is not None]
    for questions in own:
        problems += problems_of([questions], Held(questions.documents or ()))
    about_held = [questions for questions in sets if questions.documents is None]
    if about_held:
        problems += problems_of(about_held, _held(options.documents))
    for questions in sets:
        kinds = Counter(question.kind for question in questions.questions)
        silent = sum(not question.answerable for question in questions.questions)
        counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        print(f"{questions.name}: {len(questions.questions)} câu, {silent} câu văn bản không nêu ({counted})")
    for problem in problems:
        print(problem)
    print(f"{len(problems)} vấn đề" if problems else "Không có vấn đề")
    return 1 if problems else 0


def _held(folder: Path | None) -> Held:
    """The documents of a folder, read without encoding them, or those of the index in use."""
    if folder is None:
        from assistant.settings import load_settings

        return held_in(load_settings().index)
    if not folder.is_dir():
        raise EvaluationProblem(f"{folder}: không có thư mục này. Sửa đường dẫn của --documents")
    return Held(load(file, file.relative_to(folder).as_posix()) for file in discover(folder).files)
