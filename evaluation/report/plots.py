"""The plots of a report: slices, quality against cost, answer times, ranks.

Every figure is drawn without a display and without global state. Knows what is compared with what; the look
is that of `svg`.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaluation.measures import Measure
from evaluation.report.svg import DASHES, INK, LINE, MARKERS, MUTED, PAPER, SERIES, Plot, embedded, style
from evaluation.report.tables import dimensions, is_retrieval, main_measure
from evaluation.report.text import FEW, amount, interval, milliseconds, number, shortened, slice_label
from evaluation.report.worst import first_rank
from evaluation.result import Result, SystemResult
from evaluation.statistics import Estimate, quantile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHOWN = len(SERIES)  # more systems than colours that can be told apart are left to the tables
_SLICES = 40
_WIDTH = 8.2  # inches


def plots(result: Result) -> list[Plot]:
    """Those the result has the data for."""
    main = main_measure(result)
    if main is None:
        return []
    drawn = [_by_slice(result, main), _against_cost(result, main), _times(result)]
    if is_retrieval(result):
        drawn.append(_ranks(result))
    return [plot for plot in drawn if plot is not None]


def _axes(height: float) -> "tuple[Any, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def _by_slice(result: Result, main: Measure) -> Plot | None:
    """A dot with its interval a slice and system, all questions first."""
    systems = result.systems[:_SHOWN]
    grouped = [name for slices in dimensions(result).values() for name in slices]
    names = [name for name in ("all", *grouped) if main.name in systems[0].measures.get(name, {})]
    if not grouped or not names:
        return None
    shown = names[: _SLICES + 1]
    step = 0.8 / len(systems)
    with style():
        figure, axes = _axes(0.9 + len(shown) * max(0.3, 0.15 * len(systems)))
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
        _measure_axis(axes.xaxis, axes.set_xlim, main)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        for line, (above, below) in enumerate(pairwise(shown)):
            if above.split("=")[0] != below.split("=")[0]:
                axes.axhline(line + 0.5, color=LINE, linewidth=0.8)
        if len(systems) > 1:
            _legend(axes, len(systems))
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


def _legend(axes: "Axes", count: int) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(count, 3), handlelength=2.4, borderaxespad=0.4
    )


def _measure_axis(axis: Any, set_limits: Any, main: Measure) -> None:
    from matplotlib.ticker import FuncFormatter

    if main.unit == "share":
        set_limits(-0.02, 1.02)
        axis.set_ticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    axis.set_label_text(main.label)


def _time_axis(axes: "Axes", low: float, high: float) -> None:
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


def _against_cost(result: Result, main: Measure) -> Plot | None:
    """Quality over the median time of a question; nothing to see with a single system."""
    points = [
        (system, system.measures["all"][main.name])
        for system in result.systems[:_SHOWN]
        if main.name in system.measures.get("all", {}) and system.cost.p50_ms > 0
    ]
    if len(points) < 2:
        return None
    with style():
        figure, axes = _axes(3.6)
        times = [system.cost.p50_ms for system, _ in points]
        _time_axis(axes, min(times), max(times) * 1.5)
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
        _measure_axis(axes.yaxis, axes.set_ylim, main)
        axes.tick_params(axis="y", labelcolor=MUTED)
        axes.set_xlabel("ms một câu (trung vị, thang logarit)")
        axes.grid()
        _legend(axes, len(points))
        svg = embedded(figure, "cost")
    alternative = "; ".join(
        f"{system.name}: {amount(main, item.value)} với {milliseconds(system.cost.p50_ms)} ms"
        for system, item in points
    )
    caption = "Càng lên cao càng tốt, càng sang trái càng nhanh. Vạch: khoảng tin cậy 95 %."
    if main.better < 0:
        caption = caption.replace("lên cao", "xuống thấp")
    return Plot(f"{main.label} so với thời gian", caption, f"{alternative}.", svg)


def _times(result: Result) -> Plot | None:
    """The share of questions done within a time."""
    systems = [system for system in result.systems[:_SHOWN] if any(row.took_ms > 0 for row in system.rows)]
    if not systems:
        return None
    told = []
    with style():
        figure, axes = _axes(3.2)
        everything = [row.took_ms for system in systems for row in system.rows if row.took_ms > 0]
        _time_axis(axes, min(everything), max(everything))
        for at, system in enumerate(systems):
            times = sorted(row.took_ms for row in system.rows if row.took_ms > 0)
            shares = [(rank + 1) / len(times) for rank in range(len(times))]
            label = shortened(system.name, 30)
            axes.step(
                times,
                shares,
                where="post",
                color=SERIES[at],
                linestyle=DASHES[at],
                linewidth=1.8,
                label=label,
            )
            p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
            axes.plot(
                [p50, p95], [0.5, 0.95], marker=MARKERS[at], color=SERIES[at], linestyle="none", markersize=6
            )
            told.append(f"{system.name}: p50 {milliseconds(p50)} ms, p95 {milliseconds(p95)} ms")
        _share_axis(axes, "Phần câu hỏi đã xong")
        axes.set_xlabel("ms (thang logarit)")
        axes.grid()
        if len(systems) > 1:
            _legend(axes, len(systems))
        svg = embedded(figure, "times")
    caption = "Đường càng sang trái càng nhanh. Hai dấu trên mỗi đường: p50 và p95."
    return Plot("Phân bố thời gian trả lời", caption, "; ".join(told) + ".", svg)


def _share_axis(axes: "Axes", label: str) -> None:
    from matplotlib.ticker import PercentFormatter

    axes.set_ylim(0, 1.03)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    axes.set_ylabel(label)
    axes.tick_params(axis="y", labelcolor=MUTED)


_RANKS = (
    ("1", 1),
    ("2", 2),
    ("3", 3),
    ("4–5", 5),
    ("6–10", 10),
    ("11–20", 20),
    ("21–50", 50),
    ("51–100", 100),
)


def _ranks(result: Result) -> Plot | None:
    """Where the first relevant document stands, as shares of the questions, a bar a system."""
    systems = [system for system in result.systems[:_SHOWN] if any(row.gold for row in system.rows)]
    if not systems:
        return None
    labels = [*(label for label, _ in _RANKS), "> 100", "không có"]
    width = 0.8 / len(systems)
    told = []
    with style():
        figure, axes = _axes(3.2)
        for at, system in enumerate(systems):
            shares = _rank_shares(system)
            places = [slot + (at - (len(systems) - 1) / 2) * width for slot in range(len(labels))]
            axes.bar(places, shares, width * 0.9, color=SERIES[at], label=shortened(system.name, 30))
            told.append(
                f"{system.name}: hạng 1 {number(100 * shares[0])} %, không có {number(100 * shares[-1])} %"
            )
        axes.set_xticks(range(len(labels)), labels)
        axes.tick_params(axis="x", length=0, labelcolor=INK)
        _share_axis(axes, "Phần câu hỏi")
        axes.set_xlabel("Hạng của văn bản liên quan đầu tiên")
        axes.grid(axis="y")
        if len(systems) > 1:
            _legend(axes, len(systems))
        svg = embedded(figure, "ranks")
    caption = "Càng nhiều ở bên trái càng tốt; “không có”: danh sách không chứa văn bản liên quan nào."
    return Plot("Hạng của văn bản liên quan đầu tiên", caption, "; ".join(told) + ".", svg)


def _rank_shares(system: SystemResult) -> list[float]:
    """Shares of the judged questions by class of rank; the last two are "beyond 100" and "absent"."""
    counts = [0] * (len(_RANKS) + 2)
    judged = [row for row in system.rows if row.gold]
    for row in judged:
        rank = first_rank(row)
        within = (slot for slot, (_, last) in enumerate(_RANKS) if rank is not None and rank <= last)
        counts[-1 if rank is None else next(within, len(_RANKS))] += 1
    return [count / len(judged) for count in counts]
