"""The result of an evaluation, as it is stored, compared and reported.

A result holds one or more systems over the same questions, with everything needed to run it again. Knows
the form; does not know how anything is measured.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evaluation.errors import ResultError
from evaluation.statistics import Estimate, Part

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a document: what was cited, or what should have been.

    `passage` is the whole paragraph, `start` and `end` count its characters; `text` is the stretch itself.
    """

    document: str
    location: str
    text: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One question of one system.

    `slices`: the group it belongs to, by dimension, e.g. `{"kind": "task", "language": "vi"}`. `parts`: by
    measure, what it adds to the two sums of the measure; measures that do not apply are absent. `ranking`:
    ids best first (retrieval only). `contexts`: texts of the passages that were found.
    """

    id: str
    question: str
    slices: dict[str, str]
    parts: dict[str, Part]
    took_ms: float
    answer: str = ""
    refused: bool = False
    answerable: bool = True
    understood_as: str | None = None
    reference: str | None = None
    cited: tuple[Source, ...] = ()
    gold: tuple[Source, ...] = ()
    contexts: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()

    def score(self, measure: str) -> float | None:
        """The measure for this question alone; None where it does not apply."""
        part = self.parts.get(measure)
        return None if part is None or not part[1] else part[0] / part[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a system takes: milliseconds a question, resident megabytes when done, index on disk."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    memory_mb: float
    index_mb: float | None = None


@dataclass(frozen=True, slots=True)
class SystemResult:
    """`measures`: slice ("all", "kind=task", …) to measure to estimate."""

    name: str
    description: str
    measures: dict[str, dict[str, Estimate]]
    cost: Cost
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What it takes to run it again. `hashes`: SHA-256 of questions, documents, sources of the program."""

    command: str
    created_at: str
    seed: int
    resamples: int
    versions: dict[str, str]
    machine: str
    settings: dict[str, str]
    hashes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run. `title` says what was asked, e.g. the names of the question files."""

    title: str
    provenance: Provenance
    systems: tuple[SystemResult, ...]
    remarks: tuple[str, ...] = field(default=())

    def system(self, name: str | None) -> SystemResult:
        """The system of a name, or the first one. Raises ResultError naming those there are."""
        for system in self.systems:
            if name is None or system.name == name:
                return system
        held = ", ".join(system.name for system in self.systems)
        raise ResultError(f"{self.title}: không có hệ thống {name!r}. Có: {held}")


def write_result(path: Path, result: Result) -> None:
    """Write a result as JSON, UTF-8."""
    row = {"format": FORMAT} | asdict(result)
    path.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_result(path: Path) -> Result:
    """Read what `write_result` wrote. Raises ResultError naming the file."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        if row["format"] != FORMAT:
            raise ValueError(f"format {row['format']}, cần {FORMAT}")
        return _result(row)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultError(
            f"{path}: không phải kết quả đánh giá dùng được ({error}). "
            "Tạo lại bằng: python -m evaluation answers FILE --out THƯ_MỤC"
        ) from error


def _result(row: Mapping[str, Any]) -> Result:
    return Result(
        row["title"],
        Provenance(**row["provenance"]),
        tuple(_system(system) for system in row["systems"]),
        tuple(row["remarks"]),
    )


def _system(row: Mapping[str, Any]) -> SystemResult:
    measures = {
        name: {measure: Estimate(**value) for measure, value in values.items()}
        for name, values in row["measures"].items()
    }
    rows = tuple(_row(item) for item in row["rows"])
    return SystemResult(row["name"], row["description"], measures, Cost(**row["cost"]), rows)


def _row(row: Mapping[str, Any]) -> Row:
    several = {
        "parts": {name: (part[0], part[1]) for name, part in row["parts"].items()},
        "cited": tuple(Source(**source) for source in row["cited"]),
        "gold": tuple(Source(**source) for source in row["gold"]),
        "contexts": tuple(row["contexts"]),
        "ranking": tuple(row["ranking"]),
    }
    return Row(**{**row, **several})
