"""A paragraph, and a written sentence, taken apart for comparison. Compares nothing."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.verification.english_words import english_units
from assistant.verification.figures import Figure, figures_in
from assistant.verification.findings import Source
from assistant.verification.names import Name, has_name, keys_of, names_in
from assistant.verification.words import Unit, terms_of, units_of, written_out
from corpus.sentences import Span, sentences

_MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
# Where a statement may be followed by another one.
_JOINT = re.compile(
    r"[;:]\s|,\s|\s(?:và|đồng thời|trong khi|còn|nhưng|song|and|while|but)\s|\s[–-]\s", re.IGNORECASE
)
_ENOUGH_WORDS = 2  # that say something, in a part of a sentence that can stand by itself
_SAYS = 2.0  # weight from which on a word says something


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of sentences of a paragraph: where it stands, and its words with abbreviations written out."""

    span: Span
    text: str
    terms: frozenset[str]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A source taken apart: its runs of one to three sentences, the short ones first."""

    source: Source
    stretches: tuple[Stretch, ...]
    about: Stretch


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a written sentence that has to be borne out as a whole."""

    text: str
    language: str
    units: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]


def parted(written: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its markers, and their numbers in order."""
    numbers = [int(n) for match in _MARKER.finditer(written) for n in re.findall(r"\d+", match.group(1))]
    return " ".join(_MARKER.sub(" ", written).split()), tuple(dict.fromkeys(numbers))


@lru_cache(maxsize=512)
def paragraph_of(source: Source) -> Paragraph:
    """A source taken apart; kept, because several sentences cite one."""
    parts = sentences(source.text)
    runs = [
        Span(parts[first].start, parts[first + size - 1].end)
        for size in (1, 2, 3)
        for first in range(len(parts) - size + 1)
    ]
    stretches = tuple(_stretch(source.text, run) for run in runs)
    return Paragraph(source, stretches, _stretch(source.about, Span(0, len(source.about))))


def clause_of(text: str, language: str) -> Clause:
    """A written sentence, or a part of one."""
    full = written_out(text) if language == "vi" else text
    units = units_of(full) if language == "vi" else english_units(full)
    return Clause(full, language, units, figures_in(full, language), names_in(full, language))


def clauses_of(whole: Clause) -> tuple[Clause, ...]:
    """The parts of a sentence that can stand by themselves; short ones stay with the one before."""
    edges = [0, *(match.end() for match in _JOINT.finditer(whole.text)), len(whole.text)]
    parts: list[str] = []
    for start, end in pairwise(edges):
        piece = whole.text[start:end]
        if parts and not (_can_stand(parts[-1], whole.language) and _can_stand(piece, whole.language)):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(clause_of(part, whole.language) for part in parts)


def has_names(stretch: Stretch, about: Stretch, clause: Clause) -> tuple[Name, ...]:
    """The names of a clause that neither a stretch nor the name of its document has."""
    keys = [_keys(one.text, clause.language) for one in (stretch, about)]
    return tuple(name for name in clause.names if not any(has_name(one, name) for one in keys))


@lru_cache(maxsize=4096)
def _keys(text: str, language: str) -> tuple[str, ...]:
    return keys_of(text, language)


def _stretch(text: str, span: Span) -> Stretch:
    full = written_out(span.of(text))
    return Stretch(span, full, terms_of(full), figures_in(full))


def _can_stand(piece: str, language: str) -> bool:
    units = units_of(piece) if language == "vi" else english_units(piece)
    return sum(unit.weight >= _SAYS for unit in units) >= _ENOUGH_WORDS
