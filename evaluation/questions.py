"""Question files: JSON lines with a question and the places that answer it.

Format and kinds are described in `evaluation/questions/README.md`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Turn
from corpus.errors import ProductError
from corpus.passage import Passage, Zone
from corpus.text import nfc

_HEAD = frozenset({Zone.LETTERHEAD, Zone.TITLE, Zone.AUTHORITY, Zone.PREAMBLE})


class QuestionFileError(ProductError):
    """A question file cannot be used; the text names file and line."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its gold places ("2.4.2": Điều.khoản.đoạn) and the facts a right answer shows.

    `answer_contains`: every group must be shown, by any of its alternatives.
    """

    id: str
    kind: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    gold: frozenset[str]
    all_gold: bool
    answer_contains: tuple[tuple[str, ...], ...]


def read_questions(path: Path) -> list[LabelledQuestion]:
    """All questions of a file. Raises QuestionFileError naming the first bad line; nothing is half-read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: không đọc được ({error}). Kiểm tra đường dẫn và mã hoá UTF-8"
        ) from error
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise QuestionFileError(
                    f"{path}, dòng {number}: sai định dạng ({error}). Xem evaluation/questions/README.md"
                ) from error
    return questions


def place(passage: Passage) -> str:
    """A passage's gold id: "Điều.khoản.đoạn" with khoản 0 for none; "0" before, "end" after the Điều."""
    if passage.zone in _HEAD:
        return "0"
    if passage.zone in (Zone.CLOSING, Zone.SIGNATURE):
        return "end"
    numbers = dict(passage.heading_path)
    article, clause = numbers.get("Điều", numbers.get("mục", "0")), numbers.get("khoản", "0")
    return f"{article}.{clause}.{passage.ordinal}"


def _question(row: dict[str, Any]) -> LabelledQuestion:
    return LabelledQuestion(
        id=str(row["id"]),
        kind=row["kind"],
        question=row["question"],
        history=tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", [])),
        answerable=bool(row["answerable"]),
        gold=frozenset(row["gold"]),
        all_gold=bool(row.get("all_gold", False)),
        answer_contains=tuple(tuple(nfc(text) for text in group) for group in row.get("answer_contains", [])),
    )
