"""An answer as the content of an OpenAI message: text, footnotes, and annotations that point into the text.

Positions count Unicode characters of the content, as OpenAI's do.
"""

import re
from collections.abc import Iterator
from typing import Any

from assistant.answer import GENERATED, Answer
from corpus.citation import Citation
from server.api.links import Permalinks
from server.api.sendable import sendable

_MARKER = re.compile(r"\[(\d{1,3})\]")


def content_of(answer: Answer, links: Permalinks) -> tuple[str, list[dict[str, Any]]]:
    """The content, and an annotation for each marker of a citation in it."""
    titled = [_titled(citation, links) for citation in answer.citations]
    annotations = [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": start,
                "end_index": end,
                "title": titled[number - 1][0],
                "url": titled[number - 1][1],
            },
        }
        for number, start, end in _markers(answer)
    ]
    notes = [f"[{number}] {title}: {url}" for number, (title, url) in enumerate(titled, 1)]
    parts = [answer.text, "\n".join(f"Lưu ý: {note.text}" for note in answer.notes)]
    parts.append("Nguồn:\n" + "\n".join(notes) if notes else "")
    return sendable("\n\n".join(part for part in parts if part)), annotations


def _titled(citation: Citation, links: Permalinks) -> tuple[str, str]:
    title = sendable(f"{citation.passage.location_on_page} – {citation.document.name}")
    return title, links.passage(citation.passage, (citation.start, citation.end))


def _markers(answer: Answer) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each marker of a citation in the text."""
    if answer.mode == GENERATED:
        for match in _MARKER.finditer(answer.text):
            if 1 <= int(match[1]) <= len(answer.citations):
                yield int(match[1]), *match.span()
        return
    position = 0
    for number, citation in enumerate(answer.citations, 1):
        # After its quotation, which may itself hold "[1]".
        marker = f"[{number}]"
        quoted = answer.text.find(citation.quote, position)
        start = answer.text.index(marker, quoted + len(citation.quote) if quoted >= 0 else position)
        position = start + len(marker)
        yield number, start, position
