"""Whether a figure, a name or a direction stands in a text for something else than a sentence says.

"Giao thông 5 dự án, y tế 3 dự án" bears out every word of "giao thông 3 dự án". What is looked at are the
words nearest to it, up to the next comma, on both sides. Does not know grammar.
"""

import re
from collections.abc import Sequence

from assistant.verification.words import terms_of

_EDGE = re.compile(
    r"[,;:.()]\s|\s(?:và|còn|trong khi|trong đó|đồng thời|nhưng|song|and|while)\s", re.IGNORECASE
)
_LEAST = 2  # words more that another one's surroundings have to share

Place = tuple[int, int]


def is_exchanged(
    clause: str, place: Place, text: str, same: Sequence[Place], others: Sequence[Place]
) -> bool:
    """Whether the words around `clause[place]` are those around `others` of `text` rather than around `same`.

    `same`: where the text has what stands at the place; `others`: where it has something else of its kind.
    """
    if not same or not others:
        return False
    every = [*same, *others]
    said = terms_of(_around(clause, place, [place]))
    mine = [terms_of(_around(text, one, every)) for one in same]
    theirs = [terms_of(_around(text, one, every)) for one in others]
    return any(all(_ahead(said, other, own) >= _LEAST for own in mine) for other in theirs)


def _ahead(said: frozenset[str], other: frozenset[str], own: frozenset[str]) -> int:
    """How many more of the words that tell the two apart speak for the other one."""
    return len(_syllables(said & other - own)) - len(_syllables(said & own - other))


def _syllables(terms: frozenset[str]) -> list[str]:
    return [term for term in terms if "_" not in term and not term.startswith("=") and not term.isdigit()]


def _around(text: str, place: Place, every: Sequence[Place]) -> str:
    """The words beside a place up to the edges of its part, the nearer half where another one shares it."""
    start = max((match.end() for match in _EDGE.finditer(text, 0, place[0])), default=0)
    following = _EDGE.search(text, place[1])
    end = following.start() if following else len(text)
    for first, last in every:
        if start <= last <= place[0]:
            start = max(start, _middle(text, last, place[0]))
        if place[1] <= first <= end:
            end = min(end, _middle(text, place[1], first))
    return f"{text[start : place[0]]} {text[place[1] : end]}"


def _middle(text: str, start: int, end: int) -> int:
    """A blank near the middle between two places: what stands between belongs to the nearer one."""
    blank = text.find(" ", (start + end) // 2, end)
    return blank if blank >= 0 else end
