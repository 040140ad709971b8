"""The chain from a question to an answer: understand, find, decide, write or quote.

`Assistant.runnable` is a LangChain Runnable from Inquiry to Answer. The default mode is extractive: every
sentence of an answer is quoted from a document. With a language model, sentences that it wrote and that the
documents bear out are the answer; whatever goes wrong with it, the quotations are. Knows the order of the
steps; each step is a module.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import islice
from typing import Required, TypedDict, Unpack

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Turn
from assistant.answering import Beside, in_time, quoted_answer, written_answer
from assistant.cues import Nature, cues_of, natures
from assistant.decision import decide
from assistant.evidence import Evidence, Inquiry, Manner, Refusal, Understood
from assistant.generation.failures import ModelFailure
from assistant.generation.model import LanguageModel
from assistant.generation.rewording import Rewording
from assistant.generation.writing import Writer
from assistant.inquiring import understand
from assistant.progress import Telling
from assistant.question import parse_question
from assistant.question_words import question_words
from assistant.retriever import retrieve
from assistant.searching import SearchResult, search
from assistant.selection import score_sentences
from assistant.tuning import AS_SHIPPED, Tuning
from assistant.understanding.reading import Reader
from corpus.citation import Citation
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index

_CANDIDATES = 32  # passages whose sentences are compared
_EXAMPLES = 5


_Outcome = tuple[Evidence, tuple[Citation, ...] | Refusal]


class _Decided(TypedDict, total=False):
    """What was found and decided; LangChain adds the `failure` of a model for the step that then quotes."""

    inquiry: Required[Inquiry]
    evidence: Required[Evidence]
    outcome: Required[tuple[Citation, ...] | Refusal]
    failure: ModelFailure


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index with what is derived from it once."""

    index: Index
    natures: Mapping[object, Nature]
    reader: Reader


