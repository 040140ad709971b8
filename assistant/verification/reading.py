"""A paragraph, and a written sentence, taken apart for comparison. Compares nothing."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.verification.cues import is_imperative
from assistant.verification.english_words import english_units
from assistant.verification.figures import Figure, figures_in
from assistant.verification.findings import Source
from assistant.verification.names import Name, has_name, keys_of, names_in
from assistant.verification.organs import organs_in
from assistant.verification.words import Unit, terms_of, units_of, written_out
from corpus.sentences import Span, clauses, sentences

_MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")
# Where a statement may be followed by another one.
_JOINT = re.compile(
    r"[;:]\s+|,\s+(?=\w)|\s+(?=(?:và|đồng thời|trong khi|nhưng|song|bên cạnh|and|while|but)\s)|"
    r"\s[–-]\s",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^[^:,;]{5,60}:\s+|"
    r"^(?:Về|Đối với|Theo|Liên quan(?: đến| tới)?|Trong|Để|Với|Căn cứ|Riêng|Tính đến|Đến|Bên cạnh đó|"
    r"Ngoài ra|"
    r"Đồng thời|Trong đó|Cụ thể|Tuy nhiên|According to|Regarding|As for|"
    r"Concerning|Under|In)\b[^,;]{2,90},\s*"
)
_LONGEST_RUN = 4  # statements
_ITEM = re.compile(r",\s|;\s|\s(?:và|hoặc|and|or)\s")
_LEADS = 40  # characters from the beginning of a sentence
_CONTRAST = re.compile(r"\s*(?:trong khi|còn|nhưng|song|đồng thời|bên cạnh|while|but)\b", re.IGNORECASE)
_STOP = re.compile(r"[;:]\s*$")
_FEW_WORDS = 1  # where a stop or a word of contrast parts them
_ENOUGH_WORDS = 3  # that say something, in a part of a sentence that can stand by itself
_SAYS = 2.0  # weight from which on a word says something


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of statements of a paragraph: where it stands, and its words with abbreviations written out.

    `around`: the whole sentences that it is part of, which say what an elliptic statement is about.
    """

    span: Span
    text: str
    terms: frozenset[str]
    figures: tuple[Figure, ...]
    around: "Stretch | None" = None

    @property
    def whole(self) -> "Stretch":
        """The sentences around it, or itself."""
        return self.around or self

    @property
    def leading_dates(self) -> tuple[Figure, ...]:
        """Dates with which its sentences begin: "Đến hết năm 2025, …; …" holds for both parts."""
        return tuple(one for one in self.whole.figures if one.kind == "date" and one.start < _LEADS)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A source taken apart: its runs of statements on one matter, the short ones first."""

    source: Source
    stretches: tuple[Stretch, ...]
    about: Stretch
    whole: Stretch


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a written sentence that has to be borne out as a whole."""

    text: str
    language: str
    units: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]
    lead: int = 0  # where what it leads in with ends
    items: tuple[tuple[Unit, ...], ...] = ()  # the words of each part between commas


