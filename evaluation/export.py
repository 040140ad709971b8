"""Results as the rows that judges from elsewhere read: RAGAS and LangSmith.

RAGAS (docs.ragas.io, "Evaluation Sample"; loaded by `EvaluationDataset.from_jsonl`, seen with 0.4.3) names a
single-turn sample `user_input`, `retrieved_contexts`, `response`, `reference`, `reference_contexts`; up to
0.1 it was `question`, `contexts`, `answer`, `ground_truth`. A row has both, for either kind of script.

LangSmith (docs.langchain.com/langsmith, "manage datasets programmatically"; loaded by
`Client.create_examples(dataset_id=…, examples=rows)`) takes `inputs`, `outputs` and `metadata`; its SDK 0.15
calls `outputs` an alias of `reference_outputs`, which older ones and the web page's import do not know. They
are what should be answered; what the system did answer, and the contexts it had, stand in `metadata`.

Knows these names; needs neither package.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.question import language_of
from evaluation.errors import EvaluationProblem
from evaluation.result import Row, SystemResult
from prompts import say


def ragas_row(row: Row, system: str) -> dict[str, Any]:
    """A RAGAS sample under its current and its long-standing names. `system` has no place in it."""
    contexts, truth = _contexts(row), ground_truth(row)
    return {
        "user_input": row.question,
        "retrieved_contexts": contexts,
        "response": row.answer,
        "reference": truth,
        "reference_contexts": [source.passage or source.text for source in row.gold],
        "question": row.question,
        "contexts": contexts,
        "answer": row.answer,
        "ground_truth": truth,
    }


def langsmith_row(row: Row, system: str) -> dict[str, Any]:
    """An example of a LangSmith dataset: the question, the answer it should get, all else as metadata."""
    return {
        "inputs": {"question": row.question},
        "outputs": {"answer": ground_truth(row)},
        "metadata": {
            "id": row.id,
            "system": system,
            "answerable": row.answerable,
            "slices": dict(row.slices),
            "response": row.answer,
            "refused": row.refused,
            "contexts": _contexts(row),
        },
    }


_ROWS: dict[str, Callable[[Row, str], dict[str, Any]]] = {"ragas": ragas_row, "langsmith": langsmith_row}
FORMATS = tuple(_ROWS)


def ground_truth(row: Row) -> str:
    """What should be answered: the reference answer, else the gold stretches; a refusal where none exists.

    The refusal is the product's own sentence in the language of the question.
    """
    if not row.answerable:
        return say("refusal", _language(row))
    return row.reference or "\n".join(dict.fromkeys(source.text for source in row.gold))


def write_export(path: Path, system: SystemResult, form: str) -> int:
    """Write the rows of a system as JSON lines in one of FORMATS; gives their number.

    Raises EvaluationProblem when the file cannot be written.
    """
    lines = [json.dumps(_ROWS[form](row, system.name), ensure_ascii=False) for row in system.rows]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise EvaluationProblem(
            f"{path}: không ghi được ({error.strerror or error}). Kiểm tra thư mục, quyền ghi và đĩa"
        ) from error
    return len(lines)


def _contexts(row: Row) -> list[str]:
    """What was found; where that was not kept, the paragraphs cited."""
    return list(row.contexts) or [source.passage or source.text for source in row.cited]


def _language(row: Row) -> str:
    language = row.slices.get("language")
    return language if language in ("vi", "en") else language_of(row.question)
