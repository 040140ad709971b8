"""The chain from a question to an answer: understand, find, decide, compose.

`Assistant.runnable` is a LangChain Runnable from Inquiry to Answer. The default mode is extractive: every
sentence of an answer is quoted from a document. Knows the order of the steps; each step is a module.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import islice
from typing import Unpack

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import QUOTED, Answer, RankedPassage, Turn
from assistant.as_of import as_of
from assistant.composition import quoted_text
from assistant.cues import Nature, cues_of, natures
from assistant.decision import decide
from assistant.evidence import Evidence, Inquiry, Manner, Refusal, Understood
from assistant.followup import context_of, last_question
from assistant.notes import notes_on
from assistant.places import names_a_relative_place, place_of, with_place_of_history
from assistant.question import MAX_LENGTH, parse_question
from assistant.question_words import question_words
from assistant.retriever import retrieve
from assistant.searching import SearchResult, search
from assistant.selection import HIGHEST_SCORE, ScoredSentence, score_sentences
from assistant.tuning import AS_SHIPPED, Tuning
from assistant.understanding.reading import Reader, unread
from assistant.whereabouts import topic_whose_place_is_asked
from corpus.citation import Citation
from corpus.passage import Passage
from prompts import say
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index

_CANDIDATES = 32  # passages whose sentences are compared
_EXAMPLES = 5
_SHOWN = 5  # passages listed with an answer


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index with what is derived from it once."""

    index: Index
    natures: Mapping[object, Nature]
    reader: Reader


class Assistant:
    """Answers questions from one index; safe to share between threads. Open with `Assistant.open`."""

    def __init__(self, location: IndexLocation, encoder: Encoder, tuning: Tuning = AS_SHIPPED) -> None:
        self._location = location
        self._tuning = tuning
        self._encoder = encoder
        self._reopening = threading.Lock()
        self._opened = self._open()
        self.runnable: Runnable[Inquiry, Answer] = (
            RunnableLambda(self._understand) | RunnableLambda(self._find) | RunnableLambda(self._answer)
        )

    @classmethod
    def open(cls, location: IndexLocation, encoder: Encoder, tuning: Tuning = AS_SHIPPED) -> "Assistant":
        """An assistant over the index in use. Raises IndexProblem with the mend when there is none."""
        return cls(location, encoder, tuning)

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
        asked = parse_question(inquiry.question).text
        day = as_of(asked)
        if day is None:
            return self._understand_words(inquiry)
        understood = self._understand_words(replace(inquiry, question=day.rest))
        return replace(understood, as_of=day, asked=asked)

    def _understand_words(self, inquiry: Inquiry) -> Understood:
        started = time.perf_counter()
        read = unread if inquiry.as_typed else self._current().reader.read
        typed = parse_question(inquiry.question)
        reading = read(typed)
        if names_a_relative_place(reading.question.text) and inquiry.history:
            reading = read(parse_question(self._with_place(reading.question.text, inquiry.history)))
        topic = topic_whose_place_is_asked(reading.question.text)
        if topic is not None:
            about = read(parse_question(topic))
            return Understood(typed, reading, about, None, started, everywhere=True)
        context = context_of(typed.text if typed.language == "en" else reading.question.text, inquiry.history)
        if context is None:
            return Understood(typed, reading, reading, None, started)
        day = as_of(context.question)
        earlier = read(parse_question((day.rest if day else context.question)[:MAX_LENGTH]))
        searched = reading if context.changes_topic else reading.joined_to(earlier)
        return Understood(typed, reading, searched, earlier, started, as_of=day)

    def _with_place(self, question: str, history: Sequence[Turn]) -> str:
        """The question with "khoản trước đó" resolved against the question before, or against its answer."""
        previous = last_question(history)
        if previous is None:
            return question
        earlier = self._understand(Inquiry(previous[:MAX_LENGTH]))
        place = place_of(earlier.read.question.text)
        if not place:
            outcome = decide(self._find(earlier))
            place = {} if isinstance(outcome, Refusal) else dict(outcome[0].passage.heading_path)
        return with_place_of_history(question, place)

    def _find(self, understood: Understood) -> Evidence:
        opened = self._current()
        index, searched = opened.index, understood.searched
        vector = self._encoder.embed_query(searched.encoded)
        excluded = _issued_later(index, understood)
        retrieval = retrieve(index, searched, vector, _CANDIDATES, excluded, self._tuning)
        guessed = searched.differs_from(understood.typed)
        words = question_words(searched, index, guessed=guessed)
        if understood.context and searched is understood.read:
            words = words.coloured_by(question_words(understood.context, index, guessed=guessed))
        windows = index.windows_of(vector, [found.passage.id for found in retrieval.found])
        cues = cues_of(understood.read.question.text)
        ranked = score_sentences(retrieval, words, windows, cues, opened.natures)
        return Evidence(understood, index, words, cues, retrieval, tuple(ranked), excluded, self._tuning)

    def _answer(self, evidence: Evidence) -> Answer:
        outcome = _in_time(decide(evidence), evidence)
        citations = () if isinstance(outcome, Refusal) else outcome
        refusal = outcome if isinstance(outcome, Refusal) else None
        return Answer(
            question=evidence.understood.asked or evidence.understood.typed.text,
            understood_as=None if refusal and refusal.is_reply else _understood_as(evidence.understood),
            language=evidence.language,
            text=_text(citations, refusal, evidence.language),
            citations=citations,
            passages=() if refusal and refusal.is_reply else _ranked_passages(evidence),
            refused=refusal is not None,
            reason=refusal.reason if refusal else None,
            mode=QUOTED,
            took_ms=round((time.perf_counter() - evidence.understood.started) * 1000),
            notes=notes_on(evidence, citations) if citations else (),
        )


