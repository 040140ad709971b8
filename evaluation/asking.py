"""Putting questions to a system, in a process of its own, with every answer kept as soon as it is given.

The product answers or refuses; a baseline cites the whole of what it finds first and never refuses. Knows how
to ask; does not judge.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from tqdm import tqdm

from assistant import Assistant, QuestionError
from assistant.answer import Turn, unanswered
from assistant.tuning import AS_SHIPPED, Tuning
from evaluation.given import GivenAnswer, Quoted, from_answer
from evaluation.isolated import isolated
from evaluation.journal import Journal
from evaluation.memory import resident_mb
from evaluation.systems import PRODUCT, Setting, System, system
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index

_CONTEXTS = 5  # passages that come with an answer, as many as the product lists
_DEPTH = 100  # of a ranking
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to a system."""

    id: str
    question: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """Questions for one system over one index. `key`: of the journal; all that would change an answer.

    `passages`: rankings are of passages, not of whole documents.
    """

    system: str
    location: IndexLocation
    encoder: Callable[[], Encoder]
    questions: tuple[Asked, ...]
    journal: Path
    key: str
    tuning: Tuning = AS_SHIPPED
    passages: bool = False


@dataclass(frozen=True, slots=True)
class Replies:
    """By question id, what was replied; megabytes resident after the last one."""

    rows: dict[str, Row]
    memory_mb: float


def answers(job: Job) -> tuple[dict[str, GivenAnswer], float]:
    """Answers by question id, and the memory they took in megabytes."""
    replies = isolated(_answer_all, job)
    return {name: _given(row) for name, row in replies.rows.items()}, replies.memory_mb


def rankings(job: Job) -> Replies:
    """By question id a row with `ranking`, pairs of document or passage id and score, and `took_ms`."""
    return isolated(_rank_all, job)


def _answer_all(job: Job) -> Replies:
    encoder = job.encoder()
    if job.system == PRODUCT:
        assistant = Assistant.open(job.location, encoder, job.tuning)
        return _collect(job, lambda asked: _asked(assistant, asked), "Hỏi")
    index = Index.open(job.location, encoder)
    searching = system(job.system, Setting(index, encoder, job.location.folder, job.tuning))
    return _collect(job, lambda asked: _first_hit(searching, index, asked), "Hỏi")


def _rank_all(job: Job) -> Replies:
    encoder = job.encoder()
    index = Index.open(job.location, encoder)
    searching = system(job.system, Setting(index, encoder, job.location.folder, job.tuning))
    return _collect(job, lambda asked: _ranking(searching, asked, job.passages), "Tìm")


def _collect(job: Job, reply: Callable[[Asked], Row], label: str) -> Replies:
    if job.questions:
        reply(job.questions[0])  # not counted: it waits for what is loaded at first use
    with Journal(job.journal, job.key) as journal:
        shown = tqdm(job.questions, desc=f"{label} ({job.system})", unit=" câu", disable=None)
        for asked in shown:
            if asked.id not in journal:
                journal.add(asked.id, reply(asked))
        rows = {asked.id: journal[asked.id] for asked in job.questions}
        journal.forget()
    return Replies(rows, resident_mb())


def _asked(assistant: Assistant, asked: Asked) -> Row:
    began = perf_counter()
    try:
        answer = assistant.ask(asked.question, asked.history)
    except (
        QuestionError
    ) as error:  # a blank or over-long question is answered with the reason, as in the chat
        answer = unanswered(asked.question, str(error))
    return asdict(from_answer(answer, _milliseconds(began)))


def _first_hit(searching: System, index: Index, asked: Asked) -> Row:
    began = perf_counter()
    hits = searching.search(asked.question, _CONTEXTS)
    took = _milliseconds(began)
    texts = [index.documents[hit.document_id].text[hit.start : hit.end] for hit in hits]
    cited: Sequence[Quoted] = ()
    if hits:
        passage = hits[0].passage
        at = (passage.id, passage.location) if passage else (None, None)
        cited = (Quoted(hits[0].document_id, hits[0].start, hits[0].end, texts[0], *at),)
    text = f"“{texts[0]}” [1]" if texts else ""
    return asdict(GivenAnswer(text, not hits, tuple(cited), tuple(texts), "extractive", took))


def _ranking(searching: System, asked: Asked, passages: bool) -> Row:
    """Documents, or passages, by their best hit, best first."""
    began = perf_counter()
    best: dict[str, float] = {}
    for hit in searching.search(asked.question, _DEPTH):
        name = hit.passage.id if passages and hit.passage else hit.document_id
        best.setdefault(name, hit.score)
    return {"ranking": list(best.items()), "took_ms": _milliseconds(began)}


def _given(row: Row) -> GivenAnswer:
    fields = {name: value for name, value in row.items() if name != "id"}
    cited = tuple(Quoted(**quoted) for quoted in row["citations"])
    return GivenAnswer(**(fields | {"citations": cited, "contexts": tuple(row["contexts"])}))


def _milliseconds(began: float) -> float:
    return round((perf_counter() - began) * 1000, 3)
