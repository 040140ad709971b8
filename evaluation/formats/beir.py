"""BEIR folders: corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv), and answers.jsonl where there
is one.

Rows have `id` or `_id`, `text` and perhaps `title` (Thakur et al. 2021, arXiv:2104.08663).
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures

from assistant.question import parse_question
from corpus.text import nfc
from evaluation.errors import DatasetError
from evaluation.formats.rows import row_document
from evaluation.formats.trec import parsed_qrel
from evaluation.questions import GoldLabel, LabelledQuestion
from ingest.load import LoadedDocument


@dataclass(frozen=True, slots=True)
class Dataset:
    """Corpus, questions and judgements. `queries`: id to text; `qrels` name queries and documents of it."""

    documents: list[LoadedDocument]
    queries: dict[str, str]
    qrels: list[ir_measures.Qrel]


def read_dataset(folder: Path) -> Dataset:
    """Read a folder. Raises DatasetError naming file and line; every judgement has to name what there is."""
    rows = unique(folder / "corpus.jsonl", json_rows(folder / "corpus.jsonl"))
    documents = [row_document(name, row.get("title") or "", row["text"]) for name, row in rows.items()]
    queries_file = folder / "queries.jsonl"
    queries = {name: nfc(row["text"]) for name, row in unique(queries_file, json_rows(queries_file)).items()}
    qrels_file = folder / "qrels.tsv"
    if not qrels_file.exists():
        qrels_file = folder / "qrels" / "test.tsv"
    qrels = list(_qrels(qrels_file, queries, rows))
    if not documents or not queries or not qrels:
        raise DatasetError(f"{folder}: corpus.jsonl, queries.jsonl hoặc {qrels_file.name} không có dòng nào")
    return Dataset(documents, queries, qrels)


def question_set_of(folder: Path, dataset: Dataset) -> list[LabelledQuestion]:
    """The dataset's questions with its answers: gold is the judged documents, facts any of the answers."""
    gold: dict[str, list[str]] = defaultdict(list)
    for qrel in dataset.qrels:
        if qrel.relevance > 0:
            gold[qrel.query_id].append(qrel.doc_id)
    answers_file = folder / "answers.jsonl"
    answers = {}
    if answers_file.exists():
        answers = unique(answers_file, _answer_rows(answers_file, dataset.queries))
    return [
        _question(name, text, gold[name], answers.get(name, {})) for name, text in dataset.queries.items()
    ]


def _question(name: str, text: str, gold: list[str], row: dict[str, Any]) -> LabelledQuestion:
    answerable = not row.get("is_impossible", False) and bool(gold)
    facts = tuple(nfc(answer) for answer in row.get("answers", []) if answer.strip())
    return LabelledQuestion(
        id=name,
        kind="beir",
        question=text,
        history=(),
        answerable=answerable,
        gold=tuple(GoldLabel(document) for document in gold) if answerable else (),
        answer_contains=(facts,) if facts and answerable else (),
        language=parse_question(text).language,
    )


def json_rows(path: Path, wanted: tuple[str, ...] = ("text",)) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Line, id and object of every line. Raises DatasetError for one without id or a wanted string."""
    for number, line in lines(path):
        try:
            row = json.loads(line)
            identifier = str(row["_id"] if "_id" in row else row["id"])
            for key in wanted:
                if not isinstance(row[key], str):
                    raise TypeError(f"{key} không phải chuỗi")
        except (ValueError, KeyError, TypeError) as error:
            needed = ", ".join(("id", *wanted))
            raise DatasetError(f"{path}, dòng {number}: cần JSON có {needed} ({error})") from error
        yield number, identifier, row


def unique(path: Path, rows: Iterator[tuple[int, str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Rows by id. Raises DatasetError when two have the same."""
    held: dict[str, dict[str, Any]] = {}
    for number, identifier, row in rows:
        if identifier in held:
            raise DatasetError(f"{path}, dòng {number}: id {identifier!r} có hai lần; mỗi dòng cần id riêng")
        held[identifier] = row
    return held


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of every line that is not blank. Raises DatasetError."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(
            f"{path}: không đọc được ({error}). Cần thư mục dạng BEIR: corpus.jsonl, queries.jsonl, qrels.tsv"
        ) from error


def _answer_rows(path: Path, queries: dict[str, str]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    for number, identifier, row in json_rows(path, wanted=()):
        answers = row.get("answers")
        if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
            raise DatasetError(f"{path}, dòng {number}: answers phải là danh sách chuỗi")
        if identifier not in queries:
            raise DatasetError(f"{path}, dòng {number}: id {identifier!r} không có trong queries.jsonl")
        yield number, identifier, row


def _qrels(
    path: Path, queries: dict[str, str], documents: dict[str, dict[str, Any]]
) -> Iterator[ir_measures.Qrel]:
    for number, line in lines(path):
        if number == 1 and not line.split("\t")[-1].strip().lstrip("-").isdigit():
            continue  # BEIR's header: query-id, corpus-id, score
        qrel = parsed_qrel(path, number, line)
        if qrel.query_id not in queries or qrel.doc_id not in documents:
            missing = qrel.doc_id if qrel.query_id in queries else qrel.query_id
            raise DatasetError(f"{path}, dòng {number}: id {missing!r} không có trong tập dữ liệu")
        yield qrel
