"""What may not be trained on: questions of evaluation sets, by exact and by fuzzy match.

Two questions are the same when the sets of their syllables, without diacritics, overlap by a Jaccard share of
`least` (intersection over union). Knows texts only; a question told in other words goes unseen.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.text import strip_diacritics, words
from training.errors import TrainingError


class Heldout:
    """The questions of evaluation sets, looked up by overlap of syllables."""

    def __init__(self, questions: Iterable[str], least: float) -> None:
        self._least = least
        self._held = [_syllables(question) for question in questions]
        self._often = Counter(syllable for held in self._held for syllable in held)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, held in enumerate(self._held):
            for syllable in self._prefix(held):
                self._places[syllable].append(place)

    def __len__(self) -> int:
        return len(self._held)

    def holds(self, question: str) -> bool:
        """Whether `question` is one of those held, or nearly one."""
        asked = _syllables(question)
        candidates = {place for syllable in self._prefix(asked) for place in self._places.get(syllable, ())}
        return any(_jaccard(asked, self._held[place]) >= self._least for place in candidates)

    def _prefix(self, syllables: frozenset[str]) -> Sequence[str]:
        # Sets of an overlap of `least` share one of these: their rarest syllables, in one order for all.
        ordered = sorted(syllables, key=lambda syllable: (self._often[syllable], syllable))
        return ordered[: len(ordered) - math.ceil(self._least * len(ordered)) + 1]


def heldout_of(folder: Path, least: float) -> Heldout:
    """The questions of every `queries.jsonl` below `folder`. Raises TrainingError when there is none."""
    files = sorted(folder.rglob("queries.jsonl"))
    if not files:
        raise TrainingError(
            f"{folder}: no queries.jsonl below it; name the folder of evaluation sets: --sets"
        )
    rows = (json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return Heldout((row["text"] for row in rows), least)


def _syllables(text: str) -> frozenset[str]:
    return frozenset(words(strip_diacritics(text)))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