def _issued_later(index: Index, understood: Understood) -> frozenset[str]:
    """The documents that there were not yet on the day asked about."""
    day = understood.as_of
    if day is None:
        return frozenset()
    return frozenset(name for name, document in index.documents.items() if day.excludes(document))


def _in_time(outcome: tuple[Citation, ...] | Refusal, evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """The outcome without quotations from documents that are not to be quoted."""
    if isinstance(outcome, Refusal) or not evidence.excluded or evidence.understood.as_of is None:
        return outcome
    kept = tuple(one for one in outcome if one.document.id not in evidence.excluded)
    day = evidence.understood.as_of.shown
    return kept or Refusal(say("reason_issued_later", evidence.language, day=day))


def _understood_as(understood: Understood) -> str | None:
    """The question in the words that were looked for; None when they are the typed ones."""
    typed, read = understood.typed, understood.read
    changed = read.differs_from(typed)
    if understood.context is not None:
        language = understood.typed.language
        return say(
            "follow_up", language, question=read.question.text, earlier=understood.context.question.text
        )
    if understood.typed.language == "en":
        return say("understood", "en", words=read.question.text)
    return read.question.text if changed else None


def _text(citations: Sequence[Citation], refusal: Refusal | None, language: str) -> str:
    if refusal is not None:
        return refusal.reason if refusal.is_reply else f"{say('refusal', language)} {refusal.reason}"
    quoted = quoted_text(citations)
    return quoted if language == "vi" else f"{say('quotes_frame', language)}\n{quoted}"


def _ranked_passages(evidence: Evidence) -> tuple[RankedPassage, ...]:
    """The passages nearest to the question, each with the score of its best sentence."""
    best: dict[Passage, ScoredSentence] = {}
    for sentence in evidence.ranked:
        best.setdefault(sentence.passage, sentence)
    return tuple(
        RankedPassage(
            evidence.index.document_of(passage),
            passage,
            max(0.0, min(1.0, sentence.score / HIGHEST_SCORE)),
            sentence.span.start,
        )
        for passage, sentence in list(best.items())[:_SHOWN]
    )
