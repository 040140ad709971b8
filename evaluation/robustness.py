"""A question set with every question in all its variants, so that one run measures what spelling costs.

Knows how to multiply questions; they are asked and judged like any others.
"""

from collections.abc import Iterator
from dataclasses import replace

from evaluation.consistency import ORIGINAL
from evaluation.formats import QuestionSet
from evaluation.perturbations import variants
from evaluation.questions import LabelledQuestion


def multiplied(questions: QuestionSet, seed: int) -> QuestionSet:
    """The questions as written, then their variants; a variant keeps the gold of its original.

    English questions are left out: the variants are of Vietnamese spelling.
    """
    asked = tuple(
        variant
        for question in questions.questions
        if question.language == "vi"
        for variant in _all(question, seed)
    )
    return QuestionSet(f"{questions.name} (các cách gõ)", asked, questions.documents)


def _all(question: LabelledQuestion, seed: int) -> Iterator[LabelledQuestion]:
    yield replace(question, variant=ORIGINAL, group=question.id)
    for name, text in variants(question.question, seed).items():
        yield replace(question, id=f"{question.id}@{name}", question=text, variant=name, group=question.id)
