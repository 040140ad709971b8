"""A run of questions through retrieval systems to a result; TREC measures by ir-measures.

A question without any result counts as 0 in every measure. Knows rankings; nothing of answers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ir_measures
from ir_measures import RR, R, Success, nDCG

from assistant.question import parse_question
from corpus.text import strip_diacritics
from evaluation.answer_runs import Bench, cost_of, job_for
from evaluation.asking import Asked, Replies, rankings
from evaluation.formats import Dataset
from evaluation.indexes import index_mb
from evaluation.provenance import digest, provenance
from evaluation.result import Result, Row, Source, SystemResult
from evaluation.slices import length_of, measured
from evaluation.statistics import Part
from evaluation.systems import SYSTEMS

MEASURES = (nDCG @ 10, R @ 10, R @ 100, RR, Success @ 1)
_KEPT = 10  # ranks that a result keeps of every question
_SHOWN = 600  # characters of a document that a result keeps


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be ranked. `passages`: the dataset's rows are passages of the documents in the index."""

    dataset: Dataset
    title: str
    without_diacritics: bool = False
    passages: bool = False


def evaluate_rankings(
    task: Task, systems: Sequence[str], bench: Bench
) -> tuple[Result, dict[str, list[ir_measures.ScoredDoc]]]:
    """Rank with every system, each in its own process: the result, and the runs by system.

    Raises EvaluationProblem where a system cannot run.
    """
    dataset, without = task.dataset, task.without_diacritics
    queries = {name: strip_diacritics(text) if without else text for name, text in dataset.queries.items()}
    asked = [Asked(name, text) for name, text in queries.items()]
    runs, done = {}, []
    for name in systems:
        replies = rankings(job_for(bench, name, asked, "passages" if task.passages else "documents"))
        runs[name] = _run(replies)
        rows = _rows(dataset, queries, runs[name], replies)
        took = [float(row["took_ms"]) for row in replies.rows.values()]
        cost = cost_of(took, replies.memory_mb, index_mb(bench.location, name))
        done.append(SystemResult(name, SYSTEMS[name][0], measured(rows, bench.seed), cost, rows))
    hashes = {
        "questions": digest(f"{name}\t{text}".encode() for name, text in queries.items()),
        "qrels": digest(repr(qrel).encode() for qrel in dataset.qrels),
        "documents": digest(item.document.sha256.encode() for item in dataset.documents),
    }
    settings = dict(bench.settings) | {"without_diacritics": str(without).lower()}
    return Result(task.title, provenance(bench.seed, settings, hashes), tuple(done)), runs


def scores_by_question(
    qrels: Sequence[ir_measures.Qrel], run: Sequence[ir_measures.ScoredDoc]
) -> dict[str, dict[str, float]]:
    """Question id to measure to value, of every judged question with something relevant to find."""
    judged = dict.fromkeys(qrel.query_id for qrel in qrels if qrel.relevance > 0)
    scores = {name: dict.fromkeys(map(str, MEASURES), 0.0) for name in judged}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        if metric.query_id in scores:
            scores[metric.query_id][str(metric.measure)] = float(metric.value)
    return scores


def _run(replies: Replies) -> list[ir_measures.ScoredDoc]:
    return [
        ir_measures.ScoredDoc(query, document, score)
        for query, row in replies.rows.items()
        for document, score in row["ranking"]
    ]


def _rows(
    dataset: Dataset, queries: Mapping[str, str], run: Sequence[ir_measures.ScoredDoc], replies: Replies
) -> tuple[Row, ...]:
    texts = {item.document.id: item.document.text for item in dataset.documents}
    relevant: dict[str, list[str]] = defaultdict(list)
    for qrel in dataset.qrels:
        if qrel.relevance > 0:
            relevant[qrel.query_id].append(qrel.doc_id)
    rows = []
    for name, scores in scores_by_question(dataset.qrels, run).items():
        reply = replies.rows[name]
        ranked = [document for document, _ in reply["ranking"][:_KEPT]]
        parts: dict[str, Part] = {measure: (value, 1.0) for measure, value in scores.items()}
        rows.append(
            Row(
                id=name,
                question=queries[name],
                slices=_slices(dataset.queries[name]),
                parts=parts,
                took_ms=float(reply["took_ms"]),
                cited=tuple(_source(document, texts) for document in ranked[:1]),
                gold=tuple(_source(document, texts) for document in relevant[name]),
                ranking=tuple(ranked),
            )
        )
    return tuple(rows)


def _slices(question: str) -> dict[str, str]:
    return {"language": parse_question(question).language, "length": length_of(question)}


def _source(document: str, texts: Mapping[str, Any]) -> Source:
    text = texts.get(document, "")[:_SHOWN]
    return Source(document, "", text, text, 0, len(text))
