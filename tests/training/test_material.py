"""Pairs: what is left out and why, what a passage looks like, and that a run can be told by its hash."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.material import HELD_OUT, write_material, write_sets
from training.encoder.heldout import Heldout, heldout_of
from training.encoder.material import Gathered, drawn, gather, read_pairs, windows_of, write_pairs
from training.encoder.recipe import read_recipe
from training.errors import TrainingError

RECIPE = replace(read_recipe("tiny"), pairs=40, passages=40)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    folder = tmp_path_factory.mktemp("material")
    heldout = heldout_of(write_sets(folder / "sets"), RECIPE.least_jaccard)
    return gather(write_material(folder / "data"), heldout, RECIPE)


def test_nothing_that_is_held_out_becomes_a_pair(gathered: Gathered) -> None:
    pairs = [pair for kind in gathered.pairs.values() for pair in kind]
    heldout = Heldout([HELD_OUT], RECIPE.least_jaccard)
    assert pairs and not any(heldout.holds(pair.question) for pair in pairs)
    assert not any(pair.passage_id.startswith("0/2024") for pair in pairs), "the article of an evaluation set"
    assert not any(pair.source == "alqac2022" for pair in pairs)
    assert gathered.left_out == {
        "its article is held out or missing": 3,
        "a heading that many articles have": 23,
        "nearly a question that is held out": 1,
        "of a source that is held out": 1,
    }


def test_a_passage_is_its_sentences_behind_their_heading(gathered: Gathered) -> None:
    pair = next(pair for pair in gathered.pairs["question"] if "thông tư 1 " in pair.question)
    assert pair.windows == (
        "Trách nhiệm về đầu tư công 1. 1. Sở số 1 chủ trì việc đầu tư công trên địa bàn.",
        "Trách nhiệm về đầu tư công 1. 2. Hằng quý, sở báo cáo kết quả đầu tư công.",
    )


def test_a_heading_asks_for_a_passage_that_does_not_hold_it(gathered: Gathered) -> None:
    pairs = gathered.pairs["heading"]
    assert pairs and not any(
        pair.question.split(" – ")[0] in window for pair in pairs for window in pair.windows
    )


def test_a_sentence_asks_for_the_others_of_its_article(gathered: Gathered) -> None:
    pairs = gathered.pairs["sentence"]
    assert pairs and not any(pair.question in window for pair in pairs for window in pair.windows)


def test_only_spans_with_an_answer_are_taken(gathered: Gathered) -> None:
    assert [pair.question for pair in gathered.pairs["span"]] == ["Tháp cao bao nhiêu mét?"]


def test_the_same_seed_draws_the_same_pairs_and_they_come_back_as_written(
    gathered: Gathered, tmp_path: Path
) -> None:
    first, second = drawn(gathered, RECIPE), drawn(gathered, RECIPE)
    assert first == second and len(first) <= RECIPE.pairs
    digest = write_pairs(first, tmp_path / "one.gz")
    assert digest == write_pairs(second, tmp_path / "two.gz")
    assert read_pairs(tmp_path / "one.gz") == first
    assert digest != write_pairs(drawn(gathered, replace(RECIPE, seed=1)), tmp_path / "three.gz")


def test_a_long_sentence_is_cut_between_words() -> None:
    (window,) = windows_of("Điều", "xã " * 400, RECIPE)
    assert len(window) <= 400 and window.endswith("xã")


def test_a_missing_file_is_named_with_the_option_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"articles\.jsonl\.gz.*--data"):
        gather(tmp_path, Heldout([], 0.8), RECIPE)
