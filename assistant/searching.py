"""A search without an answer: the passages nearest to a question, of all documents or of one.

Knows how the ranking is bounded to one document; does not decide whether a passage answers anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import RankedPassage
from assistant.question import parse_question
from assistant.retriever import best_window, retrieve, scaled
from assistant.tuning import AS_SHIPPED
from assistant.understanding.reading import Reader, Reading
from corpus.passage import Passage, Zone
from vectorstore.index import Index

_BATCH = (
    200  # passages whose windows are compared at once: a law has thousands, the database takes them by id
)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Passages best first; `understood_as` is None when the question was taken as typed."""

    question: str
    understood_as: str | None
    passages: tuple[RankedPassage, ...]


def search(
    index: Index, reader: Reader, question: str, k: int, document_id: str | None = None
) -> SearchResult:
    """The `k` nearest passages. Raises QuestionError: blank or too long; KeyError: no such document."""
    typed = parse_question(question)
    reading = reader.read(typed)
    vector = index.encoder.embed_query(reading.encoded)
    if document_id is None:
        scored = [(one.score, one.passage) for one in retrieve(index, reading, vector, k).found]
    else:
        scored = _inside(index, reading, vector, index.documents[document_id].id)[:k]
    found = tuple(RankedPassage(index.document_of(passage), passage, score) for score, passage in scored)
    return SearchResult(typed.text, reading.question.text if reading.differs_from(typed) else None, found)


def _inside(
    index: Index, reading: Reading, vector: Sequence[float], document_id: str
) -> list[tuple[float, Passage]]:
    """Every passage of one document, scored over that document alone, best first.

    The nearest windows of the whole collection will not do: of a large one they may hold none of this
    document.
    """
    passages = [one for one in index.passages_of(document_id) if one.zone is not Zone.HEADING]
    batches = (passages[first : first + _BATCH] for first in range(0, len(passages), _BATCH))
    dense = best_window(
        window for batch in batches for window in index.windows_of(vector, [one.id for one in batch])
    )
    lexical = index.lexical_scores(reading.question.text)
    by_words = [float(lexical[index.rows[passage.id]]) for passage in passages]
    strongest = max(by_words, default=0.0) or 1.0
    floor, ceiling = min(dense.values(), default=0.0), max(dense.values(), default=1.0)
    scored = [
        (
            AS_SHIPPED.mixed(
                words / strongest,
                scaled(dense.get(passage.id, floor), floor, ceiling),
                reading.question.folded,
            ),
            passage,
        )
        for words, passage in zip(by_words, passages, strict=True)
    ]
    return sorted(scored, key=lambda one: (-one[0], one[1].start))
