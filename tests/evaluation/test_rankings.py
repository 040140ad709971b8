"""Ranking measures against pytrec_eval and by hand; runs, baselines, chance."""

import random
from pathlib import Path

import ir_measures
import pytest
import pytrec_eval

from evaluation.answer_runs import Bench
from evaluation.errors import EvaluationProblem
from evaluation.formats import Dataset
from evaluation.formats.rows import row_document
from evaluation.indexes import rows_index
from evaluation.rankings import Task, evaluate_rankings, scores_by_question
from evaluation.result import Result
from evaluation.slices import ALL
from evaluation.systems import SYSTEMS
from tests.fakes import BagOfWordsEncoder

TEXTS = {
    "luật::1": "Thu gom và phân loại rác thải sinh hoạt tại hộ gia đình.",
    "luật::2": "Tuyển dụng công chức được thực hiện thông qua thi tuyển.",
    "luật::3": "Nhà thầu nộp bảo đảm dự thầu trước khi mở thầu.",
}
QUERIES = {"q1": "phân loại rác", "q2": "thi tuyển công chức", "q3": "không ai chấm câu này"}


@pytest.fixture
def dataset() -> Dataset:
    qrels = [ir_measures.Qrel("q1", "luật::1", 1), ir_measures.Qrel("q2", "luật::2", 1)]
    return Dataset([row_document(name, "", text) for name, text in TEXTS.items()], QUERIES, qrels)


def bench(dataset: Dataset, folder: Path) -> Bench:
    location = rows_index(dataset.documents, BagOfWordsEncoder(), folder)  # type: ignore[arg-type]
    return Bench(location, BagOfWordsEncoder, folder / "journals", 7, {})  # type: ignore[arg-type]


def values(result: Result, system: int = 0) -> dict[str, float]:
    return {name: estimate.value for name, estimate in result.systems[system].measures[ALL].items()}


def random_judgements(seed: int) -> tuple[list[ir_measures.Qrel], list[ir_measures.ScoredDoc]]:
    draw = random.Random(seed)
    qrels, run = [], []
    for query in range(30):
        documents = [f"d{number}" for number in draw.sample(range(200), 150)]
        judged = draw.sample(range(200), 12)
        qrels += [ir_measures.Qrel(f"q{query}", f"d{n}", draw.randint(0, 3)) for n in judged]
        if query % 10:  # every tenth question finds nothing
            run += [ir_measures.ScoredDoc(f"q{query}", name, draw.random()) for name in documents]
    return qrels, run


def test_measures_agree_with_pytrec_eval() -> None:
    qrels, run = random_judgements(3)
    named: dict[str, dict[str, int]] = {}
    scored: dict[str, dict[str, float]] = {}
    for qrel in qrels:
        named.setdefault(qrel.query_id, {})[qrel.doc_id] = qrel.relevance
    for found in run:
        scored.setdefault(found.query_id, {})[found.doc_id] = found.score
    pairs = {"nDCG@10": "ndcg_cut_10", "R@10": "recall_10", "R@100": "recall_100", "RR": "recip_rank"}
    pairs["Success@1"] = "success_1"
    theirs = pytrec_eval.RelevanceEvaluator(named, set(pairs.values())).evaluate(scored)
    ours = scores_by_question(qrels, run)
    assert len(ours) == 30 and len(theirs) == 27
    for query, row in ours.items():
        for measure, name in pairs.items():
            assert row[measure] == pytest.approx(theirs.get(query, {}).get(name, 0.0), abs=1e-6)


def test_ndcg_agrees_with_a_value_worked_out_by_hand() -> None:
    """One of two relevant documents at rank 3: (1 / log2 4) / (1 / log2 2 + 1 / log2 3) = .30657."""
    qrels = [ir_measures.Qrel("q", "a", 1), ir_measures.Qrel("q", "b", 1)]
    run = [ir_measures.ScoredDoc("q", name, -rank) for rank, name in enumerate(["x", "y", "a"])]
    row = scores_by_question(qrels, run)["q"]
    assert row["nDCG@10"] == pytest.approx(0.306574, abs=1e-6)
    assert (row["R@10"], row["Success@1"], row["RR"]) == (0.5, 0.0, pytest.approx(1 / 3))


def test_shuffled_gold_scores_at_chance() -> None:
    """150 of 200 documents in random order, one relevant: it is first in .75 / 150 = .005 of the
    questions.
    """
    draw = random.Random(11)
    run, qrels = [], []
    for query in range(2000):
        found = draw.sample(range(200), 150)
        run += [ir_measures.ScoredDoc(f"q{query}", f"d{n}", -rank) for rank, n in enumerate(found)]
        qrels.append(ir_measures.Qrel(f"q{query}", f"d{draw.randrange(200)}", 1))
    rows = scores_by_question(qrels, run).values()
    assert sum(row["Success@1"] for row in rows) / 2000 == pytest.approx(0.005, abs=0.005)
    assert sum(row["R@10"] for row in rows) / 2000 == pytest.approx(10 / 200, abs=0.015)


def test_right_documents_come_first_with_and_without_diacritics(dataset: Dataset, tmp_path: Path) -> None:
    placed = bench(dataset, tmp_path)
    for without in (False, True):
        result, runs = evaluate_rankings(Task(dataset, "thử", without), ["hybrid"], placed)
        assert values(result)["nDCG@10"] == 1.0 and values(result)["Success@1"] == 1.0
        assert [row.id for row in result.systems[0].rows] == ["q1", "q2"]  # what is not judged is not counted
        assert {found.query_id for found in runs["hybrid"]} >= {"q1", "q2"}


def test_every_baseline_runs_beside_the_product_and_shows_its_cost(dataset: Dataset, tmp_path: Path) -> None:
    pytest.importorskip("rank_bm25", reason="needs requirements-evaluation.txt")
    result, _ = evaluate_rankings(Task(dataset, "thử"), list(SYSTEMS), bench(dataset, tmp_path))
    assert [system.name for system in result.systems] == ["hybrid", "bm25", "dense", "rrf", "langchain"]
    for at, system in enumerate(result.systems):
        assert values(result, at)["R@10"] == 1.0, system.name
        assert system.cost.p50_ms > 0 and system.cost.memory_mb > 50 and system.cost.index_mb is not None


def test_the_same_seed_gives_the_same_result(dataset: Dataset, tmp_path: Path) -> None:
    first, second = (
        evaluate_rankings(Task(dataset, "thử"), ["rrf"], bench(dataset, tmp_path))[0] for _ in range(2)
    )
    assert first.systems[0].measures == second.systems[0].measures
    assert [row.ranking for row in first.systems[0].rows] == [row.ranking for row in second.systems[0].rows]


def test_an_unknown_system_names_those_there_are(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(EvaluationProblem, match="hybrid, bm25, dense, rrf, langchain, all"):
        evaluate_rankings(Task(dataset, "thử"), ["bm52"], bench(dataset, tmp_path))
