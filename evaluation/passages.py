"""A question file as a retrieval dataset: which paragraphs should be found for a question.

A paragraph is relevant when a gold place lies in it by half at least. Questions with history are left out:
they cannot be searched as they stand.
"""

from collections.abc import Mapping

import ir_measures

from evaluation.formats import Dataset, QuestionSet
from evaluation.formats.rows import row_document
from evaluation.held import Gold, Held, Span
from ingest.load import LoadedDocument

_HALF = 0.5


def passage_dataset(questions: QuestionSet, gold: Mapping[str, Gold], held: Held) -> Dataset:
    """Every paragraph as a row under its passage id, and the answerable questions with their paragraphs."""
    rows: list[LoadedDocument] = []
    spans: dict[str, Span] = {}
    for document_id, passages in held.passages.items():
        for passage in passages:
            spans[passage.id] = Span(document_id, passage.start, passage.end)
            rows.append(row_document(passage.id, passage.location, passage.text))
    asked = [q for q in questions.questions if q.answerable and not q.history and gold[q.id].places]
    qrels = [
        ir_measures.Qrel(question.id, name, 1)
        for question in asked
        for name, span in spans.items()
        if _is_relevant(span, gold[question.id])
    ]
    return Dataset(rows, {question.id: question.question for question in asked}, qrels)


def _is_relevant(passage: Span, gold: Gold) -> bool:
    return any(
        passage.overlap(place) >= _HALF * min(passage.end - passage.start, place.end - place.start)
        for place in gold.places
    )
