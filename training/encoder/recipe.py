"""The numbers of a training run, read from `recipes.toml`. Knows their names, not what they are good for."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from training.errors import TrainingError

RECIPES = Path(__file__).with_name("recipes.toml")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One table of `recipes.toml` over its [common] one; what each number means stands there."""

    name: str
    seed: int
    forbidden_sources: tuple[str, ...]
    least_jaccard: float
    shares: dict[str, float]
    damages: dict[str, float]
    syllable_least: int
    pieces_least: int
    pieces_most: int
    question_characters: int
    window_tokens: int
    trained_characters: int
    windows_a_passage: int
    dimensions: tuple[int, ...]
    temperature: float
    warmup: float
    weight_decay: float
    patience: int
    layers: tuple[int, ...]
    pairs: int
    passages: int
    distilled: dict[str, int]
    batch: int
    mini_batch: int
    negatives: int
    epochs: int
    learning_rate: float
    embedding_learning_rate: float
    distil_weight: float
    half_precision: bool
    parent_share: float
    measure_every: int


def read_recipe(name: str, file: Path = RECIPES) -> Recipe:
    """The recipe of that name. Raises TrainingError for an unknown name, a missing or an unknown number."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    common = tables.pop("common", {})
    if name not in tables:
        raise TrainingError(f"{file}: no recipe {name!r}; there are {', '.join(sorted(tables))}")
    given = {**common, **tables[name], "name": name}
    known = {field.name for field in fields(Recipe)}
    if wrong := known.symmetric_difference(given):
        raise TrainingError(f"{file}, recipe {name}: missing or unknown: {', '.join(sorted(wrong))}")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in given.items()
    }
    return Recipe(**values)
