"""An answer as the content of an OpenAI message: text, footnotes, and annotations that point into the text.

Positions count Unicode characters of the content, as OpenAI's do. Where the markers stand is known by what
the text is made of, never by looking for "[1]": a document or a question may hold that too.
"""

from collections.abc import Iterator
from typing import Any

from assistant.answer import GENERATED, Answer
from corpus.citation import Citation
from server.api.links import Permalinks
from server.api.sendable import sendable

Place = tuple[int, int, int]  # number of the citation, from and to


def content_of(answer: Answer, links: Permalinks, start: int = 0) -> tuple[str, list[dict[str, Any]]]:
    """The content, and an annotation for each marker of a citation in it.

    `start`: how many characters the message has before this content.
    """
    written = answer.mode == GENERATED
    places = list(_written_markers(answer) if written else _quoted_markers(answer))
    about = [_about(citation, links) for citation in answer.citations]
    annotations = [
        {
            "type": "url_citation",
            "url_citation": {"start_index": start + first, "end_index": start + last, **about[number - 1]},
        }
        for number, first, last in places
    ]
    notes = [f"[{number}] {one['title']}: {one['url']}" for number, one in enumerate(about, 1)]
    parts = [answer.text, "\n".join(f"Lưu ý: {note.text}" for note in answer.notes)]
    parts.append("Nguồn:\n" + "\n".join(notes) if notes else "")
    return sendable("\n\n".join(part for part in parts if part)), annotations


def _about(citation: Citation, links: Permalinks) -> dict[str, str]:
    title = sendable(f"{citation.passage.location_on_page} – {citation.document.name}")
    return {"title": title, "url": links.passage(citation.passage, (citation.start, citation.end))}


def _quoted_markers(answer: Answer) -> Iterator[Place]:
    """Where the marker of each citation stands: after its quotation, which may itself hold "[1]"."""
    position = 0
    for number, citation in enumerate(answer.citations, 1):
        marker = f"[{number}]"
        quoted = answer.text.find(citation.quote, position)
        start = answer.text.index(marker, quoted + len(citation.quote) if quoted >= 0 else position)
        position = start + len(marker)
        yield number, start, position


def _written_markers(answer: Answer) -> Iterator[Place]:
    """Where they stand behind each sentence that is shown; one citation may be named by many sentences."""
    position = 0
    for sentence in answer.sentences:
        at = answer.text.find(sentence.line, position) if sentence.text else -1
        if at < 0:
            continue
        position = at + len(sentence.text)
        for number in sentence.markers:
            start = position + 1  # behind a space
            position = start + len(f"[{number}]")
            yield number, start, position
