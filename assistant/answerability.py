"""Whether the best sentence found answers at all: a calibrated probability, compared with a threshold.

Coefficients and thresholds come from `training/fit_answerability.py`; none is typed in here. Knows the
features of a question and its best sentence; does not know what is asked (see `expectation`).
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Features:
    """Signs that a question is answered.

    `coverage`: weighted share of the question's words in the best sentence, 0..1. `held`: their weight.
    `strongest_held`, `strongest_absent`: weight of the weightiest word in the best sentence, and of the
    weightiest that no document has; weights as in `assistant.words`, about 0..11. `similarity`: cosine of
    question and best sentence.
    """

    coverage: float
    held: float
    strongest_held: float
    strongest_absent: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression over `Features`, for one way of asking."""

    intercept: float
    coefficients: dict[str, float]
    threshold: float

    def probability(self, features: Features) -> float:
        """Estimated probability that the documents answer."""
        total = self.intercept + sum(c * getattr(features, name) for name, c in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))

    def accepts(self, features: Features) -> bool:
        """Whether to answer rather than refuse."""
        return self.probability(features) >= self.threshold


@cache
def models() -> dict[str, Model]:
    """Models by way of asking: "accented", "folded" (no diacritics: vectors say little), "english"."""
    text = (files("assistant") / "data" / "answerability.json").read_text(encoding="utf-8")
    return {name: Model(**row) for name, row in json.loads(text)["models"].items()}


def way_of_asking(language: str, folded: bool) -> str:
    """Which model judges a question."""
    if language == "en":
        return "english"
    return "folded" if folded else "accented"
