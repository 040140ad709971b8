"""What an answer is, and its JSON form (the public contract of the command line and the API).

Knows nothing about how an answer is found.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an honest refusal.

    `text` carries markers [1], [2] … that count `citations` from 1. A refusal has no citations, says why
    in `reason`, and still lists the nearest passages. `understood_as` is None when the question was taken as
    typed.
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

    def to_json(self, identifier: str | None = None) -> dict[str, Any]:
        """The answer as the contract has it; `identifier` is the caller's own."""
        return {
            "id": identifier,
            "question": self.question,
            "understood_as": self.understood_as,
            "answer": self.text,
            "refused": self.refused,
            "reason": self.reason,
            "citations": [_citation_json(n, citation) for n, citation in enumerate(self.citations, 1)],
            "passages": [_passage_json(rank, found) for rank, found in enumerate(self.passages, 1)],
            "mode": self.mode,
            "took_ms": self.took_ms,
            "notes": [
                {"text": note.text, "source": note.source, "passage_id": note.passage_id}
                for note in self.notes
            ],
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
        mode="extractive",
        took_ms=0,
    )


def _citation_json(marker: int, citation: Citation) -> dict[str, Any]:
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
