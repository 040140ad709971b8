"""What the check of a written sentence takes and gives. Knows nothing of how it is done."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.sentences import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered paragraph as a model was given it. `about`: name of its document, and its place."""

    text: str
    about: str = ""


class Fault(StrEnum):
    """What a sentence says that its paragraphs do not."""

    NO_SOURCE = "no_source"  # no [n] at all
    UNKNOWN_SOURCE = "unknown_source"  # an [n] that was not given
    NOTHING_SAID = "nothing_said"
    FOREIGN_MARKUP = "foreign_markup"  # HTML, links, addresses
    QUOTATION = "quotation"  # words in quotation marks that do not stand there
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    EXCHANGED = "exchanged"  # stands there, but for something else
    BOUND = "bound"  # before and after, at least and at most
    DIRECTION = "direction"  # up and down
    NEGATION = "negation"
    TASK_AS_FACT = "task_as_fact"
    FACT_AS_TASK = "fact_as_task"
    SCOPE = "scope"  # "all", "only", where it is not said
    CAUSE = "cause"
    OFF_QUESTION = "off_question"  # borne out, but about something else than was asked
    NOT_COVERED = "not_covered"  # words that the paragraphs do not have


@dataclass(frozen=True, slots=True)
class Rest:
    """What a sentence rests on: a stretch of the paragraph `number`, counted from 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """`fault` is None for a supported sentence; `rests` then says on what, in the order of its markers.

    `detail`: the words at fault, for people.
    """

    fault: Fault | None
    detail: str = ""
    rests: tuple[Rest, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown as supported."""
        return self.fault is None
