"""The words of a sentence that say something, in forms that can be compared.

Abbreviations are written out, phrases that say the same have one form, words that only frame a statement
count little. The data is `assistant/data/{synonyms.tsv,frame_words.txt}`. Knows words, not what they mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from assistant.data_rows import data_rows
from assistant.understanding.abbreviations import Abbreviations
from assistant.understanding.glossary import longest
from assistant.verification.figures import CODE
from assistant.words import word_statistics
from corpus.text import syllable_key, words

_HIGHEST = 7.0  # of a word's weight: a rare word may not outweigh all the others
_FRAME = 0.15  # of its weight is what a word counts that only frames
_AROUND = 0.8
_SCATTERED = 0.7  # a word of two syllables that stand apart


_JOINING = frozenset(
    [
        "và",
        "của",
        "các",
        "là",
        "có",
        "được",
        "cho",
        "với",
        "thì",
        "mà",
        "để",
        "do",
        "vì",
        "tại",
        "ở",
        "trong",
        "từ",
        "đến",
        "như",
        "này",
        "đó",
        "cũng",
        "đã",
    ]
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of a sentence: `forms`, of which one has to be held, and its `weight` ≥ 0."""

    text: str
    forms: tuple[tuple[str, ...], ...]
    weight: float

    def held_by(self, held: frozenset[str]) -> float:
        """0..1: how far a text with these terms has it."""
        return max((_share(form, held) for form in self.forms), default=0.0)


def written_out(text: str) -> str:
    """`text` with abbreviations written out, save those in the number of a document."""
    return _abbreviations().written_out(text, (match.span() for match in CODE.finditer(text))).text


def units_of(text: str) -> tuple[Unit, ...]:
    """The words of a Vietnamese sentence whose abbreviations are written out."""
    syllables = words(text)
    keys = [syllable_key(syllable) for syllable in syllables]
    found: list[Unit] = []
    at = loose = 0
    while at < len(keys):
        end = longest(keys, at, _groups(), most=6)
        if end > at:
            found += _plain(syllables[loose:at])
            phrase = " ".join(syllables[at:end])
            forms = tuple((form,) for form in _groups()[tuple(keys[at:end])])
            found.append(Unit(phrase, (*forms, tuple(keys[at:end])), _weight(tuple(syllables[at:end]))))
            at = loose = end
        else:
            at += 1
    return (*found, *_plain(syllables[loose:]))


@lru_cache(maxsize=4096)
def terms_of(text: str) -> frozenset[str]:
    """What a written-out text has: syllables, neighbours, and the groups of its phrases."""
    keys = [syllable_key(syllable) for syllable in words(text)]
    groups = {
        group
        for at in range(len(keys))
        for end in range(at + 1, min(len(keys), at + 6) + 1)
        for group in _groups().get(tuple(keys[at:end]), ())
    }
    pairs = {f"{left}_{right}" for left, right in pairwise(keys)}
    return frozenset({*keys, *pairs, *groups})


def coverage(units: Sequence[Unit], held: frozenset[str], around: frozenset[str] = frozenset()) -> float:
    """Weighted share (0..1) of the words that a text with these terms has; 1 for no words.

    What only the sentence `around` it has counts `_AROUND`.
    """
    total = sum(unit.weight for unit in units)
    shares = (max(unit.held_by(held), _AROUND * unit.held_by(around)) for unit in units)
    found = sum(unit.weight * share for unit, share in zip(units, shares, strict=True))
    return found / total if total else 1.0


def _plain(syllables: Sequence[str]) -> Iterable[Unit]:
    for word in word_statistics().segment(syllables):
        # "học và" is a chance pair.
        parts = [(one,) for one in word] if _JOINING.intersection(word) else [word]
        for part in parts:
            yield Unit(" ".join(part), (tuple(syllable_key(s) for s in part),), _weight(part))


def _weight(word: tuple[str, ...]) -> float:
    if all(syllable.isdigit() for syllable in word):
        return 0.0  # figures are compared as figures
    weight = min(_HIGHEST, word_statistics().weight(word))
    framing = " ".join(word) in _frame() or all(syllable in _frame() for syllable in word)
    return weight * (_FRAME if framing else 1.0)


def _share(form: tuple[str, ...], held: frozenset[str]) -> float:
    if len(form) == 1:
        return float(form[0] in held)
    pairs = [f"{left}_{right}" in held for left, right in pairwise(form)]
    if all(pairs):
        return 1.0
    singles = sum(syllable in held for syllable in form) / len(form)
    return _SCATTERED * singles if singles == 1.0 else _SCATTERED * singles * singles


@cache
def _abbreviations() -> Abbreviations:
    return Abbreviations()


@cache
def _frame() -> frozenset[str]:
    return frozenset(word for (word,) in data_rows("frame_words.txt"))


@cache
def _groups() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The groups of each phrase, by the keys of its syllables."""
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, (row,) in enumerate(data_rows("synonyms.tsv")):
        for phrase in row.split("|"):
            key = tuple(syllable_key(syllable) for syllable in words(phrase))
            groups[key] = (*groups.get(key, ()), f"={number}")
    return groups
