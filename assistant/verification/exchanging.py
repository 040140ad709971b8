"""Whether a figure, a name or a direction stands in a text for something else than a sentence says.

"Giao thông 5 dự án, y tế 3 dự án" bears out every word of "giao thông 3 dự án". What is looked at are the
words nearest to it, up to the next comma, on both sides. Does not know grammar.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.verification.english_words import english_units
from assistant.verification.words import terms_of
from corpus.text import syllable_key

_EDGE = re.compile(
    r"[,;:.()]\s|\s(?:và|còn|trong khi|trong đó|đồng thời|nhưng|song|and|while)\s", re.IGNORECASE
)
_NEAR, _FAR = 4, 8  # words on a side: of a text, of what is said about it, which may be wordier
# What kind of body or place is named says nothing of what it does.
_KINDS = frozenset(
    map(
        syllable_key,
        [
            "ủy",
            "ban",
            "nhân",
            "dân",
            "hội",
            "đồng",
            "huyện",
            "thành",
            "phố",
            "thị",
            "xã",
            "phường",
            "tỉnh",
            "sở",
        ],
    )
)
_CLOSE, _LEAST_CLOSE = 2, 3  # the two words next to it, both of them and as a pair
_LEAST = 2  # words more that another one's surroundings have to share

Place = tuple[int, int]
Sides = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says at a place. `beside`: places of the same kind in it; `language`: of the clause."""

    text: str
    place: Place
    beside: Sequence[Place]
    language: str


def is_exchanged(said: Said, text: str, same: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether the words around what is said are those around `others` of `text` rather than around `same`.

    `same`: where the text has what is said at the place; `others`: where it has something else of its kind.
    """
    if not same or not others:
        return False
    every = [*same, *others]
    sides = _around(said.text, said.place, said.beside, _FAR)
    around = tuple(_terms(side, said.language) for side in sides)
    for near, least in ((_NEAR, _LEAST), (_CLOSE, _LEAST_CLOSE)):
        mine = [tuple(map(_terms, _around(text, one, every, near))) for one in same]
        theirs = [tuple(map(_terms, _around(text, one, every, near))) for one in others]
        if any(all(_ahead(around, other, own) >= least for own in mine) for other in theirs):
            return True
    return False


def _ahead(said: Sides, other: Sides, own: Sides) -> int:
    """How many more of the words that tell the two apart speak for the other one.

    A side counts only where both have words of their own: in "5 dự án giao thông, 3 dự án y tế" the second
    has no verb, which says nothing against it.
    """
    found = 0
    for words, theirs, mine in zip(said, other, own, strict=True):
        only_theirs, only_mine = theirs - mine, mine - theirs
        if only_theirs and only_mine:
            found += len(words & only_theirs) - len(words & only_mine)
    return found


def _terms(text: str, language: str = "vi") -> frozenset[str]:
    if language == "en":
        forms = (form for unit in english_units(text) for form in unit.forms)
        return frozenset(
            term
            for form in forms
            for term in (*form, *(f"{left}_{right}" for left, right in pairwise(form)))
            if not term.startswith("=")
        )
    return frozenset(
        term
        for term in terms_of(text)
        if not term.startswith("=") and not term.isdigit() and not _KINDS.intersection(term.split("_"))
    )


def _around(text: str, place: Place, every: Sequence[Place], most: int) -> tuple[str, str]:
    """At most so many words before and behind a place, up to the edges of its part, the nearer half where
    another one shares it.
    """
    start = max((match.end() for match in _EDGE.finditer(text, 0, place[0])), default=0)
    following = _EDGE.search(text, place[1])
    end = following.start() if following else len(text)
    for first, last in every:
        if start <= last <= place[0]:
            start = max(start, _middle(text, last, place[0]))
        if place[1] <= first <= end:
            end = min(end, _middle(text, place[1], first))
    before, behind = text[start : place[0]].split(), text[place[1] : end].split()
    return " ".join(before[-most:]), " ".join(behind[:most])


def _middle(text: str, start: int, end: int) -> int:
    """A blank near the middle between two places: what stands between belongs to the nearer one."""
    blank = text.find(" ", (start + end) // 2, end)
    return blank if blank >= 0 else end
