"""Sentences as a language model writes them, with a person's verdict, and the JSON lines they are kept in.

Format and kinds are described in `evaluation/sentences/README.md`. Does not know how sentences are checked.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.text import nfc
from evaluation.errors import SentenceFileError
from evaluation.questions import rows_of

_FOLDER = Path(__file__).resolve().parent / "sentences"
SHIPPED = {
    "dev": _FOLDER / "dev.jsonl",
    "second dev": _FOLDER / "second-dev.jsonl",
    "held-out": _FOLDER / "heldout.jsonl",
}
_GUIDE = "evaluation/sentences/README.md"
_MARKER = re.compile(r"\[(\d+)\]")
_LANGUAGES = ("vi", "en")
_VERDICTS = ("supported", "wrong")


@dataclass(frozen=True, slots=True)
class SentenceCase:
    """A sentence with the paragraphs that the model was given and whether they support it.

    `paragraphs`: (name of document and place, words), [1] is the first. `why`: for wrong ones, what is wrong.
    """

    id: str
    kind: str
    language: str
    question: str
    paragraphs: tuple[tuple[str, str], ...]
    sentence: str
    supported: bool
    why: str = ""

    @property
    def markers(self) -> tuple[int, ...]:
        """The numbers in square brackets, in order, whether or not there is such a paragraph."""
        return tuple(int(number) for number in _MARKER.findall(self.sentence))


def read_cases(path: Path) -> list[SentenceCase]:
    """All cases of a JSON lines file.

    Raises EvaluationProblem: the file cannot be read, or the first bad line by its number; nothing is
    half-read.
    """
    cases = rows_of(path, _case_of, _bad_line)
    if not cases:
        raise SentenceFileError(f"{path}: không có câu nào. Xem {_GUIDE}")
    return cases


def _case_of(row: dict[str, Any]) -> SentenceCase:
    verdict = _one_of(row, "verdict", _VERDICTS)
    case = SentenceCase(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        language=_one_of(row, "language", _LANGUAGES) if "language" in row else "vi",
        question=_text(row, "question"),
        paragraphs=tuple((_text(one, "about"), _text(one, "text")) for one in row["paragraphs"]),
        sentence=_text(row, "sentence"),
        supported=verdict == "supported",
        why=_text(row, "why") if verdict == "wrong" else "",
    )
    if not case.paragraphs:
        raise ValueError("paragraphs phải có ít nhất một đoạn")
    return case


def _text(row: dict[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} phải là chuỗi có chữ")
    return nfc(value)


def _one_of(row: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = _text(row, key)
    if value not in allowed:
        raise ValueError(f"{key} phải là {' hoặc '.join(allowed)}, không phải {value!r}")
    return value


def _bad_line(path: Path, number: int, reason: str) -> SentenceFileError:
    return SentenceFileError(f"{path}, dòng {number}: {reason}. Xem {_GUIDE}")
