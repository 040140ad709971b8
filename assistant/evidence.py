"""What flows through the chain between the question and the answer."""

from dataclasses import dataclass

from assistant.answer import Turn
from assistant.cues import Cues
from assistant.question import Question
from assistant.retriever import Retrieval
from assistant.selection import QuestionWords, ScoredSentence
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What comes in: the question as typed, and the conversation so far, oldest first."""

    question: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as typed, and as searched for: the same unless it makes no sense without `context`.

    `context` is the earlier question it leans on. `started`: `time.perf_counter` when the question came in.
    """

    asked: Question
    searched: Question
    context: Question | None
    started: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the search found. `ranked`: sentences best first; empty when nothing is indexed."""

    understood: Understood
    index: Index
    words: QuestionWords
    cues: Cues
    retrieval: Retrieval
    ranked: tuple[ScoredSentence, ...]

    @property
    def asked(self) -> Question:
        """The question as typed."""
        return self.understood.asked

    @property
    def searched(self) -> Question:
        """The question as searched for."""
        return self.understood.searched
