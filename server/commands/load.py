"""`load [--url URL] [--people N] [--minutes M] [--once] [--no-pause]`: many people ask a running server.

Exit status 1 when there was an error, a mixed-up answer, or a 503 that does not say when to come back.
"""

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import ProductError

if TYPE_CHECKING:
    from server.crowd.people import Plan
    from server.crowd.tally import Tally

_QUESTIONS = Path(__file__).resolve().parents[2] / "evaluation" / "questions" / "resolution.tuning.jsonl"


class LoadUsageError(ProductError):
    """The crowd cannot come as it is told to."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("load", help="thử tải: nhiều người cùng hỏi một máy chủ đang chạy")
    parser.add_argument("--url", default="http://127.0.0.1:7860", help="mặc định %(default)s")
    parser.add_argument("--people", type=_positive, default=30, help="số người, mặc định %(default)s")
    parser.add_argument("--minutes", type=float, default=3.0, help="số phút, mặc định %(default)s")
    parser.add_argument(
        "--once", action="store_true", help="mọi người hỏi cùng một lúc, mỗi người một câu, rồi thôi"
    )
    parser.add_argument(
        "--no-pause", action="store_true", help="hỏi liên tục, không nghĩ 2–6 giây giữa hai câu"
    )
    parser.add_argument("--key", metavar="KHOÁ", help="khoá API khi máy chủ cần đăng nhập")
    parser.add_argument(
        "--questions", type=Path, default=_QUESTIONS, metavar="FILE", help="tệp câu hỏi JSON lines"
    )
    parser.set_defaults(run=_run)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số nguyên dương")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from server.crowd.people import Plan

    address = urlsplit(options.url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise LoadUsageError(f"--url {options.url}: cần địa chỉ dạng http://127.0.0.1:7860")
    if not 0 < options.minutes <= 24 * 60:
        mend = "cần số lớn hơn 0; --once để mỗi người chỉ hỏi một câu"
        raise LoadUsageError(f"--minutes {options.minutes:g}: {mend}")
    plan = Plan(
        url=options.url,
        people=options.people,
        minutes=0 if options.once else options.minutes,
        pause=(0.0, 0.0) if options.no_pause else (2.0, 6.0),
        key=options.key,
    )
    return 0 if asyncio.run(_measured(plan, options.questions)).is_clean else 1


async def _measured(plan: "Plan", questions: Path) -> "Tally":
    from evaluation.questions import read_questions
    from server.crowd.memory import server_pid
    from server.crowd.people import Crowd

    crowd = Crowd(plan, read_questions(questions))
    alone = await crowd.learn()
    mean = f"{sum(alone) / len(alone):.2f}".replace(".", ",")
    print(f"Hỏi một mình: {len(alone)} câu, trung bình {mean} giây")
    pid = server_pid(plan.url)
    before = _memory(pid)
    print(f"{plan.people} người bắt đầu hỏi…", flush=True)
    tally = await crowd.come()
    print("\n".join(tally.lines()))
    if before:
        print(f"Bộ nhớ máy chủ (tiến trình {pid}): trước {before}, sau {_memory(pid)}")
    return tally


def _memory(pid: int | None) -> str:
    from server.crowd.memory import resident_mb

    megabytes = resident_mb(pid) if pid else None
    return f"{megabytes:.0f} MB" if megabytes else ""
