"""A question as somebody in a hurry types it: the variants of `evaluation.perturbations`, drawn by shares."""

import random

from evaluation.perturbations import variant


def damaged(question: str, shares: dict[str, float], draw: random.Random) -> str:
    """`question`, changed in one of the ways that `shares` names, or as it is with what is left of 1."""
    ways = [*shares, ""]
    weights = [*shares.values(), max(0.0, 1 - sum(shares.values()))]
    way = draw.choices(ways, weights)[0]
    return variant(way, question, draw.getrandbits(32)) if way else question
