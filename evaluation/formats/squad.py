"""SQuAD files (1.1 and 2.0; ViQuAD has the same form): contexts become documents, answers exact stretches of
them.

Offsets are moved to NFC, the form in which the product keeps text. See Rajpurkar et al. 2018,
arXiv:1806.03822.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ir_measures

from assistant.question import parse_question
from corpus.text import nfc
from evaluation.errors import QuestionFileError
from evaluation.formats.beir import Dataset
from evaluation.formats.rows import row_document
from evaluation.questions import GoldLabel, LabelledQuestion
from ingest.load import LoadedDocument


def read_squad(path: Path) -> tuple[list[LoadedDocument], list[LabelledQuestion]]:
    """Contexts and questions. Raises QuestionFileError naming the question or the line of broken JSON."""
    try:
        paragraphs = list(_paragraphs(json.loads(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: không đọc được ({error}). Kiểm tra đường dẫn và UTF-8") from error
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{path}, dòng {error.lineno}: không phải JSON ({error.msg})") from error
    except (KeyError, TypeError) as error:
        raise QuestionFileError(f"{path}: không có dạng SQuAD, thiếu {error}") from error
    documents: dict[str, LoadedDocument] = {}
    questions: dict[str, LabelledQuestion] = {}
    for name, paragraph in paragraphs:
        context, asked = paragraph.get("context"), paragraph.get("qas")
        if not isinstance(context, str) or not context.strip() or not isinstance(asked, list):
            raise QuestionFileError(f"{path}: đoạn {name!r} không có context và qas của dạng SQuAD")
        documents[name] = row_document(name, "", context)
        for row in asked:
            question = _question(path, name, context, row)
            if question.id in questions:
                raise QuestionFileError(f"{path}: id câu hỏi {question.id!r} có hai lần")
            questions[question.id] = question
    if not questions:
        raise QuestionFileError(f"{path}: không có câu hỏi nào")
    return list(documents.values()), list(questions.values())


def squad_dataset(documents: list[LoadedDocument], questions: list[LabelledQuestion]) -> Dataset:
    """Answerable questions, each of which should find its context."""
    asked = [question for question in questions if question.answerable]
    qrels = [ir_measures.Qrel(q.id, str(q.gold[0].document), 1) for q in asked]
    return Dataset(documents, {question.id: question.question for question in asked}, qrels)


def _paragraphs(whole: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for article_number, article in enumerate(whole["data"], 1):
        title = article.get("title") or f"bài {article_number}"
        for number, paragraph in enumerate(article["paragraphs"], 1):
            yield f"{title}::{article_number}.{number}", paragraph


def _question(path: Path, name: str, context: str, row: Any) -> LabelledQuestion:
    try:
        identifier, text = str(row["id"]), nfc(row["question"])
        labels = [_label(name, context, answer) for answer in row.get("answers", [])]
    except (KeyError, TypeError, ValueError) as error:
        where = row.get("id", "?") if isinstance(row, dict) else "?"
        raise QuestionFileError(f"{path}: câu {where!r} ở đoạn {name!r} sai dạng SQuAD ({error})") from error
    answerable = bool(labels) and not row.get("is_impossible", False)
    return LabelledQuestion(
        id=identifier,
        kind="squad",
        question=text,
        history=(),
        answerable=answerable,
        gold=tuple(dict.fromkeys(labels)) if answerable else (),
        answer_contains=(tuple(dict.fromkeys(str(label.quote) for label in labels)),) if answerable else (),
        quotes=tuple(labels[:1]) if answerable else (),
        language=parse_question(text).language,
    )


def _label(name: str, context: str, answer: dict[str, Any]) -> GoldLabel:
    text, start = answer["text"], answer["answer_start"]
    if not isinstance(start, int) or context[start : start + len(text)] != text or not text:
        raise ValueError(f"answer_start {start!r} không phải chỗ của {text!r} trong context")
    # What row_document does to the context: NFC, then no blanks at the edges.
    before = nfc(context[:start])
    lead = len(nfc(context)) - len(nfc(context).lstrip())
    return GoldLabel(name, None, nfc(text), len(before) - lead)
