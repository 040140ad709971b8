"""Respelling a question: diacritics that were left out, keystrokes that were left in, slips and confusions.

Every word gets the readings it may stand for, each with a cost; the likeliest sequence wins (Viterbi over
pairs of syllables). A word that fits its neighbours keeps its spelling, because every change costs. Costs are
measured in docs/decisions/0007-reading-questions.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.understanding.confusions import one_slip, sounds_like
from assistant.understanding.keystrokes import typed_out
from assistant.understanding.syllable_model import SyllableModel
from assistant.understanding.tokens import Token
from corpus.syllable import Spelling, completes, conventional, is_syllable, spelling
from corpus.text import has_diacritics

_MOST_READINGS = 16
_RELATIVE = frozenset(["truoc", "sau", "ke", "tiep", "may", "nao", "nay", "do", "tren"])
_OUTLINE = frozenset(["phần", "chương", "mục", "điều", "khoản", "điểm", "đoạn", "câu", "dòng"])
_SHORTEST_SLIP = 4  # letters; in "km" or "oxi" nothing says which letter is wrong
# Two syllables belong together when they are neighbours this much more often than by chance.
_LIFT, _LIFT_WEAK = 8.0, 2.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs of changes, in natural logarithms of odds.

    `marks_bare`, `marks_half`: adding marks or a tone to a word of a question that has none, or has gaps.
    `half`: taking a question with diacritics for one that has gaps, when none of its words proves it.
    """

    marks_bare: float = 0.0
    marks_half: float = 1.5
    half: float = 5.0
    keystrokes: float = 1.0
    confusion: float = 5.0
    slip: float = 6.0
    mark_in_slip: float = 2.0


def respelled(tokens: Sequence[Token], model: SyllableModel, costs: Costs | None = None) -> list[str]:
    """The likeliest spelling of each token, in order; fixed tokens and unchanged words as typed."""
    costs = costs or Costs()
    loose = [token for token in tokens if not token.fixed and token.text.isalpha()]
    bare = not any(has_diacritics(token.text) for token in loose)
    incomplete = bare or any(_is_gap(_as_read(token), model) for token in loose)
    chosen, score = _likeliest(tokens, model, costs, costs.marks_bare if bare else costs.marks_half)
    if not incomplete:
        kept, without = _likeliest(tokens, model, costs, None)
        chosen = chosen if score - costs.half > without else kept
    chosen = _vouched_for(tokens, chosen, model, incomplete)
    return [
        token.text if token.fixed or syllable == _as_read(token) else _in_case_of(token.text, syllable)
        for token, syllable in zip(tokens, chosen, strict=True)
    ]


def _is_gap(word: str, model: SyllableModel) -> bool:
    """Whether the word is no syllable as typed but would be one with marks: "chuyen", "đươc"."""
    return (
        not model.knows(word)
        and not is_syllable(word)
        and any(completes(word, syllable) for syllable in model.of_letters(spelling(word).letters))
    )


def _likeliest(
    tokens: Sequence[Token], model: SyllableModel, costs: Costs, adding: float | None
) -> tuple[list[str], float]:
    """The best sequence and its score. `adding`: the cost of marks on one word; None: no marks are added."""
    best: list[dict[str, tuple[float, str | None]]] = []
    for at, token in enumerate(tokens):
        reached = best[-1] if best else {"": (0.0, None)}
        if token.parts or (token.fixed and not is_syllable(_as_read(token))):
            left = max(reached, key=lambda s: reached[s][0])
            best.append({"": (reached[left][0], left)})
            continue
        here: dict[str, tuple[float, str | None]] = {}
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        outline = _outline_word(token, following) if adding is not None else None
        readings = {outline: 0.0} if outline else _readings(token, model, costs, adding)
        for syllable, cost in readings.items():
            steps = {s: reached[s][0] + model.log_follows(s or None, syllable) for s in reached}
            left = max(steps, key=lambda s: steps[s])
            here[syllable] = (steps[left] - cost, left)
        best.append(here)
    return _traced(best)


def _outline_word(token: Token, following: str) -> str | None:
    """ "doan" in front of a number is "đoạn", "khoan" in front of "truoc" is "khoản"."""
    word = _as_read(token)
    relative = word in ("khoan", "dieu") and following.lower() in _RELATIVE
    if token.fixed or not (following.isdigit() or relative):
        return None
    return next((whole for whole in sorted(_OUTLINE) if whole != word and completes(word, whole)), None)


