"""The numbers of a run: every recipe that is shipped can be read, and a wrong one is told what is wrong."""

from pathlib import Path

import pytest

from training.encoder.recipe import read_recipe
from training.errors import TrainingError


@pytest.mark.parametrize("name", ["cpu", "gpu", "tiny"])
def test_every_shipped_recipe_is_whole(name: str) -> None:
    recipe = read_recipe(name)
    assert recipe.name == name and recipe.seed
    assert sum(recipe.shares.values()) == pytest.approx(1)
    assert sum(recipe.damages.values()) <= 1
    assert list(recipe.dimensions) == sorted(recipe.dimensions, reverse=True)


def test_an_unknown_recipe_names_those_there_are() -> None:
    with pytest.raises(TrainingError, match="no recipe 'h100'; there are cpu, gpu, tiny"):
        read_recipe("h100")


def test_a_missing_and_an_unknown_number_are_named(tmp_path: Path) -> None:
    file = tmp_path / "recipes.toml"
    file.write_text("[common]\nseed = 1\n[mine]\nbatches = 3\n")
    with pytest.raises(TrainingError, match=r"recipe mine: missing or unknown: batch, batches, "):
        read_recipe("mine", file)
