"""From what people asked and said about the answers to a question file that somebody can label.

A turn record is one JSON object a line: the answer JSON of the public contract (with its `question`), and
perhaps `history`, `verdict` ("up", "down", "wrong_source") and `comment`. The server's own file of records is
read, too. Proposes labels; decides none.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.question import parse_question
from corpus.text import folded_terms
from evaluation.errors import QuestionFileError
from evaluation.questions import lines_of
from records.reading import stored_turns
from records.turns import VERDICTS

# Numbers of identity cards and telephones, and addresses: a question file is passed on, its askers are not.
_PERSONAL = re.compile(r"(?<!\d)(?:\d[ .-]?){8,11}\d(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MASK = "[…]"
_DATABASES = (".sqlite", ".sqlite3", ".db")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person asked, what was answered, and what they thought of it."""

    question: str
    history: tuple[dict[str, str], ...]
    refused: bool
    cited: tuple[dict[str, str], ...]
    verdict: str | None
    comment: str | None


def read_turns(path: Path) -> list[Turn]:
    """Turn records, as JSON lines or in the server's SQLite file (by its name), which is not changed.

    Raises QuestionFileError naming the first bad line, RecordsProblem for a bad database.
    """
    if path.suffix.lower() in _DATABASES:
        turns = [turn_from(turn.to_record()) for turn in stored_turns(path)]
    else:
        turns = _turns_of_lines(path)
    if not turns:
        raise QuestionFileError(f"{path}: không có lượt hỏi nào")
    return turns


def _turns_of_lines(path: Path) -> list[Turn]:
    turns = []
    for number, line in enumerate(lines_of(path), 1):
        if line.strip():
            try:
                turns.append(turn_from(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise QuestionFileError(
                    f"{path}, dòng {number}: không phải bản ghi lượt hỏi ({error!r}). Mỗi dòng cần "
                    "câu trả lời JSON của chương trình, có thể thêm history, verdict, comment"
                ) from error
    return turns


def to_label(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """One row a distinct question, the most doubtful first: disliked, refused, unjudged, then liked.

    `answerable` is null until somebody labels the row; `proposed` is what a liked answer cited.
    """
    merged: dict[tuple[str, ...], list[Turn]] = {}
    for turn in turns:
        merged.setdefault(_key(turn), []).append(turn)
    groups = sorted(merged.values(), key=lambda group: (_urgency(group), -len(group)))
    return [_row(number, group) for number, group in enumerate(groups, 1)]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as JSON lines. Raises QuestionFileError; never replaces a file, which may hold labels."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise QuestionFileError(f"{path}: đã có tệp này, có thể đã gán nhãn. Chọn tên khác") from error
    except OSError as error:
        raise QuestionFileError(f"{path}: không ghi được ({error}). Chọn chỗ khác") from error


def turn_from(row: dict[str, Any]) -> Turn:
    """A turn from its record, what is personal masked. Raises ValueError, KeyError, TypeError."""
    verdict = row.get("verdict")
    if verdict is not None and verdict not in VERDICTS:
        raise ValueError(f"verdict {verdict!r}, cần {', '.join(VERDICTS)}")
    cited = tuple(
        {"document": str(one["document_id"]), "place": str(one["location"]), "quote": str(one["quote"])}
        for one in row["citations"]
    )
    history = tuple(
        {"role": str(t["role"]), "content": masked(str(t["content"]))} for t in row.get("history", [])
    )
    comment = masked(str(row["comment"])) if row.get("comment") else None
    return Turn(masked(str(row["question"])), history, bool(row["refused"]), cited, verdict, comment)


def masked(text: str) -> str:
    """`text` without numbers of nine to twelve digits and electronic addresses."""
    return _PERSONAL.sub(_MASK, text)


def _key(turn: Turn) -> tuple[str, ...]:
    return tuple(
        " ".join(folded_terms(t)) for t in (turn.question, *(said["content"] for said in turn.history))
    )


def _urgency(group: Sequence[Turn]) -> int:
    verdicts = {turn.verdict for turn in group}
    if verdicts & {"down", "wrong_source"}:
        return 0
    if any(turn.refused for turn in group):
        return 1
    return 3 if "up" in verdicts else 2


def _row(number: int, group: Sequence[Turn]) -> dict[str, Any]:
    turn = group[-1]
    liked = [one for one in group if one.verdict == "up"]
    return {
        "id": f"f{number:03d}",
        "kind": "feedback",
        "lang": parse_question(turn.question).language,
        "question": turn.question,
        "history": list(turn.history),
        "answerable": None,
        "gold": [],
        "all_gold": False,
        "answer_contains": [],
        "asked": len(group),
        "verdicts": {name: count for name in VERDICTS if (count := sum(t.verdict == name for t in group))},
        "comments": list(dict.fromkeys(one.comment for one in group if one.comment)),
        "refused": turn.refused,
        "cited": list(turn.cited),
        "proposed": [{"document": c["document"], "place": c["place"]} for c in liked[-1].cited]
        if liked
        else [],
    }
