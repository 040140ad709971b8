"""The figures of `speed` as tables for the terminal; does not print."""

from collections.abc import Sequence

from evaluation.commands.common import table
from evaluation.growth import GrowthRow
from evaluation.ingest_speed import PAGE_CHARACTERS
from evaluation.percentiles import Latency, Percentile
from evaluation.speed import Speed
from evaluation.start_speed import Starts

_STEPS = {
    "import": "Python và chương trình",
    "encoder": "torch và bộ mã hoá",
    "index": "mở chỉ mục",
    "answer": "câu trả lời đầu tiên",
    "ready": "sẵn sàng (ba bước đầu)",
    "total": "tới câu trả lời đầu tiên",
}


def speed_shown(speed: Speed) -> str:
    """All but growth."""
    answering, index = speed.answering, speed.index
    sections = [
        f"Máy: {speed.machine}, {speed.cores} lõi; tải trước khi đo: {speed.load:.2f}",
        _starts_shown(speed.starts),
        f"\nTrả lời (ms; trong ngoặc: khoảng tin cậy 95 %, {answering.alone.n} câu)",
        table(
            [
                ["", "p50", "p95", "p99", "câu/giây"],
                ["lần lượt", *_latency_shown(answering.alone), ""],
                [
                    f"{answering.at_once.threads} câu cùng lúc",
                    *_latency_shown(answering.at_once.latency),
                    f"{answering.at_once.answers_per_s:.1f}",
                ],
            ]
        ),
        "\nBộ nhớ, chỉ mục, nạp văn bản",
        table(
            [
                ["bộ nhớ khi vừa mở chỉ mục", f"{speed.starts.loaded_mb:.0f} MB"],
                ["bộ nhớ sau câu trả lời đầu tiên", f"{speed.starts.answered_mb:.0f} MB"],
                ["bộ nhớ cao nhất khi trả lời", f"{answering.peak_mb:.0f} MB"],
                [
                    "chỉ mục",
                    f"{speed.documents:,} văn bản, {speed.passages:,} đoạn, {answering.windows:,} câu",
                ],
                [
                    "chỉ mục trên đĩa",
                    f"{index.total:.1f} MB (văn bản {index.records:.1f}, từ {index.lexical:.1f}, "
                    f"vectơ {index.chroma:.1f})",
                ],
                [
                    "đọc văn bản thuần",
                    f"{speed.plain_text.pages_per_min:,.0f} trang/phút (trang {PAGE_CHARACTERS:,} ký tự), "
                    f"{speed.plain_text.mb_per_s:.2f} MB/giây",
                ],
                ["mã hoá", f"{answering.tokens_per_s:,.0f} token/giây"],
            ]
        ),
    ]
    return "\n".join(sections)


def _starts_shown(starts: Starts) -> str:
    rows = [["", "trung vị", "ít nhất", "nhiều nhất"]]
    for name, label in _STEPS.items():
        spread = starts.steps[name]
        rows.append([label, *(f"{value:.2f}" for value in (spread.median, spread.least, spread.most))])
    return f"\nKhởi động nguội (giây; {starts.n} lần)\n{table(rows)}"


def _latency_shown(latency: Latency) -> list[str]:
    return [_percentile_shown(one) for one in (latency.p50, latency.p95, latency.p99)]


def _percentile_shown(one: Percentile) -> str:
    low, high = ("?" if bound is None else f"{bound:.0f}" for bound in (one.low, one.high))
    return f"{one.value:.0f} [{low} – {high}]"


def growth_shown(rows: Sequence[GrowthRow]) -> str:
    """One column a size."""
    shown = [
        [
            "đoạn", "câu", "lập chỉ mục (s)", "trong đó vectơ (s)", "bộ nhớ khi lập (MB)", "đĩa (MB)",
            "mở (s)", "bộ nhớ thêm khi mở (MB)", "bộ nhớ (MB)", "p50 (ms)", "p95 (ms)",
        ]
    ]  # fmt: skip
    for row in rows:
        built = row.built
        shown.append(
            [
                f"{row.passages:,}",
                f"{built.windows:,}",
                f"{built.text_s + built.vectors_s:.1f}",
                f"{built.vectors_s:.1f}",
                f"{built.peak_mb:.0f}",
                f"{built.size.total:.0f}",
                f"{row.open_s:.1f}",
                f"{row.opened_mb:.0f}",
                f"{row.resident_mb:.0f}",
                _percentile_shown(row.p50),
                _percentile_shown(row.p95),
            ]
        )
    columns = [list(column) for column in zip(*shown, strict=True)]
    return (
        "\nKhi số đoạn tăng. Văn bản được sinh tự động; vectơ của văn bản bốc ngẫu nhiên, không mã hoá:\n"
        "câu trả lời vô nghĩa, chỉ chi phí có nghĩa. Chưa tính thời gian mã hoá.\n"
        f"{table(columns)}"
    )
