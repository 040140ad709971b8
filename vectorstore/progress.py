"""Progress of a long build, for whoever shows it.

Knows tqdm's bar and the two numbers a build tells; does not open bars, because each command labels its own.
"""

from collections.abc import Callable
from typing import Any

from tqdm import tqdm

# Called with windows encoded so far and the number to encode.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress for callers that show none."""


def shown_on(bar: "tqdm[Any]") -> Progress:
    """Progress that moves `bar`, whose total is known only once the build has counted."""

    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return advance
