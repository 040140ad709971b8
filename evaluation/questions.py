"""Labelled questions, and the JSON lines in which they are kept.

Format and kinds are described in `evaluation/questions/README.md`. Does not know whether the places that are
named exist: see `gold`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from assistant.answer import Turn
from assistant.question import parse_question
from corpus.passage import Passage, Zone
from corpus.text import nfc
from evaluation.errors import QuestionFileError

_HEAD = frozenset({Zone.LETTERHEAD, Zone.TITLE, Zone.AUTHORITY, Zone.PREAMBLE})
GUIDE = "evaluation/questions/README.md"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """Where an answer stands, as labelled: by place ("2.4.2", "khoản 4 Điều 2") or by `quote`, exact words.

    `document` is an id, file name or số ký hiệu; None where only one document is held. A label without place
    and quote means the whole document. `start`: where in the document's text the quote begins, if known.
    """

    document: str | None = None
    place: str | None = None
    quote: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its gold and the facts a right answer shows.

    `gold`: each is an acceptable first citation; with `all_gold` all have to be cited. `quotes`: the
    sentences that answer, where somebody picked them. `answer_contains`: every group must be shown, by any of
    its alternatives. `group`: paraphrases of one question share it. `reference`: an answer by a person.
    """

    id: str
    kind: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    gold: tuple[GoldLabel, ...]
    all_gold: bool = False
    answer_contains: tuple[tuple[str, ...], ...] = ()
    quotes: tuple[GoldLabel, ...] = ()
    language: str = "vi"
    group: str | None = None
    reference: str | None = None
    variant: str | None = None


def read_questions(path: Path) -> list[LabelledQuestion]:
    """All questions of a JSON lines file.

    Raises QuestionFileError naming the first bad line; nothing is half-read.
    """
    questions = rows_of(path, question_of, bad_line)
    if not questions:
        raise QuestionFileError(f"{path}: không có câu hỏi nào. Xem {GUIDE}")
    return questions


def rows_of(
    path: Path, parse: Callable[[dict[str, Any]], T], bad_line: Callable[[Path, int, str], Exception]
) -> list[T]:
    """The rows of a JSON lines file, each with an id of its own.

    Raises QuestionFileError where the file cannot be read, and what `bad_line` makes of path, number and
    reason for the first line that cannot be used.
    """
    rows, seen = list[T](), dict[str, int]()
    for number, line in enumerate(lines_of(path), 1):
        if not line.strip():
            continue
        try:
            row = parse(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise bad_line(path, number, _reason(error)) from error
        if row.id in seen:
            raise bad_line(path, number, f"id {row.id!r} đã có ở dòng {seen[row.id]}")
        seen[row.id] = number
        rows.append(row)
    return rows


def lines_of(path: Path) -> list[str]:
    """The lines of a UTF-8 file, with or without a byte order mark. Raises QuestionFileError."""
    try:
        # Not splitlines: JSON may hold U+2028 inside a string.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: không đọc được ({error}). Kiểm tra đường dẫn và mã hoá UTF-8"
        ) from error


def bad_line(path: Path, number: int, reason: str) -> QuestionFileError:
    """The error of a line that cannot be used."""
    return QuestionFileError(f"{path}, dòng {number}: {reason}. Xem {GUIDE}")


def question_of(row: dict[str, Any]) -> LabelledQuestion:
    """A question from its JSON object. Raises ValueError, KeyError or TypeError where it is not one."""
    if row.get("answerable") is None:
        raise ValueError("chưa gán nhãn: answerable phải là true hoặc false")
    text, document = _text(row, "question"), row.get("document")
    answerable = _flag(row, "answerable")
    question = LabelledQuestion(
        id=str(row["id"]),
        kind=_text(row, "kind"),
        question=text,
        history=tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", [])),
        answerable=answerable,
        gold=tuple(_label(item, document) for item in _list(row, "gold")),
        all_gold=_flag(row, "all_gold"),
        answer_contains=tuple(_group(group) for group in _list(row, "answer_contains")),
        quotes=tuple(GoldLabel(document, None, nfc(quote)) for quote in _list(row, "gold_quotes")),
        language=row.get("lang") or parse_question(text).language,
        group=row.get("group"),
        reference=nfc(row["reference"]) if row.get("reference") else None,
    )
    if answerable and not (
        question.gold or question.quotes or question.answer_contains or question.reference
    ):
        raise ValueError("câu trả lời được phải có gold, gold_quotes, answer_contains hoặc reference")
    if not answerable and (question.gold or question.quotes):
        raise ValueError("câu không trả lời được thì gold phải trống")
    return question


def place(passage: Passage) -> str:
    """A passage's gold id: "Điều.khoản.đoạn" with khoản 0 for none; "0" before, "end" after the Điều."""
    if passage.zone in _HEAD:
        return "0"
    if passage.zone in (Zone.CLOSING, Zone.SIGNATURE):
        return "end"
    numbers = dict(passage.heading_path)
    article, clause = numbers.get("Điều", numbers.get("mục", "0")), numbers.get("khoản", "0")
    return f"{article}.{clause}.{passage.ordinal}"


def _label(item: Any, document: str | None) -> GoldLabel:
    """A gold entry: a place as a string, or an object with document, place and quote."""
    if isinstance(item, str):
        return GoldLabel(document, item)
    quote = item.get("quote")
    return GoldLabel(item.get("document", document), item.get("place"), nfc(quote) if quote else None)


def _group(group: Any) -> tuple[str, ...]:
    if not isinstance(group, list) or not group or not all(isinstance(text, str) and text for text in group):
        raise ValueError("answer_contains phải là danh sách các danh sách chuỗi")
    return tuple(nfc(text) for text in group)


def _list(row: dict[str, Any], key: str) -> list[Any]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise TypeError(f"{key} phải là danh sách")
    return value


def _flag(row: dict[str, Any], key: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise TypeError(f"{key} phải là true hoặc false, không phải {value!r}")
    return value


def _text(row: dict[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} phải là chuỗi có chữ")
    return value


def _reason(error: Exception) -> str:
    return f"thiếu trường {error}" if isinstance(error, KeyError) else f"sai định dạng ({error})"
