"""The product's own retriever on a BEIR-style folder: a TREC run and its measures.

Each corpus row is one document with one passage. Encodings are kept in an index of their own, so a second run
only encodes the questions. Knows nothing of answers.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, R, nDCG
from tqdm import tqdm

from assistant.question import parse_question
from assistant.retriever import retrieve
from assistant.understanding.reading import Reader
from corpus.document import Document
from corpus.errors import ProductError
from corpus.passage import Passage, Zone
from corpus.text import nfc, strip_diacritics
from ingest.load import LoadedDocument
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation, current
from vectorstore.index import Index
from vectorstore.progress import shown_on
from vectorstore.records import stored_records, write_records

MEASURES = (nDCG @ 10, R @ 10, R @ 100, RR)
_DEPTH = 100


class DatasetError(ProductError):
    """A dataset folder cannot be used; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Corpus, questions and judgements of a folder. `qrels`: question id, document id, relevance."""

    documents: list[LoadedDocument]
    queries: dict[str, str]
    qrels: list[ir_measures.Qrel]


def read_dataset(folder: Path) -> Dataset:
    """Read corpus.jsonl, queries.jsonl and qrels.tsv. Raises DatasetError."""
    documents = [_document(row) for row in _rows(folder / "corpus.jsonl")]
    queries = {str(row["id"]): nfc(row["text"]) for row in _rows(folder / "queries.jsonl")}
    qrels = [
        ir_measures.Qrel(query, document, int(grade))
        for query, document, grade in _qrels(folder / "qrels.tsv")
    ]
    return Dataset(documents, queries, qrels)


def retrieval_run(
    dataset: Dataset, encoder: Encoder, cache: Path, *, without_diacritics: bool = False
) -> list[ir_measures.ScoredDoc]:
    """The retriever's ranking for every question, best first, at most 100 documents each."""
    index = _index(dataset, encoder, cache)
    reader = Reader.of(index)
    run = []
    for identifier, text in tqdm(dataset.queries.items(), desc="Tìm", unit=" câu", disable=None):
        reading = reader.read(parse_question(strip_diacritics(text) if without_diacritics else text))
        found = retrieve(index, reading, encoder.embed_query(reading.encoded), _DEPTH).found
        run += [ir_measures.ScoredDoc(identifier, item.passage.document_id, item.score) for item in found]
    return run


def measured(dataset: Dataset, run: list[ir_measures.ScoredDoc]) -> dict[str, float]:
    """Means over all judged questions; a question without result counts as 0."""
    values = ir_measures.calc_aggregate(MEASURES, dataset.qrels, run)
    return {str(measure): round(float(value), 4) for measure, value in values.items()}


def write_run(path: Path, run: list[ir_measures.ScoredDoc]) -> None:
    """Write a TREC run. Its columns are separated by tabs, because ids of law articles contain blanks."""
    ranks: dict[str, int] = {}
    with path.open("w", encoding="utf-8") as file:
        for query, document, score in run:
            ranks[query] = ranks.get(query, 0) + 1
            file.write(f"{query}\tQ0\t{document}\t{ranks[query]}\t{score:.6f}\ttro-ly\n")


def _index(dataset: Dataset, encoder: Encoder, cache: Path) -> Index:
    key = hashlib.sha256("".join(item.document.sha256 for item in dataset.documents).encode())
    location = IndexLocation(cache / f"{key.hexdigest()[:16]}-{encoder.identity.replace('/', '-')}")
    if current(location.folder) is None:
        location.folder.mkdir(parents=True, exist_ok=True)
        records = location.folder / "dataset.jsonl"
        write_records(records, dataset.documents)
        with tqdm(desc="Mã hoá", unit=" câu", disable=None) as bar:
            build_generation(list(stored_records(records)), location, encoder, None, shown_on(bar))
    return Index.open(location, encoder)


def _document(row: dict[str, Any]) -> LoadedDocument:
    identifier = str(row["id"])
    text = nfc(f"{row.get('title') or ''}\n{row['text']}".strip())
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(identifier, None, None, None, None, None, None, identifier, digest, text)
    passage = Passage(f"{identifier}:0", identifier, 0, len(text), Zone.BODY, (), 1, identifier, text)
    return LoadedDocument(document, (passage,), ())


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        try:
            row = json.loads(line)
            row["id"], row["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise DatasetError(f"{path}, dòng {number}: cần JSON có id và text ({error})") from error
        yield row


def _qrels(path: Path) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(_lines(path), 1):
        fields = line.split("\t")
        if number == 1 and not fields[-1].strip().isdigit():
            continue  # a header
        if len(fields) != 3 or not fields[2].strip().isdigit():
            raise DatasetError(f"{path}, dòng {number}: cần ba cột id câu hỏi, id văn bản, mức liên quan")
        yield fields[0], fields[1], fields[2]


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (line.rstrip("\n") for line in file if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: không đọc được ({error}). Cần thư mục dạng BEIR") from error
