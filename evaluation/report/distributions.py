"""The plots of whole distributions: answer times, ranks of the first relevant document.

Knows counting and shares; the look is that of `svg` and `axes`.
"""

from evaluation.report.axes import axes_of_page, legend, share_axis, time_axis
from evaluation.report.svg import DASHES, INK, MARKERS, SERIES, SHOWN, Plot, embedded, style
from evaluation.report.text import milliseconds, number, shortened
from evaluation.report.worst import first_rank
from evaluation.result import Result, SystemResult
from evaluation.statistics import quantile

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


def times(result: Result) -> Plot | None:
    """The share of questions done within a time."""
    systems = [system for system in result.systems[:SHOWN] if any(row.took_ms > 0 for row in system.rows)]
    if not systems:
        return None
    told = []
    with style():
        figure, axes = axes_of_page(3.2)
        everything = [row.took_ms for system in systems for row in system.rows if row.took_ms > 0]
        time_axis(axes, min(everything), max(everything))
        for at, system in enumerate(systems):
            took = sorted(row.took_ms for row in system.rows if row.took_ms > 0)
            shares = [(rank + 1) / len(took) for rank in range(len(took))]
            label = shortened(system.name, 30)
            axes.step(
                took,
                shares,
                where="post",
                color=SERIES[at],
                linestyle=DASHES[at],
                linewidth=1.8,
                label=label,
            )
            p50, p95 = quantile(took, 0.5), quantile(took, 0.95)
            axes.plot(
                [p50, p95], [0.5, 0.95], marker=MARKERS[at], color=SERIES[at], linestyle="none", markersize=6
            )
            told.append(f"{system.name}: p50 {milliseconds(p50)} ms, p95 {milliseconds(p95)} ms")
        share_axis(axes, "Phần câu hỏi đã xong")
        axes.set_xlabel("ms (thang logarit)")
        axes.grid()
        if len(systems) > 1:
            legend(axes, len(systems))
        svg = embedded(figure, "times")
    caption = "Đường càng sang trái càng nhanh. Hai dấu trên mỗi đường: p50 và p95."
    return Plot("Phân bố thời gian trả lời", caption, "; ".join(told) + ".", svg)


def ranks(result: Result) -> Plot | None:
    """Where the first relevant document stands, as shares of the questions, a bar a system."""
    systems = [system for system in result.systems[:SHOWN] if any(row.gold for row in system.rows)]
    if not systems:
        return None
    labels = [*(label for label, _ in _RANKS), "> 100", "không có"]
    width = 0.8 / len(systems)
    told = []
    with style():
        figure, axes = axes_of_page(3.2)
        for at, system in enumerate(systems):
            shares = _rank_shares(system)
            places = [slot + (at - (len(systems) - 1) / 2) * width for slot in range(len(labels))]
            axes.bar(places, shares, width * 0.9, color=SERIES[at], label=shortened(system.name, 30))
            told.append(
                f"{system.name}: hạng 1 {number(100 * shares[0])} %, không có {number(100 * shares[-1])} %"
            )
        axes.set_xticks(range(len(labels)), labels)
        axes.tick_params(axis="x", length=0, labelcolor=INK)
        share_axis(axes, "Phần câu hỏi")
        axes.set_xlabel("Hạng của văn bản liên quan đầu tiên")
        axes.grid(axis="y")
        if len(systems) > 1:
            legend(axes, len(systems))
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
