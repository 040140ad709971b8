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

    `coverage`: weighted share of the question's words in the best sentence, 0..1. `similarity`: cosine of the
    question and the nearest sentence. `absent_words`: how many of its two-syllable words ("tuyển sinh") stand
    in no document; single syllables are left out, because nearly all of them stand somewhere.
    """

    coverage: float
    similarity: float
    absent_words: int


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

    def accepts(self, features: Features, strictness: float = 1.0) -> bool:
        """Whether to answer rather than refuse; `strictness` multiplies the threshold."""
        return self.probability(features) >= self.threshold * strictness


@cache
def models() -> dict[str, Model]:
    """Models by way of typing: "accented", and "folded" (without diacritics, taken as typed)."""
    text = (files("assistant") / "data" / "answerability.json").read_text(encoding="utf-8")
    return {name: Model(**row) for name, row in json.loads(text)["models"].items()}
