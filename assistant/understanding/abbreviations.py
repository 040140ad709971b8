"""Abbreviations: those that officials use everywhere, and those that a document defines for itself.

The lexicon is `assistant/data/abbreviations.tsv`. One that stands for several things is read by the words
around it. Knows nothing of spelling.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.data_rows import data_rows
from corpus.passage import Passage
from corpus.syllable import may_be_syllable
from corpus.text import has_diacritics, strip_diacritics

_CANDIDATE = re.compile(r"(?<!\w)[^\W\d_]+(?:[-&./][^\W\d_]+)*")
_JOINTS = re.compile(r"[-&./]")
# "6T đầu năm": months; "T" alone stands for too much.
_MONTHS = re.compile(r"(?<!\w)(\d{1,2}) ?[Tt](?:h|hg)?(?=\s+(?:đầu|cuối|dau|cuoi)\b)")
# "Ủy ban nhân dân (sau đây gọi tắt là UBND)", "Tổng sản phẩm trên địa bàn (viết tắt: GRDP)"
_DEFINITION = re.compile(
    r"\(\s*(?:(?:sau đây|dưới đây)\s+)?(?:(?:được\s+)?(?:gọi|viết)\s+(?:tắt\s*)?(?:là)?\s*:?\s*)?"
    r"[“\"]?([A-ZĐ][A-ZĐ&.-]{1,11})[”\"]?\s*\)"
)
_BEFORE = 120  # characters in front of a definition in which its full form stands


@dataclass(frozen=True, slots=True)
class Sense:
    """What an abbreviation stands for, and words beside it that say so."""

    expansion: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with abbreviations written out: at `spans`, where `short` had been typed."""

    text: str
    spans: tuple[tuple[int, int], ...]
    short: tuple[str, ...]


class Abbreviations:
    """A lexicon; what `passages` define for themselves comes before it.

    `stands` tells whether a phrase occurs in the documents: the sense they have is the likelier one, and an
    abbreviation that only they use is left as it is.
    """

    def __init__(
        self, passages: Iterable[Passage] = (), stands: Callable[[str], bool] = lambda _: True
    ) -> None:
        self._stands = stands
        self._exact: dict[str, list[Sense]] = defaultdict(list)
        self._joined: dict[str, list[Sense]] = defaultdict(list)
        self._folded: dict[str, list[Sense]] = defaultdict(list)
        self._small = frozenset(short for short, _ in _lexicon() if short.islower())
        for short, sense in [*_defined(passages), *_lexicon()]:
            self._exact[short].append(sense)
            self._joined[_key(short)].append(sense)
            self._folded[strip_diacritics(_key(short))].append(sense)

    def written_out(self, text: str, protected: Iterable[tuple[int, int]] = ()) -> Expanded:
        """`text` with every abbreviation outside the `protected` spans written out."""
        kept = list(protected)
        pieces: list[tuple[str, str | None]] = []
        done = 0
        for start, end, full in sorted(self._found(text)):
            if start < done or any(a < end and start < b for a, b in kept):
                continue
            if not self._stands(full) and self._stands(text[start:end]):
                kept.append((start, end))
                continue
            pieces += [(text[done:start], None), (full, text[start:end])]
            pieces += [(" ", None)] if text[end : end + 1].isdigit() else []  # "NQ233"
            done = end
        pieces.append((text[done:], None))
        return _assembled(pieces)

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in _MONTHS.finditer(text):
            yield match.start(), match.end(), f"{match.group(1)} tháng"
        accented = has_diacritics(text)
        around = text.lower()
        for match in _CANDIDATE.finditer(text):
            if senses := self._senses(match.group()):
                yield match.start(), match.end(), self._meant(senses, around, accented)
            elif _JOINTS.search(match.group()):
                for part in re.finditer(r"[^\W\d_]+", match.group()):
                    if senses := self._senses(part.group()):
                        start = match.start() + part.start()
                        yield start, start + len(part.group()), self._meant(senses, around, accented)

    def _meant(self, senses: list[Sense], question: str, accented: bool) -> str:
        """The sense that most of its words speak for, then one that the documents have, then the first."""

        def support(sense: Sense) -> tuple[int, bool]:
            words = (word if accented else strip_diacritics(word) for word in sense.context)
            spoken = sum(re.search(rf"\b{re.escape(word)}\b", question) is not None for word in words)
            return spoken, len(senses) > 1 and self._stands(sense.expansion)

        return max(senses, key=support).expansion

    def _senses(self, typed: str) -> list[Sense]:
        small = typed.lower()
        if typed in self._exact:
            return self._exact[typed]
        if small in self._small:
            return self._exact[small]
        # "ca", "tu", "da" are words, "ubnd" is none; a capital at the beginning of a sentence proves nothing.
        if not typed.isupper() and (may_be_syllable(small) or len(small) == 1):
            return []
        for table, key in (
            (self._joined, _key(typed)),
            (self._folded, strip_diacritics(_key(typed))),
        ):
            if key in table:
                return table[key]
        return []


def _assembled(pieces: list[tuple[str, str | None]]) -> Expanded:
    text = ""
    spans, shorts = [], []
    for piece, short in pieces:
        if short is not None:
            spans.append((len(text), len(text) + len(piece)))
            shorts.append(short)
        text += piece
    return Expanded(text, tuple(spans), tuple(shorts))


def _key(short: str) -> str:
    return _JOINTS.sub("", short).lower()


@cache
def _lexicon() -> tuple[tuple[str, Sense], ...]:
    return tuple(
        (short, Sense(expansion, tuple(filter(None, context.split("|")))))
        for short, expansion, context in data_rows("abbreviations.tsv")
    )


def _defined(passages: Iterable[Passage]) -> Iterator[tuple[str, Sense]]:
    seen = set()
    for passage in passages:
        for match in _DEFINITION.finditer(passage.text):
            short = match.group(1)
            full = _full_form(passage.text[max(0, match.start() - _BEFORE) : match.start()], short)
            if full and (short, full) not in seen:
                seen.add((short, full))
                yield short, Sense(full)


def _full_form(before: str, short: str) -> str | None:
    """The last words of `before` whose initials are the letters of `short`."""
    letters = [strip_diacritics(letter).lower() for letter in _JOINTS.sub("", short)]
    spoken = list(re.finditer(r"\w+", before))
    # "An ninh và trật tự" may be ANTT: small joining words need no letter.
    for length in range(len(letters), len(letters) + 3):
        tail = spoken[-length:]
        initials = [
            strip_diacritics(word.group()[0]).lower() for word in tail if word.group() not in ("và", "-")
        ]
        if len(tail) == length and initials == letters:
            return before[tail[0].start() :].strip()
    return None
