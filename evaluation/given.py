"""An answer as it is judged: what a reader gets, from the product, a baseline or a file of answers.

Knows the answer JSON of the public contract; does not know the question's gold.
"""

from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer


@dataclass(frozen=True, slots=True)
class Quoted:
    """One citation: `document.text[start:end]` is claimed to be `quote`.

    `passage_id` and `location` are None where a system has no notion of paragraphs.
    """

    document_id: str
    start: int
    end: int
    quote: str
    passage_id: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a system replied to one question. `contexts`: texts of the passages it found, best first."""

    text: str
    refused: bool
    citations: tuple[Quoted, ...]
    contexts: tuple[str, ...]
    mode: str
    took_ms: float
    understood_as: str | None = None


def from_answer(answer: Answer, took_ms: float) -> GivenAnswer:
    """The product's own answer; `took_ms` is what the clock said around the call."""
    citations = tuple(
        Quoted(c.document.id, c.start, c.end, c.quote, c.passage.id, c.passage.location)
        for c in answer.citations
    )
    contexts = tuple(found.passage.text for found in answer.passages)
    return GivenAnswer(
        answer.text, answer.refused, citations, contexts, answer.mode, took_ms, answer.understood_as
    )


def from_json(row: dict[str, Any]) -> GivenAnswer:
    """An answer in the contract's JSON. Raises KeyError, TypeError or ValueError where it is not one."""
    citations = tuple(
        Quoted(
            str(c["document_id"]),
            int(c["start"]),
            int(c["end"]),
            str(c["quote"]),
            c.get("passage_id"),
            c.get("location"),
        )
        for c in row["citations"]
    )
    return GivenAnswer(
        text=str(row["answer"]),
        refused=bool(row["refused"]),
        citations=citations,
        contexts=tuple(str(passage["text"]) for passage in row.get("passages", [])),
        mode=str(row.get("mode", "extractive")),
        took_ms=float(row.get("took_ms", 0.0)),
        understood_as=row.get("understood_as"),
    )
