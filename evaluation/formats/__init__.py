"""Question files and datasets of every form that is read: our JSON lines, BEIR, TREC, SQuAD, CSV and
workbooks.

Tells the forms apart by suffix and content. What does not name its own documents is asked of those that are
held.
"""

from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import QuestionFileError
from evaluation.formats.beir import Dataset, question_set_of, read_dataset
from evaluation.formats.sheet import read_sheet
from evaluation.formats.squad import read_squad, squad_dataset
from evaluation.questions import GUIDE, LabelledQuestion, read_questions
from ingest.load import LoadedDocument

__all__ = ["Dataset", "QuestionSet", "read_dataset", "read_question_set", "read_retrieval_set"]

_SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the documents they are about; None for the documents that the product holds."""

    name: str
    questions: tuple[LabelledQuestion, ...]
    documents: tuple[LoadedDocument, ...] | None = None


def read_question_set(path: Path) -> QuestionSet:
    """Any question file or BEIR folder with answers. Raises QuestionFileError or DatasetError."""
    if path.is_dir():
        dataset = read_dataset(path)
        return QuestionSet(path.name, tuple(question_set_of(path, dataset)), tuple(dataset.documents))
    suffix = path.suffix.lower()
    if suffix in _SHEETS:
        return QuestionSet(path.name, tuple(read_sheet(path)))
    if suffix == ".json":
        documents, questions = read_squad(path)
        return QuestionSet(path.name, tuple(questions), tuple(documents))
    if suffix == ".jsonl":
        return QuestionSet(path.name, tuple(read_questions(path)))
    raise QuestionFileError(
        f"{path}: không phải tệp câu hỏi .jsonl, .json (SQuAD), .csv, .xlsx hay thư mục BEIR. Xem {GUIDE}"
    )


def read_retrieval_set(path: Path) -> Dataset:
    """A BEIR folder, or a SQuAD file whose contexts are to be found. Raises DatasetError or
    QuestionFileError.
    """
    return squad_dataset(*read_squad(path)) if path.suffix.lower() == ".json" else read_dataset(path)
