"""An answer as the content of an OpenAI message: text, footnotes, and annotations that point into the text.

Positions count Unicode characters of the content, as OpenAI's do.
"""

from collections.abc import Iterator
from typing import Any

from assistant.answer import Answer
from server.api.links import Permalinks
from server.api.sendable import sendable


def content_of(answer: Answer, links: Permalinks) -> tuple[str, list[dict[str, Any]]]:
    """The content, and an annotation for each marker of a citation in it."""
    annotations, notes = [], []
    markers = list(_markers(answer))
    for (start, end), citation in zip(markers, answer.citations, strict=True):
        title = sendable(f"{citation.passage.location_on_page} – {citation.document.name}")
        url = links.passage(citation.passage, (citation.start, citation.end))
        about = {"start_index": start, "end_index": end, "title": title, "url": url}
        annotations.append({"type": "url_citation", "url_citation": about})
        notes.append(f"{answer.text[start:end]} {title}: {url}")
    parts = [answer.text, "\n".join(f"Lưu ý: {note.text}" for note in answer.notes)]
    parts.append("Nguồn:\n" + "\n".join(notes) if notes else "")
    return sendable("\n\n".join(part for part in parts if part)), annotations


def _markers(answer: Answer) -> Iterator[tuple[int, int]]:
    """Where the marker of each citation stands: after its quotation, which may itself hold "[1]"."""
    position = 0
    for number, citation in enumerate(answer.citations, 1):
        marker = f"[{number}]"
        quoted = answer.text.find(citation.quote, position)
        start = answer.text.index(marker, quoted + len(citation.quote) if quoted >= 0 else position)
        position = start + len(marker)
        yield start, position
