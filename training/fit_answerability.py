"""Fit `assistant/data/answerability.json`: when is the best sentence close enough to be an answer?

    python -m training.fit_answerability FOLDER QUESTIONS [QUESTIONS …]

QUESTIONS are labelled files over the indexed documents (the tuning, second-tuning, nearmiss, english and
english-more files of `evaluation/questions`; never a held-out half). FOLDER holds pairs.jsonl.gz and
spans.jsonl.gz, whose questions are about other matters and so are refused rightly. Run with only the
resolution indexed. Takes two minutes.
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
from assistant.decision import features
from assistant.evidence import Evidence, Inquiry
from assistant.expectation import expectation_of
from assistant.places import place_of
from assistant.question import parse_question
from assistant.settings import load_settings
from corpus.references import references_in
from corpus.text import has_diacritics, strip_diacritics
from evaluation.questions import read_questions
from training.derive_words import questions as public_questions
from vectorstore.encoder import load_encoder

_OUTPUT = Path(__file__).resolve().parent.parent / "assistant" / "data" / "answerability.json"
_FOREIGN = 600  # questions about other matters
# An answer shows its source and can be judged at a glance; a refusal ends the search.
_REFUSAL_COST = 2
# Costs this near are the same with so few questions, and a wrong citation is worse than a refusal.
_TIE = 0.01
_SPLITS = 10  # one way of splitting would move a threshold by chance
_SEED = 7
_NAMES = ("coverage", "similarity", "absent_words")
_MODELS = {"accented": _NAMES, "folded": _NAMES, "english": _NAMES}

Sample = tuple[Features, bool]


def main(folder: Path, files: Sequence[Path]) -> None:
    """Fit the models and write them with their figures."""
    settings = load_settings()
    assistant = Assistant.open(settings.index, load_encoder(settings.embedding_model))
    labelled = [(q.question, q.answerable) for f in files for q in read_questions(f) if not q.history]
    foreign = random.Random(_SEED).sample(sorted(public_questions(folder)), _FOREIGN)
    asked = [(text, answerable) for text, answerable in labelled if parse_question(text).language == "vi"]
    asked += [(text, False) for text in foreign]
    # Restored questions are judged like accented ones; "folded" is for those that are taken as typed.
    folded = [(strip_diacritics(text), answerable) for text, answerable in asked if has_diacritics(text)]
    english = [(text, answerable) for text, answerable in labelled if parse_question(text).language == "en"]
    samples = {
        "accented": _samples(assistant, asked),
        "folded": _samples(assistant, folded, as_typed=True),
        "english": _samples(assistant, english),
    }
    fitted = {name: _fit(found, _MODELS[name]) for name, found in samples.items()}
    row = {
        "made_by": "training/fit_answerability.py",
        "threshold": f"strictest at about the least cost, a refusal costing {_REFUSAL_COST} wrong answers",
        "models": {name: model for name, (model, _) in fitted.items()},
        "figures": {name: figures for name, (_, figures) in fitted.items()},
    }
    _OUTPUT.write_text(json.dumps(row, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _samples(
    assistant: Assistant, rows: Sequence[tuple[str, bool]], *, as_typed: bool = False
) -> list[Sample]:
    found = ((assistant.evidence(Inquiry(text, (), as_typed)), label) for text, label in tqdm(rows))
    return [(features(evidence), label) for evidence, label in found if _judged_by_model(evidence, label)]


def _judged_by_model(evidence: Evidence, answerable: bool) -> bool:
    """Places, attributes and near misses are settled elsewhere."""
    text = evidence.asked.text
    settled = (
        evidence.understood.everywhere
        or place_of(text)
        or references_in(text)
        or attribute_asked(text)
        or evidence.cues.zones
    )
    near_miss = not answerable and expectation_of(text) is not None
    return bool(evidence.ranked) and not (settled or near_miss)


def _fit(samples: Sequence[Sample], names: Sequence[str]) -> tuple[dict[str, object], dict[str, object]]:
    x = np.array([[asdict(f)[name] for name in names] for f, _ in samples])
    y = np.array([answerable for _, answerable in samples])
    # Few answerable and many foreign questions: weigh both sides alike.
    regression = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    splits = min(5, int(min(y.sum(), (~y).sum())))
    predicted = np.mean(
        [
            cross_val_predict(regression, x, y, cv=folds, method="predict_proba")[:, 1]
            for folds in (
                StratifiedKFold(splits, shuffle=True, random_state=_SEED + turn) for turn in range(_SPLITS)
            )
        ],
        axis=0,
    )
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
    """The strictest threshold of about the least cost; refusing what has an answer costs `_REFUSAL_COST`."""
    wrongly_answered, rightly_answered, thresholds = roc_curve(answerable, predicted)
    cost = _REFUSAL_COST * (1 - rightly_answered) + wrongly_answered
    return float(thresholds[np.flatnonzero(cost <= cost.min() + _TIE)].max())


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
