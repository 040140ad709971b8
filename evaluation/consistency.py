"""Whether paraphrases of one question get the same answer.

Two answers are the same when their first citations share a paragraph, or when both are refusals. Says nothing
of whether the shared answer is right.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from evaluation.given import GivenAnswer
from evaluation.questions import LabelledQuestion
from evaluation.statistics import Part

ORIGINAL = "original"  # the variant of a question as it was written
_REFUSED = ("", "")


def consistencies(questions: Sequence[LabelledQuestion], given: Mapping[str, GivenAnswer]) -> dict[str, Part]:
    """By question id: others of its group answered alike, and others in all; questions without group are
    absent.
    """
    groups: dict[str, list[LabelledQuestion]] = defaultdict(list)
    for question in questions:
        if question.group is not None:
            groups[question.group].append(question)
    outcomes = {question.id: _outcome(given[question.id]) for question in questions}
    parts: dict[str, Part] = {}
    for members in groups.values():
        for one in members if len(members) > 1 else ():
            others = _compared_with(one, members)
            if not others:
                continue
            alike = sum(outcomes[other.id] == outcomes[one.id] for other in others)
            parts[one.id] = (alike / len(others), 1)
    return parts


def _compared_with(one: LabelledQuestion, members: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """The original of a variant, which itself is compared with nothing; all other paraphrases otherwise."""
    if one.variant is not None:
        return [other for other in members if other.variant == ORIGINAL and one.variant != ORIGINAL]
    return [other for other in members if other is not one]


def _outcome(given: GivenAnswer) -> tuple[str, str]:
    if given.refused or not given.citations:
        return _REFUSED
    first = given.citations[0]
    return first.document_id, first.passage_id or f"{first.start}"