def _traced(best: list[dict[str, tuple[float, str | None]]]) -> tuple[list[str], float]:
    if not best:
        return [], 0.0
    syllable: str | None = max(best[-1], key=lambda s: best[-1][s][0])
    score = best[-1][syllable or ""][0]
    chosen = []
    for here in reversed(best):
        chosen.append(syllable or "")
        syllable = here[syllable or ""][1]
    return chosen[::-1], score


def _readings(token: Token, model: SyllableModel, costs: Costs, adding: float | None) -> dict[str, float]:
    """The syllables that a word may stand for, each with its cost."""
    word = _as_read(token)
    found = {word: 0.0}
    if token.fixed:
        return found
    for syllable, cost in _proposals(token, word, model, costs, adding):
        if model.knows(syllable) and cost < found.get(syllable, float("inf")):
            found[syllable] = cost
    return found


def _proposals(
    token: Token, word: str, model: SyllableModel, costs: Costs, adding: float | None
) -> Iterator[tuple[str, float]]:
    spellings = [(word, 0.0)]
    if not model.knows(word) and (decoded := typed_out(word)):
        spellings.append((conventional(decoded), costs.keystrokes))
    if _may_be_misspelt(token):
        spellings += [(conventional(syllable), costs.confusion) for syllable in sorted(sounds_like(word))]
    for syllable, cost in spellings:
        yield syllable, cost
        if adding is not None:
            yield from ((whole, cost + adding) for whole in _completions(syllable, model))
    known = any(model.knows(syllable) for syllable, _ in spellings)
    if _may_be_misspelt(token) and not known and not _is_gap(word, model):
        yield from _slips(word, model, costs)


def _completions(word: str, model: SyllableModel) -> Iterator[str]:
    complete = (s for s in model.of_letters(spelling(word).letters) if s != word and completes(word, s))
    return islice(complete, _MOST_READINGS)


def _slips(word: str, model: SyllableModel, costs: Costs) -> Iterator[tuple[str, float]]:
    typed = spelling(word)
    if len(typed.letters) < _SHORTEST_SLIP:
        return
    marks = _marked_letters(typed)
    for letters in sorted(set(one_slip(typed.letters))):
        for syllable in model.of_letters(letters):
            parts = spelling(syllable)
            differing = len(marks ^ _marked_letters(parts)) + (typed.tone != parts.tone)
            yield syllable, costs.slip + costs.mark_in_slip * differing


def _marked_letters(parts: Spelling) -> set[tuple[str, str]]:
    return {(letter, mark) for letter, mark in zip(parts.letters, parts.marks, strict=True) if mark}


def _may_be_misspelt(token: Token) -> bool:
    """Names are spelt as their bearers like, and "khoản mấy" is not "khoảng mấy"."""
    outline = token.text.lower() in _OUTLINE
    return not _is_name(token) and not outline and len(token.text) > 1 and token.text.isalpha()


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and token.start > 0 and not token.text.isupper()


def _vouched_for(
    tokens: Sequence[Token], chosen: list[str], model: SyllableModel, incomplete: bool
) -> list[str]:
    """Without changes that no neighbour speaks for: a frequent word is not therefore the one that was meant.

    Marks need no witness in an incomplete question, names apart. A word that does not exist needs a weaker
    witness than one that does, and so does a word without any mark.
    """
    result = []
    for at, (token, syllable) in enumerate(zip(tokens, chosen, strict=True)):
        word = _as_read(token)
        if token.fixed or syllable == word:
            result.append(word)
            continue
        same = completes(word, syllable) or completes(typed_out(word) or word, syllable)
        around = [(chosen[at - 1], syllable)] if at else []
        around += [(syllable, chosen[at + 1])] if at + 1 < len(chosen) else []
        bare = same and not has_diacritics(word)
        lift = _LIFT_WEAK if bare or not model.knows(word) else _LIFT
        kept = (same and incomplete and not _is_name(token)) or any(
            model.attracts(left, right) >= lift for left, right in around
        )
        result.append(syllable if kept else word)
    return result


def _as_read(token: Token) -> str:
    return conventional(token.text)


def _in_case_of(typed: str, syllable: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable
