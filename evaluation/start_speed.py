"""Cold start: a fresh process from its launch to its first answer, step by step.

`python -m evaluation.start_speed QUESTION` is that process: it does what `python -m assistant` does, and
writes its clock and its memory as JSON. What the disk has cached is not emptied: after a reboot a start takes
longer.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from tqdm import tqdm

from evaluation.errors import EvaluationProblem

_PROGRAM = (sys.executable, "-m", "evaluation.start_speed")
STEPS = ("import", "encoder", "index", "answer")


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and most of several measurements."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Starts:
    """Several cold starts. `steps`: seconds by STEPS and of "ready" and "total"; memory in megabytes.

    `import` is Python and the modules of the product, `encoder` brings torch and the weights, "ready" is the
    sum up to the opened index, "total" that up to the first answer.
    """

    n: int
    steps: dict[str, Spread]
    loaded_mb: float
    answered_mb: float


def measure_starts(number: int, question: str, program: Sequence[str] = _PROGRAM) -> Starts:
    """Start `program` so many times, one after the other. Raises EvaluationProblem when it fails."""
    rows = [
        _start([*program, question]) for _ in tqdm(range(number), desc="Khởi động", unit=" lần", disable=None)
    ]
    return Starts(
        number,
        {name: _spread([row[name] for row in rows]) for name in (*STEPS, "ready", "total")},
        median(row["loaded_mb"] for row in rows),
        median(row["answered_mb"] for row in rows),
    )


def _start(command: Sequence[str]) -> dict[str, float]:
    launched = perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        said = run.stderr.strip().splitlines() or ["không có thông báo"]
        raise EvaluationProblem(f"Không khởi động được để đo: {said[-1]}")
    told: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    # The clock is the machine's (CLOCK_MONOTONIC), so what the child read can be compared with the launch.
    clock = [launched, *(told[name] for name in STEPS)]
    row = {name: clock[at + 1] - clock[at] for at, name in enumerate(STEPS)}
    return row | {
        "ready": told["index"] - launched,
        "total": told["answer"] - launched,
        "loaded_mb": told["loaded_mb"],
        "answered_mb": told["answered_mb"],
    }


def _spread(values: list[float]) -> Spread:
    return Spread(round(median(values), 3), round(min(values), 3), round(max(values), 3))


def _child(question: str) -> int:
    """The process that is measured."""
    from assistant import Assistant
    from assistant.settings import load_settings
    from corpus.errors import ProductError
    from evaluation.memory import resident_mb
    from vectorstore.encoder import load_encoder

    told = {"import": perf_counter()}
    try:
        settings = load_settings()
        encoder = load_encoder(settings.embedding_model)
        told["encoder"] = perf_counter()
        assistant = Assistant.open(settings.index, encoder)
        told["index"] = perf_counter()
        loaded = resident_mb()
        assistant.ask(question)
        told["answer"] = perf_counter()
    except ProductError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(told | {"loaded_mb": loaded, "answered_mb": resident_mb()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1]))
