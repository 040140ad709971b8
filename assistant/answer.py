"""What an answer is, and its JSON form (the public contract of the command line and the API).

Knows nothing about how an answer is found.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation; `role` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage the search found; `score` in 0..1, relative to this question only.

    `nearest`: where in `passage.text` its sentence nearest to the question begins.
    """

    document: Document
    passage: Passage
    score: float
    nearest: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What to know beside the quotations: that one was amended, or a fact on a document that is not held.

    `source` says where it comes from, `passage_id` is the paragraph that does the amending; None where there
    is none.
    """

    text: str
    source: str | None = None
    passage_id: str | None = None


class Verdict(StrEnum):
    """What the check of a sentence of a language model came to."""

    SUPPORTED = "supported"  # shown as it was written
    REPLACED = "replaced"  # a quotation is shown in its place
    REMOVED = "removed"  # nothing is shown


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that a language model wrote, and what became of it.

    `text`: what is shown, without markers; "" where it was removed. `markers` count the answer's citations
    from 1. `written`: the model's own words. `reason`: why they are not shown, in the question's language;
    None where they are.
    """

    text: str
    verdict: Verdict
    markers: tuple[int, ...]
    written: str
    reason: str | None = None

    @property
    def line(self) -> str:
        """The sentence with its markers, as it stands in the answer's text."""
        return " ".join([self.text, *(f"[{number}]" for number in self.markers)])

    def to_json(self) -> dict[str, Any]:
        """As the contract has it."""
        return {
            "text": self.text,
            "verdict": self.verdict.value,
            "markers": list(self.markers),
            "written": self.written,
            "reason": self.reason,
        }


QUOTED, GENERATED = "extractive", "generative"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest refusal.

    `text` carries markers [1], [2] … that count `citations` from 1. A refusal has no citations, says why
    in `reason`, and still lists the nearest passages. `understood_as` is None when the question was taken as
    typed. `mode`: QUOTED, or GENERATED where a language model wrote the text, whose lines are then those of
    `sentences` that were not removed. `sentences`, `model` and `prompt_version` also tell of a model whose
    sentences were all found wanting, so that the answer is quoted after all.
    """

    question: str
    understood_as: str | None
    language: str
    text: str
    citations: tuple[Citation, ...]
    passages: tuple[RankedPassage, ...]
    refused: bool
    reason: str | None
    mode: str
    took_ms: int
    notes: tuple[Note, ...] = ()
    sentences: tuple[CheckedSentence, ...] = ()
    model: str | None = None
    prompt_version: str | None = None

    def to_json(self, identifier: str | None = None) -> dict[str, Any]:
        """The answer as the contract has it; `identifier` is the caller's own."""
        return {
            "id": identifier,
            "question": self.question,
            "understood_as": self.understood_as,
            "answer": self.text,
            "refused": self.refused,
            "reason": self.reason,
            "citations": [citation_json(n, citation) for n, citation in enumerate(self.citations, 1)],
            "passages": [_passage_json(rank, found) for rank, found in enumerate(self.passages, 1)],
            "mode": self.mode,
            "took_ms": self.took_ms,
            "notes": [
                {"text": note.text, "source": note.source, "passage_id": note.passage_id}
                for note in self.notes
            ],
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "model": self.model,
            "prompt_version": self.prompt_version,
        }


def unanswered(question: str, reason: str) -> Answer:
    """The answer to a question that could not even be searched for, e.g. a blank one."""
    return Answer(
        question=question,
        understood_as=None,
        language="vi",
        text=reason,
        citations=(),
        passages=(),
        refused=True,
        reason=reason,
        mode=QUOTED,
        took_ms=0,
    )


def citation_json(marker: int, citation: Citation) -> dict[str, Any]:
    """A citation as the contract has it."""
    return {
        "marker": marker,
        "document_id": citation.document.id,
        "title": citation.document.name,
        "number": citation.document.number,
        "location": citation.passage.location,
        "page": citation.passage.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "decisive": [list(span) for span in citation.decisive],
        "passage_id": citation.passage.id,
        "passage_text": citation.passage.text,
    }


def _passage_json(rank: int, found: RankedPassage) -> dict[str, Any]:
    return {
        "rank": rank,
        "score": round(found.score, 4),
        "passage_id": found.passage.id,
        "location": found.passage.location,
        "text": found.passage.text,
    }
