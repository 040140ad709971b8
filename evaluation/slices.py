"""Groups of questions that are measured apart: by kind, language, document, length of the question.

Knows labels only; a dimension in which all questions are alike is left out by whoever shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus.text import words
from evaluation.held import Gold, Held
from evaluation.questions import LabelledQuestion
from evaluation.result import Row
from evaluation.statistics import Estimate, Part, estimates

ALL = "all"
_FEW = 50  # documents; a group each of a corpus of thousands would say nothing
_SHORT, _LONG = 8, 20  # syllables: a few words typed in a chat, a full sentence, more than one


def slices_of(question: LabelledQuestion, gold: Gold, held: Held) -> dict[str, str]:
    """Dimension to group of one question."""
    labels = {"kind": question.kind, "language": question.language, "length": length_of(question.question)}
    if question.variant is not None:
        labels["variant"] = question.variant
    if len(held.documents) > 1 and gold.places and len(held.documents) <= _FEW:
        labels["document"] = held.documents[gold.places[0].document_id].source
    return labels


def length_of(question: str) -> str:
    """short, medium or long: under 8, up to 20, over 20 syllables."""
    count = len(words(question))
    return "short" if count < _SHORT else "medium" if count <= _LONG else "long"


def measured(rows: Sequence[Row], seed: int) -> dict[str, dict[str, Estimate]]:
    """Slice ("all", "kind=task", …) to measure to estimate; slices in order of their names after "all"."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for dimension, label in row.slices.items():
            groups[f"{dimension}={label}"].append(row)
    named = {ALL: list(rows)} | dict(sorted(groups.items()))
    return {name: estimates(parts_of(group), seed) for name, group in named.items()}


def parts_of(rows: Iterable[Row]) -> Mapping[str, list[Part]]:
    """Measure to the parts of all questions to which it applies."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for row in rows:
        for measure, part in row.parts.items():
            parts[measure].append(part)
    return parts
