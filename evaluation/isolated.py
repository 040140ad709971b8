"""A function in a process of its own, so that its memory and its start are its own.

Does not know what the function does. Its errors come back as they are.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar

from evaluation.errors import EvaluationProblem

Given = TypeVar("Given")
Told = TypeVar("Told")


def isolated(function: Callable[[Given], Told], given: Given) -> Told:
    """What `function(given)` returns. Raises EvaluationProblem when its process is killed."""
    context = multiprocessing.get_context("spawn")  # a fork would share this process's memory and threads
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(function, given).result()
        except BrokenProcessPool as error:
            raise EvaluationProblem(
                "Tiến trình đánh giá bị dừng giữa chừng, thường vì thiếu bộ nhớ. "
                "Chạy lại lệnh này: nó đi tiếp từ câu đã xong"
            ) from error


def resident_mb() -> float:
    """Megabytes of this process in memory now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next((one for one in status.read_text().splitlines() if one.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024
