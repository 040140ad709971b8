"""How well the check of generated sentences tells right from wrong: its verdicts against a person's.

Two shares are kept apart, because they pull against each other: of the wrong sentences those that were
caught, of the right ones those that were kept. Does not know how a sentence is checked.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification import Source, examine
from evaluation.sentence_cases import SentenceCase
from evaluation.statistics import Estimate, Part, estimates, quantile

ALL, CAUGHT, KEPT = "all", "caught", "kept"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the check made of it; `fault` is the kind that it named, None for a supported one."""

    case: SentenceCase
    supported: bool
    fault: str | None
    milliseconds: float

    @property
    def as_labelled(self) -> bool:
        """Whether the check agrees with the person: a wrong sentence caught, a right one kept."""
        return self.supported == self.case.supported


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of one file.

    `shares`: group ("all", "kind=date", "language=en") to "caught", of its wrong sentences, and "kept",
    of its right ones; a share of nothing is left out. Times are milliseconds a sentence.
    """

    sentences: int
    shares: dict[str, dict[str, Estimate]]
    p50_ms: float
    p95_ms: float


def judge(cases: Sequence[SentenceCase]) -> list[Judged]:
    """Every case put to the check, one after the other, in order."""
    return [_judged(case) for case in cases]


def figures(judged: Sequence[Judged], seed: int) -> Figures:
    """The shares with their 95 % intervals (Wilson), "all" first. Raises ValueError without a case."""
    if not judged:
        raise ValueError("no sentences")
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[f"kind={one.case.kind}"].append(one)
        groups[f"language={one.case.language}"].append(one)
    named = {ALL: list(judged)} | dict(sorted(groups.items()))
    times = [one.milliseconds for one in judged]
    return Figures(
        sentences=len(judged),
        shares={name: estimates(_parts(group), seed) for name, group in named.items()},
        p50_ms=quantile(times, 0.50),
        p95_ms=quantile(times, 0.95),
    )


def _judged(case: SentenceCase) -> Judged:
    sources = [Source(text=text, about=about) for about, text in case.paragraphs]
    started = time.perf_counter()
    finding = examine(case.sentence, sources, case.language)
    milliseconds = (time.perf_counter() - started) * 1000
    return Judged(case, finding.supported, finding.fault.value if finding.fault else None, milliseconds)


def _parts(judged: Sequence[Judged]) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = {CAUGHT: [], KEPT: []}
    for one in judged:
        parts[KEPT if one.case.supported else CAUGHT].append((float(one.as_labelled), 1.0))
    return parts