class Assistant:
    """Answers questions from one index; safe to share between threads. Open with `Assistant.open`."""

    def __init__(
        self,
        location: IndexLocation,
        encoder: Encoder,
        tuning: Tuning = AS_SHIPPED,
        model: LanguageModel | None = None,
    ) -> None:
        self._location = location
        self._tuning = tuning
        self._encoder = encoder
        self._reopening = threading.Lock()
        self._opened = self._open()
        self._model = model
        self._rewording = Rewording(model) if model else None
        self._writer = Writer(model, encoder.count_token) if model else None
        quoting: Runnable[_Decided, Answer] = RunnableLambda(self._quoted)
        writing = RunnableLambda(self._written).with_fallbacks(
            [quoting], exceptions_to_handle=(ModelFailure,), exception_key="failure"
        )
        self.runnable: Runnable[Inquiry, Answer] = RunnableLambda(self._decided) | (
            writing if model else quoting
        )

    @classmethod
    def open(
        cls,
        location: IndexLocation,
        encoder: Encoder,
        tuning: Tuning = AS_SHIPPED,
        model: LanguageModel | None = None,
    ) -> "Assistant":
        """An assistant over the index in use. Raises IndexProblem with the mend when there is none.

        `model`: writes answers, whose every sentence is checked; None: answers are quotations.
        """
        return cls(location, encoder, tuning, model)

    def ask(self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]) -> Answer:
        """Answer one question. Raises QuestionError: blank or too long."""
        return self.runnable.invoke(Inquiry(question, tuple(history), **manner))

    def evidence(self, inquiry: Inquiry) -> Evidence:
        """What the search finds for a question, before anything is decided."""
        return self._find(self._understand(inquiry))

    def examples(self) -> list[str]:
        """Example questions that the held documents answer, for an empty chat."""
        lines = (files("assistant") / "data" / "examples.txt").read_text(encoding="utf-8").splitlines()
        answered = (line for line in lines if not self.ask(line, quoting=True).refused)
        return list(islice(answered, _EXAMPLES))

    @property
    def model(self) -> str | None:
        """The name of the language model that writes answers; None when they are quotations."""
        return self._model.name if self._model else None

    @property
    def index(self) -> Index:
        """The index in use, to read documents and passages from."""
        return self._current().index

    def search(self, question: str, k: int, document_id: str | None = None) -> SearchResult:
        """The `k` nearest passages without an answer. Raises QuestionError; KeyError: no such document."""
        opened = self._current()
        return search(opened.index, opened.reader, question, k, document_id)

    def _open(self) -> _Opened:
        index = Index.open(self._location, self._encoder)
        return _Opened(index, natures(index.passages), Reader.of(index))

    def _current(self) -> _Opened:
        """The index in use; opened anew when somebody has indexed documents meanwhile."""
        with self._reopening:
            if not self._opened.index.is_current(self._location.folder):
                self._opened = self._open()
            self._opened.index.web.refresh()
            return self._opened

    def _understand(self, inquiry: Inquiry) -> Understood:
        return understand(inquiry, self._current().reader, self._place_answered)

    def _place_answered(self, understood: Understood) -> dict[str, str]:
        """The outline address of the paragraph that answers first; empty where none does."""
        outcome = decide(self._find(understood))
        return {} if isinstance(outcome, Refusal) else dict(outcome[0].passage.heading_path)

    def _decided(self, inquiry: Inquiry) -> _Decided:
        evidence = self._find(self._understand(inquiry))
        outcome = in_time(decide(evidence), evidence)
        is_reply = isinstance(outcome, Refusal) and outcome.is_reply
        if self._rewording and not (inquiry.quoting or inquiry.as_typed or is_reply):
            told = self._rewording.of(evidence.understood, inquiry.history)
            evidence, outcome = (told and self._searched_as(told, evidence)) or (evidence, outcome)
        return _Decided(inquiry=inquiry, evidence=evidence, outcome=outcome)

    def _searched_as(self, told: str, evidence: Evidence) -> _Outcome | None:
        """What a model's wording of the question finds; None where it finds no answer."""
        understood = evidence.understood
        reading = self._current().reader.read(parse_question(told))
        other = self._find(replace(understood, read=reading, searched=reading, context=None))
        outcome = in_time(decide(other), other)
        return None if isinstance(outcome, Refusal) else (other, outcome)

    def _quoted(self, decided: _Decided) -> Answer:
        failure = decided.get("failure")
        told = Beside(self._model.name, failure.kind.value) if self._model and failure else None
        return quoted_answer(decided["evidence"], decided["outcome"], told)

    def _written(self, decided: _Decided) -> Answer:
        """The answer by the model; the quoted one where it is not to be asked. Raises ModelFailure."""
        inquiry, evidence, outcome = decided["inquiry"], decided["evidence"], decided["outcome"]
        if self._writer is None or inquiry.quoting or isinstance(outcome, Refusal):
            return quoted_answer(evidence, outcome)
        told = Telling(inquiry.listener)
        try:
            composed = self._writer.write(evidence, outcome, told)
        except ModelFailure:
            told.withdraw()
            raise
        name = self._writer.model.name
        if composed is None:
            return quoted_answer(evidence, outcome)
        if not composed.answers:
            told.withdraw()
            why = "declined" if composed.refused else "unsupported"
            return quoted_answer(evidence, outcome, Beside(name, why, composed))
        return written_answer(evidence, composed, name)

    def _find(self, understood: Understood) -> Evidence:
        opened = self._current()
        index, searched = opened.index, understood.searched
        vector = self._encoder.embed_query(searched.encoded)
        excluded = _issued_later(index, understood)
        retrieval = retrieve(index, searched, vector, _CANDIDATES, excluded, self._tuning)
        # The matter of a question that asks where it stands is never the question as typed.
        compared = understood.read if understood.everywhere else searched
        guessed = compared.differs_from(understood.typed)
        words = question_words(searched, index, guessed=guessed)
        if understood.context and searched is understood.read:
            words = words.coloured_by(question_words(understood.context, index, guessed=guessed))
        windows = index.windows_of(vector, [found.passage.id for found in retrieval.found])
        cues = cues_of(understood.read.question.text)
        ranked = score_sentences(retrieval, words, windows, cues, opened.natures)
        return Evidence(understood, index, words, cues, retrieval, tuple(ranked), excluded, self._tuning)


def _issued_later(index: Index, understood: Understood) -> frozenset[str]:
    """The documents that there were not yet on the day asked about."""
    day = understood.as_of
    if day is None:
        return frozenset()
    return frozenset(name for name, document in index.documents.items() if day.excludes(document))
