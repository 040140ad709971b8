"""What an encoder is worth in the product: how it ranks evaluation sets, alone and mixed, and its cost.

The product's own retriever with this encoder, through `evaluation`; questions as typed and without
diacritics. Knows nothing of how the encoder was made.
"""

import statistics
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from evaluation.answer_runs import Bench
from evaluation.formats import Dataset, read_retrieval_set
from evaluation.indexes import rows_index
from evaluation.isolated import isolated
from evaluation.memory import peak_mb, resident_mb
from evaluation.rankings import Task, evaluate_rankings
from evaluation.systems import PRODUCT
from training.errors import TrainingError
from vectorstore.encoder import load_encoder

_SYSTEMS = {"dense": "vectors", PRODUCT: "mix"}
# Before it mixes, the product restores diacritics that are missing: only vectors alone meet bare questions.
_WAYS = (("", False, ("dense", PRODUCT)), (", no diacritics", True, ("dense",)))
_MEASURE = "nDCG@10"
_TIMED = 200  # texts


def ranking(
    model: str, sets: Path, names: Sequence[str], work: Path, seed: int
) -> dict[str, dict[str, float]]:
    """nDCG@10 by set and by way: vectors, mix, and vectors without diacritics.

    `model`: a folder or name that `load_encoder` takes. Raises TrainingError when a set is not there.
    """
    figures: dict[str, dict[str, float]] = {}
    for name in names:
        if not (sets / name).is_dir():
            raise TrainingError(f"{sets / name}: no such set; name the folder of evaluation sets: --sets")
        dataset = read_retrieval_set(sets / name)
        bench = bench_of(dataset, model, work, seed)
        figures[name] = {}
        for way, without, systems in _WAYS:
            result, _ = evaluate_rankings(Task(dataset, name, without), systems, bench)
            for system in result.systems:
                value = system.measures["all"][_MEASURE].value
                figures[name][_SYSTEMS[system.name] + way] = round(value, 4)
    return figures


def bench_of(dataset: Dataset, model: str | None, work: Path, seed: int) -> Bench:
    """The bench over a set's documents, encoded by `model` (None: the built-in one); `work` keeps indexes."""
    encoder = partial(load_encoder, model)
    location = rows_index(dataset.documents, encoder(), work / "indexes")
    return Bench(location, encoder, work / "journals", seed, {"embedding_model": model or "default"})


def cost(model: str, texts: Sequence[str]) -> dict[str, float]:
    """Seconds to load, tokens a second over `texts`, milliseconds of a question, megabytes of the encoder."""
    return isolated(_cost, (model, tuple(texts[:_TIMED])))


def _cost(given: tuple[str, tuple[str, ...]]) -> dict[str, float]:
    import sentence_transformers  # noqa: F401  the library's own seconds are not the encoder's

    model, texts = given
    before, started = resident_mb(), time.perf_counter()
    encoder = load_encoder(model)
    encoder.embed_query(texts[0])
    loaded = time.perf_counter() - started
    tokens = sum(encoder.count_tokens(texts))
    encoder.encode_passages(texts[:16])
    started = time.perf_counter()
    encoder.encode_passages(texts)
    seconds = time.perf_counter() - started
    asked = []
    for text in texts[:50]:
        started = time.perf_counter()
        encoder.embed_query(" ".join(text.split()[:20]))
        asked.append(1_000 * (time.perf_counter() - started))
    return {
        "loading s": round(loaded, 2),
        "tokens a second": round(tokens / seconds),
        "question p50 ms": round(statistics.median(asked), 1),
        "memory MB": round(peak_mb() - before),
    }
