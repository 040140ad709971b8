"""The gate: measures that may not fall, by suite, read from a TOML file; and whether it would notice if they
did.

A suite is question files over a folder of documents. Knows rules and results; does not print.
"""

import math
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.tuning import AS_SHIPPED, Tuning
from evaluation.answer_runs import Bench, evaluate, gold_of
from evaluation.errors import EvaluationProblem
from evaluation.formats import QuestionSet, read_question_set
from evaluation.indexes import folder_index, held_in
from evaluation.measures import BY_NAME, measure_of
from evaluation.passages import passage_dataset
from evaluation.rankings import Task, evaluate_rankings
from evaluation.result import SystemResult
from evaluation.slices import ALL
from evaluation.systems import PRODUCT
from vectorstore.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Rule:
    """One bound: `measure` on `slice` has to be at least (or at most) `bound`."""

    slice: str
    measure: str
    bound: float
    at_least: bool

    def holds(self, value: float | None) -> bool:
        """Whether a value keeps the bound; a measure that is gone does not."""
        if value is None:
            return False
        return value >= self.bound if self.at_least else value <= self.bound


@dataclass(frozen=True, slots=True)
class Suite:
    """Question files over a folder of documents, and what is asked of them.

    `passages`: not the answers are measured but the ranking of paragraphs behind them.
    """

    name: str
    questions: QuestionSet
    documents: Path
    rules: tuple[Rule, ...]
    passages: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What suites are measured on: a bench without a place yet, an encoder, a folder for indexes."""

    bench: Bench
    encoder: Encoder
    work: Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule with the value that was measured; None where the measure is not in the result."""

    suite: str
    rule: Rule
    value: float | None

    @property
    def holds(self) -> bool:
        """Whether the rule is kept."""
        return self.rule.holds(self.value)


@dataclass(frozen=True, slots=True)
class Plant:
    """A regression planted on purpose. `without`: a document left out, by its file name."""

    name: str
    tuning: Tuning = AS_SHIPPED
    without: str | None = None


PLANTS = (
    Plant("trộn điểm: chỉ dùng từ ngữ", replace(AS_SHIPPED, lexical_weight=1.0, lexical_weight_folded=1.0)),
    Plant("trộn điểm: chỉ dùng véc-tơ", replace(AS_SHIPPED, lexical_weight=0.0, lexical_weight_folded=0.0)),
    Plant("ngưỡng trả lời cao hơn 20 %", replace(AS_SHIPPED, strictness=1.2)),
    Plant("ngưỡng trả lời thấp hơn 20 %", replace(AS_SHIPPED, strictness=0.8)),
)


def read_suites(path: Path) -> list[Suite]:
    """The suites of a thresholds file; its paths count from its folder. Raises EvaluationProblem."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["suite"]
        return [_suite(path, row) for row in rows]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise EvaluationProblem(
            f"{path}: không dùng được ({error}). Xem mẫu trong evaluation/thresholds.toml"
        ) from error


def verdicts(suite: Suite, ground: Ground, plant: Plant | None = None) -> list[Verdict]:
    """Ask a suite's questions and hold the measures against its rules."""
    system = measured_suite(suite, ground, plant)
    return [Verdict(suite.name, rule, _value(system, rule)) for rule in suite.rules]


def measured_suite(suite: Suite, ground: Ground, plant: Plant | None = None) -> SystemResult:
    """The product on a suite, with a regression planted or as it is. Gold is always of the whole folder."""
    whole = folder_index(suite.documents, ground.encoder, ground.work)
    held = held_in(whole)
    tuning = plant.tuning if plant else AS_SHIPPED
    with _documents(suite, plant) as folder:
        location = whole if folder == suite.documents else folder_index(folder, ground.encoder, folder.parent)
        placed = replace(ground.bench, location=location, tuning=tuning)
        if suite.passages:
            dataset = passage_dataset(suite.questions, gold_of(suite.questions, held), held)
            return evaluate_rankings(Task(dataset, suite.name, passages=True), [PRODUCT], placed)[0].systems[
                0
            ]
        return evaluate(suite.questions, [PRODUCT], placed, held).systems[0]


def plants_for(suites: Sequence[Suite]) -> Iterator[tuple[Plant, Sequence[Suite]]]:
    """Every regression with the suites that should notice it: each document of each suite is missed once."""
    for plant in PLANTS:
        yield plant, suites
    for suite in (one for one in suites if not one.passages):
        for file in sorted(suite.documents.glob("*.txt")):
            if file.name.lower() != "readme.txt":
                yield Plant(f"thiếu {file.name}", without=file.name), [suite]


@contextmanager
def _documents(suite: Suite, plant: Plant | None) -> Iterator[Path]:
    """The suite's folder, or a copy of it that lacks a document."""
    if plant is None or plant.without is None:
        yield suite.documents
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "documents"
        shutil.copytree(suite.documents, copy, ignore=shutil.ignore_patterns(plant.without))
        yield copy


def _value(system: SystemResult, rule: Rule) -> float | None:
    estimate = system.measures.get(rule.slice, {}).get(rule.measure)
    return None if estimate is None else estimate.value


def _suite(path: Path, row: dict[str, Any]) -> Suite:
    folder = path.parent
    sets = [read_question_set(folder / name) for name in row["questions"]]
    if not sets or any(one.documents is not None for one in sets):
        raise ValueError("questions: cần tệp câu hỏi về các văn bản trong documents")
    questions = tuple(
        replace(
            question, id=f"{one.name}:{question.id}", group=question.group and f"{one.name}:{question.group}"
        )
        for one in sets
        for question in one.questions
    )
    rules = tuple(_rule(rule) for rule in row["rules"])
    asked = QuestionSet(row["name"], questions)
    return Suite(row["name"], asked, folder / row["documents"], rules, bool(row.get("passages", False)))


def _rule(row: dict[str, Any]) -> Rule:
    name, bounds = row["measure"], [key for key in ("at_least", "at_most") if key in row]
    if name not in BY_NAME:
        raise ValueError(f"measure {name!r} không có; chọn trong: {', '.join(BY_NAME)}")
    if len(bounds) != 1:
        raise ValueError(f"{name}: cần đúng một trong at_least, at_most")
    return Rule(row.get("slice", ALL), name, float(row[bounds[0]]), bounds[0] == "at_least")


def as_measured(system: SystemResult, rules: Sequence[Rule], allowance: float) -> list[Rule]:
    """The rules with bounds from what was measured; `allowance` questions may go the other way.

    What holds for every single question keeps no allowance: one inexact quotation is one too many.
    """
    found = []
    for rule in rules:
        estimate = system.measures.get(rule.slice, {}).get(rule.measure)
        if estimate is not None:
            slack = 0.0 if estimate.value in (0.0, 1.0) else allowance / estimate.n
            if measure_of(rule.measure).unit != "share":
                slack *= estimate.value
            bound = estimate.value - slack if rule.at_least else estimate.value + slack
            # Rounded to the safe side: a bound of four digits must not fail the very figure it is from.
            digits = math.floor(bound * 10_000) if rule.at_least else math.ceil(bound * 10_000)
            found.append(replace(rule, bound=digits / 10_000))
    return found
