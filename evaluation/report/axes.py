"""Axes for the plots of a report: of a measure, of time, of shares; the legend above them.

Knows matplotlib's axes; does not know what is drawn on them.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from evaluation.measures import Measure
from evaluation.report.svg import MUTED
from evaluation.report.text import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

_WIDTH = 8.2  # inches


def axes_of_page(height: float) -> "tuple[Figure, Axes]":
    """A figure as wide as the page, `height` inches high, and its axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def legend(axes: "Axes", count: int) -> None:
    """The names of `count` systems above the drawing, where they cover no data."""
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(count, 3), handlelength=2.4, borderaxespad=0.4
    )


def measure_axis(axis: "Axis", set_limits: Callable[[float, float], object], main: Measure) -> None:
    """The whole range of a share, 0 to 100 %, so that differences look as large as they are."""
    from matplotlib.ticker import FuncFormatter

    if main.unit == "share":
        set_limits(-0.02, 1.02)
        axis.set_ticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axis.set_label_text(main.label)


def time_axis(axes: "Axes", low: float, high: float) -> None:
    """Milliseconds by powers of ten, with the more ticks between them the fewer powers there are."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

    axes.set_xscale("log")
    low, high = low / 1.6, high * 1.6
    axes.set_xlim(low, high)
    powers = math.log10(high / low)
    steps = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0) if powers < 1.2 else (1.0, 2.0, 5.0) if powers < 2.5 else (1.0,)
    axes.xaxis.set_major_locator(LogLocator(subs=steps, numticks=20))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 0 if value >= 1 else 2)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())


def share_axis(axes: "Axes", label: str) -> None:
    """The vertical axis from 0 to 100 %."""
    from matplotlib.ticker import PercentFormatter

    axes.set_ylim(0, 1.03)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    axes.set_ylabel(label)
    axes.tick_params(axis="y", labelcolor=MUTED)
