"""What flows through the chain between the question and the answer."""

from dataclasses import dataclass
from typing import TypedDict

from assistant.answer import Turn
from assistant.as_of import AsOf
from assistant.cues import Cues
from assistant.progress import Listener
from assistant.question import Question
from assistant.question_words import QuestionWords
from assistant.retriever import Retrieval
from assistant.selection import ScoredSentence
from assistant.tuning import AS_SHIPPED, Tuning
from assistant.understanding.reading import Reading
from vectorstore.index import Index


class Manner(TypedDict, total=False):
    """How a question is to be answered.

    `as_typed`: nothing is respelled or written out, because somebody wants just these words. `quoting`: by
    quotations alone, though a language model is on. `listener` is called, in the answering thread, while a
    model writes.
    """

    as_typed: bool
    quoting: bool
    listener: Listener


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What comes in: the question as typed, and the conversation so far, oldest first; see Manner."""

    question: str
    history: tuple[Turn, ...] = ()
    as_typed: bool = False
    quoting: bool = False
    listener: Listener | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as typed, as read, and as searched for: the last two differ when it leans on `context`.

    `context` is the earlier question it leans on. `everywhere`: every place of the matter is asked for.
    `started`: `time.perf_counter` when the question came in. `as_of`: the day as of which is asked; its words
    are in none of the questions here, but in `asked`.
    """

    typed: Question
    read: Reading
    searched: Reading
    context: Reading | None
    started: float
    everywhere: bool = False
    as_of: AsOf | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in the question's language. `is_reply`: the reason is all there is to say."""

    reason: str
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the search found. `ranked`: sentences best first; empty when nothing is indexed.

    `excluded`: ids of documents that may not be quoted, because they were issued after the day asked about.
    """

    understood: Understood
    index: Index
    words: QuestionWords
    cues: Cues
    retrieval: Retrieval
    ranked: tuple[ScoredSentence, ...]
    excluded: frozenset[str] = frozenset()
    tuning: Tuning = AS_SHIPPED

    @property
    def asked(self) -> Question:
        """The question as it is understood, without what it leans on; Vietnamese."""
        return self.understood.read.question

    @property
    def searched(self) -> Question:
        """The question as searched for."""
        return self.understood.searched.question

    @property
    def language(self) -> str:
        """The language in which the question was typed: "vi" or "en"."""
        return self.understood.typed.language
