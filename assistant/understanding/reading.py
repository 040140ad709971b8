"""A question as it is understood: respelled, written out, with the official terms for its everyday words.

Proposes one reading and says what it changed; the original wording stays available (`Inquiry.as_typed`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.question import MAX_LENGTH, Question, parse_question
from assistant.understanding.abbreviations import Abbreviations, Expanded
from assistant.understanding.english import gloss
from assistant.understanding.glossary import Related, everyday_terms
from assistant.understanding.spelling import respelled
from assistant.understanding.syllable_model import SyllableModel
from assistant.understanding.tokens import protected_spans, tokens_of
from corpus.syllable import conventional
from corpus.text import words
from vectorstore.index import Index

_SHOUTED = 3  # words; fewer in capitals may be abbreviations


@dataclass(frozen=True, slots=True)
class Reading:
    """`question` is Vietnamese, whatever was typed. `encoded`: what the vector is made from.

    `related` counts the words of `question`. `unknown`: English words without a meaning here.
    """

    question: Question
    encoded: str
    related: tuple[Related, ...] = ()
    unknown: tuple[str, ...] = ()

    def joined_to(self, earlier: "Reading") -> "Reading":
        """This question and an earlier one that it makes no sense without, as one question."""
        text = f"{self.question.text.rstrip(' ?.!')} {earlier.question.text}"[:MAX_LENGTH]
        offset = len(words(self.question.text))
        shifted = tuple(replace(r, start=r.start + offset, end=r.end + offset) for r in earlier.related)
        encoded = f"{self.encoded.rstrip(' ?.!')} {earlier.encoded}"[:MAX_LENGTH]
        return Reading(parse_question(text), encoded, self.related + shifted, self.unknown + earlier.unknown)

    def differs_from(self, typed: Question) -> bool:
        """Whether other words than the typed ones are looked for; letter case and tone placement aside."""
        return _plain(self.question.text) != _plain(typed.text)


class Reader:
    """Reads questions about one collection."""

    def __init__(
        self,
        model: SyllableModel,
        abbreviations: Abbreviations,
        stands: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._model = model
        self._abbreviations = abbreviations
        self._stands = stands

    @classmethod
    def of(cls, index: Index) -> "Reader":
        """A reader that knows the words and abbreviations of the indexed documents."""
        return cls(
            SyllableModel(index.syllables), Abbreviations(index.passages, index.has_phrase), index.has_phrase
        )

    def read(self, typed: Question) -> Reading:
        """The likeliest reading of a question."""
        if typed.language == "en":
            return _from_english(typed, self._stands)
        text = _calmed(typed.text)
        written = self._abbreviations.written_out(text, protected_spans(text))
        text = self._respelled(written.text, written.spans)[:MAX_LENGTH]
        question = parse_question(text)
        found = (*everyday_terms(question.text), *self._short_forms(written))
        size = len(words(question.text))
        related = tuple(item for item in found if item.end <= size)  # a very long question is cut
        return Reading(question, question.text, related)

    def _short_forms(self, written: Expanded) -> Iterator[Related]:
        """Abbreviations that the documents use, too: "PCI" finds "PCI" as well as what it stands for."""
        for (start, end), short in zip(written.spans, written.short, strict=True):
            if self._stands(short):
                first = len(words(written.text[:start]))
                yield Related(
                    written.text[start:end], (short,), first, first + len(words(written.text[start:end]))
                )

    def _respelled(self, text: str, fixed: tuple[tuple[int, int], ...]) -> str:
        tokens = tokens_of(text, fixed)
        pieces = []
        done = 0
        for token, spelled in zip(tokens, respelled(tokens, self._model), strict=True):
            pieces += [text[done : token.start], spelled]
            done = token.end
        return "".join([*pieces, text[done:]])


def _calmed(text: str) -> str:
    """A question typed all in capitals in small letters, codes aside: capitals mean nothing in it."""
    if text != text.upper() or sum(word.isalpha() for word in words(text)) < _SHOUTED:
        return text
    small = list(text.lower())
    for start, end in protected_spans(text):
        small[start:end] = text[start:end]
    return "".join(small)


def unread(typed: Question) -> Reading:
    """A question taken as it was typed."""
    return Reading(typed, typed.text)


def _from_english(typed: Question, stands: Callable[[str], bool]) -> Reading:
    found = gloss(typed.text, stands)
    if not words(found.text):
        return Reading(typed, typed.text, (), found.unknown)
    question = parse_question(found.text[:MAX_LENGTH])  # Vietnamese may be longer
    size = len(words(question.text))
    related = tuple(item for item in found.related if item.end <= size)
    return Reading(question, typed.text, related, found.unknown)


def _plain(text: str) -> list[str]:
    return [conventional(word) for word in words(text)]
