"""What a crowd got, as it is counted and as it is told. Knows no HTTP."""

from collections import Counter
from dataclasses import dataclass, field

from evaluation.statistics import quantile

BUSY = 503


@dataclass(slots=True)
class Tally:
    """Counts of one crowd. Times in seconds from sending to the last byte, of answers only.

    `failed`: by status, or by the kind of a broken connection; 503 and 429 are not among them, since they
    tell the asker when to come back. `mixed`: questions that got something else than they get alone.
    """

    times: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    told_to_wait: Counter[int] = field(default_factory=Counter)
    without_retry_after: int = 0
    waited: list[float] = field(default_factory=list)  # for those told to wait: until their answer came
    mixed: list[str] = field(default_factory=list)
    given_up: int = 0  # told to wait when the time was up
    seconds: float = 0.0
    recovered_after: float | None = None  # from the first 503 to the answer of somebody who came then
    afterwards: float | None = None  # one question when everybody has gone

    @property
    def is_clean(self) -> bool:
        """No errors, nothing mixed up, and everybody who had to wait was told how long."""
        return not (self.failed or self.mixed or self.without_retry_after)

    def lines(self) -> list[str]:
        """The report, in Vietnamese."""
        told = [f"Trả lời: {len(self.times)} câu trong {_s(self.seconds)} ({self._rate()} câu/phút)"]
        if self.times:
            shares = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
            figures = ", ".join(f"{name} {_s(quantile(self.times, share))}" for share, name in shares)
            told.append(f"Thời gian chờ: {figures}, lâu nhất {_s(max(self.times))}")
        told.append(f"Lỗi: {_counts(self.failed)}")
        told.append(f"Trả lời nhầm của câu khác: {len(self.mixed)}")
        told += [f"  {question}" for question in self.mixed[:10]]
        if self.told_to_wait:
            told.append(self._waits())
        if self.recovered_after is not None:
            told.append(f"Người đến lúc đang bận được trả lời sau {_s(self.recovered_after)}")
        if self.afterwards is not None:
            told.append(f"Một câu khi mọi người đã về: {_s(self.afterwards)}")
        return told

    def _waits(self) -> str:
        statuses = _counts(Counter({str(key): count for key, count in self.told_to_wait.items()}))
        line = f"Báo bận: {statuses}; thiếu Retry-After: {self.without_retry_after}"
        if self.waited:
            line += f"; chờ đúng Retry-After rồi được trả lời: {len(self.waited)}"
            line += f" (lâu nhất {_s(max(self.waited))} kể từ lần hỏi đầu)"
        return line + (f"; hết giờ khi còn chờ: {self.given_up}" if self.given_up else "")

    def _rate(self) -> str:
        return f"{60 * len(self.times) / self.seconds:.0f}" if self.seconds else "0"


def _counts(counted: "Counter[str]") -> str:
    return ", ".join(f"{key} × {count}" for key, count in sorted(counted.items())) or "không"


def _s(seconds: float) -> str:
    return f"{seconds:.2f} giây".replace(".", ",")
