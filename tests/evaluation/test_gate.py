"""The gate: rules, regressions planted on purpose, and errors in its file."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.answer_runs import Bench
from evaluation.errors import EvaluationProblem
from evaluation.gate import (
    PLANTS,
    Ground,
    Plant,
    Rule,
    Suite,
    as_measured,
    measured_suite,
    plants_for,
    read_suites,
    verdicts,
)
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation"
MEASURED = ("first_citation", "facts", "refusal_recall", "quotes_exact")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("gate")
    nowhere = IndexLocation(folder / "none")
    # The real encoder: the model that refuses was fitted to its similarities.
    bench = Bench(nowhere, load_encoder, folder / "journals", 7, {})
    return Ground(bench, load_encoder(), folder)


@pytest.fixture(scope="module")
def suite(ground: Ground) -> Suite:
    """The invented documents, with bounds from what is reached on them."""
    (shipped,) = (
        suite for suite in read_suites(EVALUATION / "thresholds.toml") if suite.name == "collection"
    )
    rules = tuple(Rule("all", name, 0.0, at_least=True) for name in MEASURED)
    system = measured_suite(shipped, ground)
    return replace(shipped, rules=tuple(as_measured(system, rules, allowance=2)))


def test_an_unchanged_product_passes(suite: Suite, ground: Ground) -> None:
    found = verdicts(suite, ground)
    assert len(found) == len(MEASURED) and all(verdict.holds for verdict in found)


def test_a_missing_document_is_noticed(suite: Suite, ground: Ground) -> None:
    name = min(file.name for file in suite.documents.glob("*.txt"))
    fallen = [v for v in verdicts(suite, ground, Plant("thiếu", without=name)) if not v.holds]
    assert "first_citation" in {verdict.rule.measure for verdict in fallen}


@pytest.mark.parametrize("weight", [0.0, 1.0], ids=["vectors alone", "words alone"])
def test_fusion_switched_off_is_noticed_by_the_ranking_of_paragraphs(ground: Ground, weight: float) -> None:
    """On the two tuning files, with bounds from what is reached on them."""
    shipped = next(one for one in read_suites(EVALUATION / "thresholds.toml") if one.passages)
    asked = [q for q in shipped.questions.questions if "tuning" in q.id]
    smaller = replace(shipped, questions=replace(shipped.questions, questions=tuple(asked)))
    rules = tuple(rule for rule in shipped.rules if rule.slice == "all")
    whole = replace(smaller, rules=tuple(as_measured(measured_suite(smaller, ground), rules, allowance=2)))
    plant = next(plant for plant in PLANTS if plant.tuning.lexical_weight == weight)
    assert not all(verdict.holds for verdict in verdicts(whole, ground, plant))


def test_every_document_and_setting_is_planted_once() -> None:
    suites = read_suites(EVALUATION / "thresholds.toml")
    names = [plant.name for plant, _ in plants_for(suites)]
    assert len(names) == len(set(names)) == len(PLANTS) + 1 + len(list(suites[1].documents.glob("*.txt")))


def test_a_measure_that_is_gone_does_not_pass() -> None:
    assert not Rule("all", "facts", 0.0, at_least=True).holds(None)
    assert Rule("all", "facts", 0.5, at_least=True).holds(0.5)
    assert Rule("all", "facts", 0.5, at_least=False).holds(0.5)
    assert not Rule("all", "facts", 0.5, at_least=False).holds(0.51)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("suite = [", "thresholds.toml: không dùng được"),
        ("", "'suite'"),
        (
            '[[suite]]\nname = "a"\ndocuments = "d"\nquestions = ["nowhere.jsonl"]\nrules = []',
            "nowhere.jsonl",
        ),
        ('[[suite]]\nname = "a"\ndocuments = "d"\nquestions = []\nrules = []', "cần tệp câu hỏi"),
        (
            '[[suite]]\nname = "a"\ndocuments = "d"\nquestions = ["q.jsonl"]\n'
            'rules = [{ measure = "fact", at_least = 1 }]',
            "measure 'fact' không có",
        ),
        (
            '[[suite]]\nname = "a"\ndocuments = "d"\nquestions = ["q.jsonl"]\n'
            'rules = [{ measure = "facts", at_least = 1, at_most = 1 }]',
            "đúng một trong at_least, at_most",
        ),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    shutil.copy(EVALUATION / "collection" / "questions.jsonl", tmp_path / "q.jsonl")
    (tmp_path / "thresholds.toml").write_text(text, "utf-8")
    with pytest.raises(EvaluationProblem) as error:
        read_suites(tmp_path / "thresholds.toml")
    assert said in str(error.value)
