"""The tables of a report as rows of ready-made cells.

Knows which numbers stand beside each other; does not know HTML.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluation.measures import Measure, in_order, measure_of
from evaluation.report.text import (
    FEW,
    amount,
    dimension,
    in_reading_order,
    interval,
    milliseconds,
    number,
    slice_value,
)
from evaluation.result import Cost, Result, SystemResult
from evaluation.statistics import Estimate

ABSENT = "–"
_MAIN = ("first_citation", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is shown, with its interval and number of questions, e.g. "93,2 %", "88–96 %", 162."""

    value: str
    interval: str = ""
    n: int | None = None
    best: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its heading, a remark below the heading, its cells."""

    heading: str
    remark: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the headings of its columns. `cost_from`: the row from which on costs are told."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    cost_from: int | None = None


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often a system answered and refused, by whether the documents say."""

    system: str
    answered: int
    refused_wrongly: int
    answered_wrongly: int
    refused: int


def main_measure(result: Result) -> Measure | None:
    """What the result is mainly about: the first citation of answers, nDCG@10 of rankings, else the first."""
    names = {name for system in result.systems for name in system.measures.get("all", {})}
    chosen = [name for name in _MAIN if name in names] or in_order(names)
    return measure_of(chosen[0]) if chosen else None


def is_retrieval(result: Result) -> bool:
    """Whether documents were ranked rather than questions answered."""
    return any(row.ranking for system in result.systems for row in system.rows)


def main_table(result: Result) -> Table:
    """Every measure over all questions, a system a column; then what each system costs."""
    names = in_order({name for system in result.systems for name in system.measures.get("all", {})})
    rows = [_measure_row(measure_of(name), result) for name in names]
    costs = [_cost_row(*line, result) for line in _COSTS]
    columns = tuple(system.name for system in result.systems)
    return Table("Toàn bộ câu hỏi", columns, (*rows, *costs), cost_from=len(rows))


def slice_tables(result: Result) -> list[Table]:
    """By dimension: the main measure a system a column (several systems), then all of the first system."""
    main = main_measure(result)
    if main is None:
        return []
    tables = []
    for name, slices in dimensions(result).items():
        if len(result.systems) > 1:
            tables.append(_systems_by_slice(name, slices, main, result))
        tables.append(_measures_by_slice(name, slices, result.systems[0]))
    return tables


def refusal_tables(result: Result) -> list[Refusals]:
    """Counted from the rows; empty when nothing was answered but ranked."""
    return [] if is_retrieval(result) else [_refusals(system) for system in result.systems if system.rows]


def _refusals(system: SystemResult) -> Refusals:
    counts = Counter((row.answerable, row.refused) for row in system.rows)
    return Refusals(
        system.name,
        answered=counts[True, False],
        refused_wrongly=counts[True, True],
        answered_wrongly=counts[False, False],
        refused=counts[False, True],
    )


def _measure_row(measure: Measure, result: Result) -> TableRow:
    estimates = [system.measures.get("all", {}).get(measure.name) for system in result.systems]
    best = _best([None if item is None else item.value for item in estimates], measure.better)
    cells = tuple(_cell(measure, item, best[at]) for at, item in enumerate(estimates))
    return TableRow(measure.label, direction(measure), cells)


def direction(measure: Measure) -> str:
    """Which way is better, in words; empty when neither is."""
    return {1: "cao hơn là tốt hơn", -1: "thấp hơn là tốt hơn"}.get(measure.better, "")


def _cell(measure: Measure, estimate: Estimate | None, best: bool = False) -> Cell:
    if estimate is None:
        return Cell(ABSENT)
    few = estimate.n < FEW
    return Cell(amount(measure, estimate.value), interval(measure, estimate), estimate.n, best, few)


def _best(values: list[float | None], better: int) -> list[bool]:
    """Which of the values is the best; none when there is nothing to compare or no better way."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or not better or min(known) == max(known):
        return [False] * len(values)
    best = max(known) if better > 0 else min(known)
    return [value == best for value in values]


_COSTS: tuple[tuple[str, str, Callable[[Cost], float | None], Callable[[float], str]], ...] = (
    ("Thời gian, trung vị (p50)", "ms một câu", lambda cost: cost.p50_ms, milliseconds),
    ("Thời gian, p95", "ms một câu", lambda cost: cost.p95_ms, milliseconds),
    ("Thời gian, p99", "ms một câu", lambda cost: cost.p99_ms, milliseconds),
    ("Bộ nhớ", "MB khi xong", lambda cost: cost.memory_mb, number),
    ("Chỉ mục trên đĩa", "MB", lambda cost: cost.index_mb, lambda value: number(value, 1)),
)


def _cost_row(
    label: str,
    unit: str,
    cost_of: Callable[[Cost], float | None],
    written: Callable[[float], str],
    result: Result,
) -> TableRow:
    values = [cost_of(system.cost) for system in result.systems]
    best = _best(values, better=-1)
    cells = (
        Cell(ABSENT) if value is None else Cell(written(value), best=best[at])
        for at, value in enumerate(values)
    )
    return TableRow(label, unit, tuple(cells))


def dimensions(result: Result) -> dict[str, list[str]]:
    """Dimension to its slices, in reading order; a dimension in which all questions are alike is left out."""
    found: dict[str, list[str]] = {}
    for system in result.systems:
        for slice_name in system.measures:
            if "=" in slice_name:
                slices = found.setdefault(slice_name.split("=", 1)[0], [])
                if slice_name not in slices:
                    slices.append(slice_name)
    return {name: in_reading_order(slices) for name, slices in found.items() if len(slices) > 1}


def _systems_by_slice(name: str, slices: list[str], main: Measure, result: Result) -> Table:
    rows = []
    for slice_name in slices:
        estimates = [system.measures.get(slice_name, {}).get(main.name) for system in result.systems]
        best = _best([None if item is None else item.value for item in estimates], main.better)
        cells = tuple(_cell(main, item, best[at]) for at, item in enumerate(estimates))
        if any(estimates):  # the first citation of what has no answer is no row of dashes
            rows.append(TableRow(_value(name, slice_name), "", cells))
    columns = tuple(system.name for system in result.systems)
    return Table(f"{dimension(name)} – {main.label}, các hệ thống", columns, tuple(rows))


def _measures_by_slice(name: str, slices: list[str], system: SystemResult) -> Table:
    held: list[Mapping[str, Estimate]] = [system.measures.get(slice_name, {}) for slice_name in slices]
    measures = [measure_of(key) for key in in_order({key for values in held for key in values})]
    rows = tuple(
        TableRow(
            _value(name, slice_name),
            "",
            tuple(_cell(measure, values.get(measure.name)) for measure in measures),
        )
        for slice_name, values in zip(slices, held, strict=True)
    )
    caption = f"{dimension(name)} – mọi độ đo của {system.name}"
    return Table(caption, tuple(measure.label for measure in measures), rows)


def _value(name: str, slice_name: str) -> str:
    return slice_value(name, slice_name.split("=", 1)[1])