def parted(written: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its markers, and their numbers in order."""
    numbers = [int(n) for match in _MARKER.finditer(written) for n in re.findall(r"\d+", match.group(1))]
    return " ".join(_MARKER.sub(" ", written).split()), tuple(dict.fromkeys(numbers))


@lru_cache(maxsize=512)
def paragraph_of(source: Source) -> Paragraph:
    """A source taken apart; kept, because several sentences cite one."""
    parts = [clause for sentence in sentences(source.text) for clause in clauses(source.text, sentence)]
    goes_on = [is_imperative(part.of(source.text)) for part in parts]
    runs = [
        Span(parts[first].start, parts[first + size - 1].end)
        for size in range(1, _LONGEST_RUN + 1)
        for first in range(len(parts) - size + 1)
        # A statement with a subject of its own begins something new: together both would bear out that the
        # one does what the other has to.
        if all(goes_on[first + 1 : first + size])
    ]
    stretches = tuple(_stretch(source.text, run) for run in runs)
    about = _alone(source.about, Span(0, len(source.about)))
    return Paragraph(source, stretches, about, whole_of(source))


@lru_cache(maxsize=512)
def whole_of(source: Source) -> Stretch:
    """All of a paragraph as one stretch."""
    return _alone(source.text, Span(0, len(source.text)))


def clause_of(text: str, language: str) -> Clause:
    """A written sentence, or a part of one."""
    full = written_out(text) if language == "vi" else text
    figures = figures_in(full, language)
    lead = _LEAD_IN.match(full)
    end = lead.end() if lead else 0
    words = _without(full, figures, end)  # what it leads in with repeats the question
    parts = [_units(part, language) for part in _ITEM.split(words)]
    items = tuple(part for part in parts if part) if len(parts) > 1 else ()
    return Clause(full, language, _units(words, language), figures, names_in(full, language), end, items)


def _units(text: str, language: str) -> tuple[Unit, ...]:
    return units_of(text) if language == "vi" else english_units(text)


def clauses_of(whole: Clause) -> tuple[Clause, ...]:
    """The parts of a sentence that can stand by themselves; short ones stay with the one before."""
    edges = [0, *(match.end() for match in _JOINT.finditer(whole.text)), len(whole.text)]
    parts: list[str] = []
    for start, end in pairwise(edges):
        piece = whole.text[start:end]
        least = _FEW_WORDS if _CONTRAST.match(piece) or (parts and _STOP.search(parts[-1])) else _ENOUGH_WORDS
        if parts and not all(_says_enough(one, whole.language, least) for one in (parts[-1], piece)):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(clause_of(part, whole.language) for part in parts)


def missing_names(stretch: Stretch, paragraph: Paragraph, clause: Clause) -> tuple[Name, ...]:
    """Names of a clause that neither a stretch nor the name of its document has; those that it leads in with
    may stand anywhere.
    """
    held = [keys_in(one.text, clause.language) for one in (stretch, paragraph.about)]
    anywhere = [*held, keys_in(paragraph.whole.text, clause.language)]
    return tuple(
        name
        for name in clause.names
        if not any(has_name(one, name) for one in (anywhere if name.end <= clause.lead else held))
    )


def missing_organs(stretch: Stretch, paragraph: Paragraph, clause: Clause) -> frozenset[str]:
    """Bodies of a Vietnamese clause that neither a stretch nor the name of its document has."""
    if clause.language != "vi":
        return frozenset()
    return organs_in(clause.text) - organs_in(stretch.text) - organs_in(paragraph.about.text)


@lru_cache(maxsize=4096)
def keys_in(text: str, language: str) -> tuple[str, ...]:
    """The syllables of a text, spelled as names of this language are compared."""
    return keys_of(text, language)


def _without(text: str, figures: tuple[Figure, ...], start: int) -> str:
    """A text from `start` on without its figures, which are compared as such."""
    kept, done = [], start
    for figure in (one for one in figures if one.start >= start):
        kept.append(text[done : figure.start])
        done = figure.end
    return " ".join([*kept, text[done:]])


def _stretch(text: str, span: Span) -> Stretch:
    touched = [part for part in sentences(text) if part.start < span.end and span.start < part.end]
    whole = Span(touched[0].start, touched[-1].end) if touched else span
    around = _alone(text, whole) if whole != span else None
    return replace(_alone(text, span), around=around)


@lru_cache(maxsize=4096)
def _alone(text: str, span: Span) -> Stretch:
    full = written_out(span.of(text))
    return Stretch(span, full, terms_of(full), figures_in(full))


def _says_enough(piece: str, language: str, least: int) -> bool:
    said = sum(unit.weight >= _SAYS for unit in _units(piece, language))
    return said + bool(figures_in(piece, language)) >= least
