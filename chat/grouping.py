"""Citations of one paragraph put together. Knows nothing about markup."""

from collections.abc import Sequence

from corpus.citation import Citation


def by_passage(citations: Sequence[Citation]) -> list[dict[int, Citation]]:
    """Citations by their number, those of one paragraph together, in order of first mention."""
    groups: dict[tuple[str, str], dict[int, Citation]] = {}
    for number, citation in enumerate(citations, 1):
        groups.setdefault((citation.document.id, citation.passage.id), {})[number] = citation
    return list(groups.values())
