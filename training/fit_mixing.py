"""Which share of the mix belongs to words: nDCG@10 of the product for every share, on a half of each set.

    python -m training.fit_mixing SETS WORK [--model FOLDER] [--set NAME …]

SETS holds evaluation sets in BEIR's layout; WORK keeps their indexes. Prints a table; the share with the best
mean goes into `assistant/tuning.py`. The questions whose identifiers hash evenly are used here, so that the
others can be reported. Knows nothing of how passages are scored.
"""

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.tuning import AS_SHIPPED
from evaluation.formats import Dataset, read_retrieval_set
from evaluation.rankings import Task, evaluate_rankings
from evaluation.systems import PRODUCT
from training.encoder.measuring import bench_of

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
_MOST = 400  # questions of a set
_MEASURE = "nDCG@10"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for every set, and the means."""
    options = _parser().parse_args(arguments)
    print("set", *SHARES, sep="\t")
    lines = []
    for name in options.set:
        lines.append(_line(halved(read_retrieval_set(options.sets / name)), name, options))
        print(name, *(f"{value:.4f}" for value in lines[-1]), sep="\t", flush=True)
    means = [sum(values) / len(values) for values in zip(*lines, strict=True)]
    print("mean", *(f"{value:.4f}" for value in means), sep="\t")


def halved(dataset: Dataset) -> Dataset:
    """The data set with the questions that shares may be chosen by, `_MOST` at most."""
    drawn = {name: hashlib.sha256(name.encode()).digest() for name in dataset.queries}
    even = [name for name, digest in drawn.items() if digest[0] % 2 == 0]
    kept = set(sorted(even, key=lambda name: drawn[name])[:_MOST])
    return replace(
        dataset,
        queries={name: text for name, text in dataset.queries.items() if name in kept},
        qrels=[row for row in dataset.qrels if row.query_id in kept],
    )


def _line(dataset: Dataset, name: str, options: argparse.Namespace) -> list[float]:
    bench = bench_of(dataset, options.model, options.work, seed=0)
    found = []
    for share in SHARES:
        tuned = replace(bench, tuning=replace(AS_SHIPPED, lexical_weight=share))
        result, _ = evaluate_rankings(Task(dataset, name), (PRODUCT,), tuned)
        found.append(result.systems[0].measures["all"][_MEASURE].value)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.fit_mixing", description=__doc__)
    parser.add_argument("sets", type=Path, help="folder of evaluation sets")
    parser.add_argument("work", type=Path, help="folder for indexes and journals")
    parser.add_argument("--model", help="folder or name of an encoder (the built-in one)")
    parser.add_argument("--set", nargs="+", default=["xquad_vi", "viquad1_devtest", "tvpl_silver"])
    return parser


if __name__ == "__main__":
    main()
