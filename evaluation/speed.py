"""How fast and how large, on the machine at hand: start, answers, memory, index, ingest.

Answers are measured in a process of its own, so that memory is that of the product. Times are those of the
machine as it is: whatever else runs on it makes them longer.
"""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from assistant import Assistant
from evaluation.answer_speed import AtOnce, Question, ask_alone, ask_at_once, cores
from evaluation.errors import EvaluationProblem
from evaluation.index_size import IndexSize, index_size
from evaluation.ingest_speed import PlainTextSpeed, measure_plain_text
from evaluation.isolated import isolated
from evaluation.memory import peak_mb
from evaluation.percentiles import Latency, latency
from evaluation.start_speed import Starts, measure_starts
from ingest import load
from vectorstore.encoder import Encoder
from vectorstore.generation import Generation, IndexLocation, current
from vectorstore.records import iter_records
from vectorstore.windows import windows


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured: `questions` over an index, `threads` at once; `starts` cold starts."""

    location: IndexLocation
    encoder: Callable[[], Encoder]
    questions: tuple[Question, ...]
    resolution: Path
    threads: int = 8
    starts: int = 3


@dataclass(frozen=True, slots=True)
class Answering:
    """Answer times; megabytes in memory at the most meanwhile; windows held; tokens encoded a second."""

    alone: Latency
    at_once: AtOnce
    peak_mb: float
    windows: int
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Speed:
    """All of it. `load`: processes that wanted a core in the last minute, before anything was measured."""

    machine: str
    cores: int
    load: float
    documents: int
    passages: int
    index: IndexSize
    starts: Starts
    answering: Answering
    plain_text: PlainTextSpeed


def measure_speed(bench: Bench) -> Speed:
    """Measure everything, one after the other. Raises ProductError with the mend, e.g. without an index."""
    generation = _generation(bench.location)
    manifest = generation.manifest()
    load_before = round(os.getloadavg()[0], 2)
    starts = measure_starts(bench.starts, bench.questions[0].text)
    answering = isolated(_answering, bench)
    return Speed(
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        cores=cores(),
        load=load_before,
        documents=manifest.documents if manifest else 0,
        passages=manifest.passages if manifest else 0,
        index=index_size(generation),
        starts=starts,
        answering=answering,
        plain_text=measure_plain_text(bench.resolution),
    )


def _generation(location: IndexLocation) -> Generation:
    generation = current(location.folder)
    if generation is None:
        raise EvaluationProblem(f"{location.folder}: chưa có chỉ mục. Chạy: python -m ingest")
    return generation


def _answering(bench: Bench) -> Answering:
    encoder = bench.encoder()
    assistant = Assistant.open(bench.location, encoder)
    alone = ask_alone(assistant, bench.questions)
    at_once = ask_at_once(assistant, bench.questions, bench.threads, alone)
    peak = peak_mb()
    return Answering(
        alone=latency(alone.milliseconds),
        at_once=at_once,
        peak_mb=round(peak, 1),
        windows=_windows(_generation(bench.location), encoder),
        tokens_per_s=encoder_speed(encoder, bench.resolution),
    )


def _windows(generation: Generation, encoder: Encoder) -> int:
    return sum(
        len(windows(passage, encoder.count_token, encoder.max_tokens))
        for item in iter_records(generation.documents)
        for passage in item.passages
    )


def encoder_speed(encoder: Encoder, resolution: Path) -> float:
    """Tokens of the resolution a second, encoded as when it is indexed; prompts are not counted."""
    passages = load(resolution, resolution.name).passages
    texts = [w.encoded for p in passages for w in windows(p, encoder.count_token, encoder.max_tokens)]
    tokens = sum(encoder.count_token(text) for text in texts)
    began = perf_counter()
    encoder.embed_documents(texts)
    return round(tokens / (perf_counter() - began))


def spread_over(questions: Sequence[Question], number: int) -> tuple[Question, ...]:
    """At most `number` of the questions, evenly spread over them, for measures that take long."""
    step = max(1.0, len(questions) / number)
    return tuple(questions[int(at * step)] for at in range(min(number, len(questions))))
