"""Fit `assistant/data/answerability.json`: when is the best sentence close enough to be an answer?

    python -m training.fit_answerability FOLDER QUESTIONS [QUESTIONS …]

QUESTIONS are labelled files over the indexed documents (`evaluation/questions/resolution.tuning.jsonl`;
never the held-out half). FOLDER holds pairs.jsonl.gz and spans.jsonl.gz, whose questions are about other
matters and so are refused rightly. Run with only the resolution indexed. Takes a minute.
"""

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from assistant import Assistant
from assistant.about import attribute_asked
from assistant.answerability import Features
from assistant.cues import cues_of
from assistant.decision import features
from assistant.evidence import Inquiry
from assistant.expectation import expectation_of
from assistant.places import place_of
from assistant.settings import load_settings
from corpus.text import has_diacritics, strip_diacritics
from evaluation.questions import LabelledQuestion, read_questions
from training.derive_words import questions as public_questions
from vectorstore.encoder import load_encoder

_OUTPUT = Path(__file__).resolve().parent.parent / "assistant" / "data" / "answerability.json"
_FOREIGN = 600  # questions about other matters
# An answer shows its source and can be judged at a glance; a refusal ends the search.
_REFUSAL_COST = 2
_SEED = 7
_MODELS = {"accented": ("coverage", "similarity", "absent_words"), "folded": ("coverage", "absent_words")}

Sample = tuple[Features, bool]


def main(folder: Path, files: Sequence[Path]) -> None:
    """Fit both models and write them with their figures."""
    settings = load_settings()
    assistant = Assistant.open(settings.index, load_encoder(settings.embedding_model))
    labelled = [question for file in files for question in read_questions(file) if _judged_by_model(question)]
    foreign = random.Random(_SEED).sample(sorted(public_questions(folder)), _FOREIGN)
    vietnamese = [(q.question, q.answerable) for q in labelled if has_diacritics(q.question)]
    asked = {
        "accented": vietnamese + [(text, False) for text in foreign],
        "folded": [(strip_diacritics(t), a) for t, a in [*vietnamese, *((text, False) for text in foreign)]],
    }
    fitted = {name: _fit(_samples(assistant, rows), _MODELS[name]) for name, rows in asked.items()}
    row = {
        "made_by": "training/fit_answerability.py",
        "threshold": f"least cost out of fold, a wrong refusal costing {_REFUSAL_COST} wrong answers",
        "models": {name: model for name, (model, _) in fitted.items()},
        "figures": {name: figures for name, (_, figures) in fitted.items()},
    }
    _OUTPUT.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _judged_by_model(question: LabelledQuestion) -> bool:
    """Places, attributes and near misses are settled elsewhere, follow-ups need their history."""
    text = question.question
    settled = place_of(text) or attribute_asked(text) or cues_of(text).zones or question.history
    near_miss = not question.answerable and expectation_of(text) is not None
    return not (settled or near_miss)


def _samples(assistant: Assistant, rows: Sequence[tuple[str, bool]]) -> list[Sample]:
    return [(features(assistant.evidence(Inquiry(text))), answerable) for text, answerable in tqdm(rows)]


def _fit(samples: Sequence[Sample], names: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    x = np.array([[asdict(f)[name] for name in names] for f, _ in samples])
    y = np.array([answerable for _, answerable in samples])
    # Few answerable and many foreign questions: weigh both sides alike.
    regression = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    folds = StratifiedKFold(min(5, int(min(y.sum(), (~y).sum()))), shuffle=True, random_state=_SEED)
    predicted = cross_val_predict(regression, x, y, cv=folds, method="predict_proba")[:, 1]
    threshold = _cheapest_threshold(predicted, y)
    regression.fit(x, y)
    # Undo the scaling, so that the shipped model needs nothing but its own numbers.
    scaler, logistic = regression[0], regression[-1]
    coefficients = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - coefficients @ scaler.mean_)
    model = {
        "intercept": round(intercept, 4),
        "coefficients": {n: round(float(c), 4) for n, c in zip(names, coefficients, strict=True)},
        "threshold": round(threshold, 4),
    }
    figures: dict[str, object] = {
        "answerable": int(y.sum()),
        "unanswerable": int((~y).sum()),
        "wrongly_refused": round(float((predicted[y] < threshold).mean()), 3),
        "rightly_refused": round(float((predicted[~y] < threshold).mean()), 3),
    }
    return model, figures


def _cheapest_threshold(predicted: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """The threshold with the least cost, where refusing an answerable question costs `_REFUSAL_COST`."""
    wrongly_answered, rightly_answered, thresholds = roc_curve(answerable, predicted)
    cost = _REFUSAL_COST * (1 - rightly_answered) + wrongly_answered
    return float(thresholds[np.argmin(cost)])


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
