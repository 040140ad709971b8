"""The plots of a report: slices, quality against cost, answer times, ranks.

Every figure is drawn without a display and without global state. Knows what is compared with what; the look
is that of `svg`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from evaluation.measures import Measure
from evaluation.report.axes import axes_of_page, legend, measure_axis, time_axis
from evaluation.report.distributions import ranks, times
from evaluation.report.svg import LINE, MARKERS, MUTED, PAPER, SERIES, SHOWN, Plot, embedded, style
from evaluation.report.tables import dimensions, is_retrieval, main_measure
from evaluation.report.text import FEW, amount, interval, milliseconds, number, shortened, slice_label
from evaluation.result import Result, SystemResult
from evaluation.statistics import Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SLICES = 40


def plots(result: Result) -> list[Plot]:
    """Those the result has the data for."""
    main = main_measure(result)
    if main is None:
        return []
    drawn = [_by_slice(result, main), _against_cost(result, main), times(result)]
    if is_retrieval(result):
        drawn.append(ranks(result))
    return [plot for plot in drawn if plot is not None]


def _by_slice(result: Result, main: Measure) -> Plot | None:
    """A dot with its interval a slice and system, all questions first."""
    systems = result.systems[:SHOWN]
    grouped = [name for slices in dimensions(result).values() for name in slices]
    names = [name for name in ("all", *grouped) if main.name in systems[0].measures.get(name, {})]
    if not grouped or not names:
        return None
    shown = names[: _SLICES + 1]
    step = 0.8 / len(systems)
    with style():
        figure, axes = axes_of_page(0.9 + len(shown) * max(0.3, 0.15 * len(systems)))
        for at, system in enumerate(systems):
            points = [
                (line + (at - (len(systems) - 1) / 2) * step, system.measures[name][main.name])
                for line, name in enumerate(shown)
                if main.name in system.measures.get(name, {})
            ]
            _dots(axes, points, at, shortened(system.name, 30))
        axes.set_yticks(range(len(shown)), [_slice_tick(systems[0], name, main) for name in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        measure_axis(axes.xaxis, axes.set_xlim, main)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        for line, (above, below) in enumerate(pairwise(shown)):
            if above.split("=")[0] != below.split("=")[0]:
                axes.axhline(line + 0.5, color=LINE, linewidth=0.8)
        if len(systems) > 1:
            legend(axes, len(systems))
        svg = embedded(figure, "slices")
    left_out = len(names) - len(shown)
    more = f" Còn {number(left_out)} nhóm xem trong bảng." if left_out else ""
    alternative = _told(systems[0], main, shown)
    caption = f"Chấm: giá trị; vạch: khoảng tin cậy 95 %. Chấm rỗng: dưới {FEW} câu, không chắc chắn.{more}"
    return Plot(f"{main.label} theo nhóm câu hỏi", caption, alternative, svg)


def _slice_tick(system: SystemResult, name: str, main: Measure) -> str:
    return f"{shortened(slice_label(name), 44)}  (n = {number(system.measures[name][main.name].n)})"


def _told(system: SystemResult, main: Measure, names: Sequence[str]) -> str:
    parts = (
        f"{slice_label(name)} {amount(main, system.measures[name][main.name].value)}"
        f" ({interval(main, system.measures[name][main.name])})"
        for name in names
    )
    return f"{main.label} của {system.name}: " + "; ".join(parts) + "."


def _dots(axes: "Axes", points: Sequence[tuple[float, Estimate]], at: int, label: str) -> None:
    colour = SERIES[at]
    for line, item in points:
        axes.plot([item.low, item.high], [line, line], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            item.value,
            line,
            marker=MARKERS[at],
            markersize=6,
            color=colour,
            markerfacecolor=PAPER if item.n < FEW else colour,
            markeredgecolor=colour,
        )
    axes.plot([], [], marker=MARKERS[at], color=colour, markersize=6, linewidth=1.6, label=label)


def _against_cost(result: Result, main: Measure) -> Plot | None:
    """Quality over the median time of a question; nothing to see with a single system."""
    points = [
        (system, system.measures["all"][main.name])
        for system in result.systems[:SHOWN]
        if main.name in system.measures.get("all", {}) and system.cost.p50_ms > 0
    ]
    if len(points) < 2:
        return None
    with style():
        figure, axes = axes_of_page(3.6)
        medians = [system.cost.p50_ms for system, _ in points]
        time_axis(axes, min(medians), max(medians))
        for at, (system, item) in enumerate(points):
            x, label = system.cost.p50_ms, shortened(system.name, 30)
            axes.plot([x, x], [item.low, item.high], color=SERIES[at], linewidth=1.4)
            axes.plot(
                x,
                item.value,
                marker=MARKERS[at],
                color=SERIES[at],
                markersize=8,
                linestyle="none",
                label=label,
            )
        measure_axis(axes.yaxis, axes.set_ylim, main)
        axes.tick_params(axis="y", labelcolor=MUTED)
        axes.set_xlabel("ms một câu (trung vị, thang logarit)")
        axes.grid()
        legend(axes, len(points))
        svg = embedded(figure, "cost")
    alternative = "; ".join(
        f"{system.name}: {amount(main, item.value)} với {milliseconds(system.cost.p50_ms)} ms"
        for system, item in points
    )
    caption = "Càng lên cao càng tốt, càng sang trái càng nhanh. Vạch: khoảng tin cậy 95 %."
    if main.better < 0:
        caption = caption.replace("lên cao", "xuống thấp")
    return Plot(f"{main.label} so với thời gian", caption, f"{alternative}.", svg)
