"""What the assistant could not answer or answered badly, alike questions together, the most frequent first.

Knows the records; proposes nothing and decides nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import folded_terms
from evaluation.feedback import to_label, turn_from
from records.turns import VERDICTS, StoredTurn

MOST_TURNS = 2_000  # looked at, newest first


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of the same words. `latest` is the newest turn; `verdicts` count what people said.

    `comments`: each once, newest first.
    """

    latest: StoredTurn
    asked: int
    refused: int
    verdicts: dict[str, int]
    comments: tuple[str, ...]

    @property
    def disliked(self) -> int:
        """How often it was disliked, for whatever reason."""
        return self.verdicts.get("down", 0) + self.verdicts.get("wrong_source", 0)


def groups(turns: Sequence[StoredTurn], only: str = "") -> list[Group]:
    """Groups of the turns, which come newest first. `only`: "refused" or "disliked", else both."""
    merged: dict[tuple[str, ...], list[StoredTurn]] = {}
    for turn in turns:
        merged.setdefault(_key(turn), []).append(turn)
    found = [_group(alike) for alike in merged.values()]
    if only == "refused":
        found = [one for one in found if one.refused]
    elif only == "disliked":
        found = [one for one in found if one.disliked]
    return sorted(found, key=lambda one: -one.asked)


def question_file(turns: Sequence[StoredTurn]) -> str:
    """JSON lines to be labelled, in the form of `python -m evaluation feedback`; what is personal masked."""
    rows = to_label([turn_from(turn.to_record()) for turn in turns])
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _group(alike: Sequence[StoredTurn]) -> Group:
    return Group(
        latest=alike[0],
        asked=len(alike),
        refused=sum(bool(turn.answer.get("refused")) for turn in alike),
        verdicts={name: count for name in VERDICTS if (count := sum(t.verdict == name for t in alike))},
        comments=tuple(dict.fromkeys(turn.comment for turn in alike if turn.comment)),
    )


def _key(turn: StoredTurn) -> tuple[str, ...]:
    """A follow-up is another question after another history."""
    said = (turn.question, *(str(one.get("content", "")) for one in turn.history))
    return tuple(" ".join(folded_terms(text)) for text in said)
