"""A function in a process of its own, so that its memory and its start are its own.

Does not know what the function does. Its errors come back as they are.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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
