"""A result as two CSV files that a spreadsheet opens as they are.

Knows CSV and what spreadsheets make of it; does not know how anything was measured.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluation.measures import in_order
from evaluation.report.text import visible
from evaluation.result import Result, Row, Source

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_measures(path: Path, result: Result) -> None:
    """One line a system, slice and measure: value, 95 % interval, number of questions; full precision."""
    rows: list[list[object]] = [["system", "slice", "measure", "value", "low", "high", "n"]]
    for system in result.systems:
        for slice_name, measures in system.measures.items():
            for name in in_order(set(measures)):
                item = measures[name]
                place = [_cell(system.name), _cell(slice_name), _cell(name)]
                rows.append([*place, item.value, item.low, item.high, item.n])
    _write(path, rows)


def write_questions(path: Path, result: Result) -> None:
    """One line a system and question, a column a dimension and a measure; absent ones stay empty."""
    everything = [row for system in result.systems for row in system.rows]
    dimensions = list(dict.fromkeys(name for row in everything for name in row.slices))
    measures = in_order({name for row in everything for name in row.parts})
    head = ["system", "id", "question", "understood_as", *(f"slice: {name}" for name in dimensions)]
    tail = ["answerable", "refused", "cited", "gold", "ranking", "answer", "took_ms"]
    rows: list[list[object]] = [[_cell(name) for name in (*head, *measures, *tail)]]
    for system in result.systems:
        rows.extend([_cell(system.name), *_question(row, dimensions, measures)] for row in system.rows)
    _write(path, rows)


def _question(row: Row, dimensions: list[str], measures: list[str]) -> Iterator[object]:
    yield from (_cell(row.id), _cell(row.question), _cell(row.understood_as or ""))
    yield from (_cell(row.slices.get(name, "")) for name in dimensions)
    yield from ("" if (score := row.score(name)) is None else score for name in measures)
    yield from (int(row.answerable), int(row.refused), _places(row.cited), _places(row.gold))
    yield from (_cell(" | ".join(row.ranking)), _cell(row.answer), row.took_ms)


def _places(sources: Iterable[Source]) -> str:
    places = (
        f"{source.document}: {source.location}" if source.location else source.document for source in sources
    )
    return _cell(" | ".join(places))


def _cell(text: str) -> str:
    """Text that no spreadsheet runs: what could open a formula gets a leading apostrophe.

    The characters are those of OWASP's page "CSV Injection", and looked for behind leading blanks, too.
    """
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA) else shown


def _write(path: Path, rows: Iterable[Iterable[object]]) -> None:
    # With a byte order mark: Excel takes a CSV without one for the machine's code page.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
