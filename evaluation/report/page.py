"""The HTML page of a report: one file, nothing outside it, no script.

Everything it shows is untrusted text: escaped by the template engine, its control and direction characters
spelled out. Knows the order of the page; does not know how anything is measured or drawn.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evaluation.measures import Measure, in_order, measure_of
from evaluation.report import text
from evaluation.report.plots import plots
from evaluation.report.tables import (
    direction,
    is_retrieval,
    main_measure,
    main_table,
    refusal_tables,
    slice_tables,
)
from evaluation.report.verdict import verdict
from evaluation.report.worst import WorstCase, worst_cases
from evaluation.result import Result, SystemResult

_TEMPLATES = Path(__file__).parent / "templates"
WORST = 30


def page(result: Result, worst_of: Sequence[str] = ()) -> str:
    """The whole page. `worst_of`: systems whose worst cases are shown; none is the first one.

    Raises ResultError for a system that is not there. The same result gives the same page.
    """
    asked = [result.system(name) for name in worst_of] or list(result.systems[:1])
    main = main_measure(result)
    template = _environment().get_template("report.html.j2")
    return template.render(
        result=result,
        empty=not any(system.rows for system in result.systems),
        verdict=verdict(result),
        main=main_table(result),
        refusals=refusal_tables(result),
        slices=slice_tables(result),
        plots=plots(result),
        worst=[(system, _worst(system, main)) for system in asked],
        limit=WORST,
        retrieval=is_retrieval(result),
        measures=[(measure, direction(measure)) for measure in _measures(result)],
        few=text.FEW,
    )


def _worst(system: SystemResult, main: Measure | None) -> list[WorstCase]:
    return [] if main is None else worst_cases(system, main, WORST)


def _measures(result: Result) -> list[Measure]:
    names = {name for system in result.systems for measures in system.measures.values() for name in measures}
    return [measure_of(name) for name in in_order(names)]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # On every value of the template, so that none can be forgotten.
        finalize=_harmless,
    )
    environment.filters.update(
        number=text.number,
        date=text.date,
        shortened=text.shortened,
        milliseconds=text.milliseconds,
        slice_label=text.slice_label,
    )
    return environment


def _harmless(value: Any) -> Any:
    return text.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
