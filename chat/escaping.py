"""Untrusted text to safe HTML: questions, answers and documents are shown as text, whatever they contain.

Knows nothing about what the text means. Gradio's HTML component puts its value into the page unfiltered, so
every character that does not come from this package has to pass through `escaped`.
"""

import html
import re

from corpus.text import DIRECTION_MARKS

# Marks that turn the reading direction of all that follows; an unclosed one could make a quotation read
# backwards. `<bdi>` keeps the effect inside itself, and the style sheet shows the code in its place.
_DIRECTION_MARKS = re.compile(f"[{DIRECTION_MARKS}]")


def escaped(text: str) -> str:
    """`text` for element content and quoted attributes; the browser's text content is `text` again."""
    # A lone surrogate, which JSON from a browser may carry, cannot be sent as UTF-8.
    sendable = text.encode("utf-8", "replace").decode("utf-8")
    return html.escape(sendable)


def shown(text: str) -> str:
    """`text` for element content, with marks of reading direction made visible and harmless."""
    return _DIRECTION_MARKS.sub(_visible_mark, escaped(text))


def shortened(text: str, length: int) -> str:
    """`text` on one line, cut at a word and closed with "…" when longer than `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _visible_mark(match: re.Match[str]) -> str:
    return f'<bdi class="direction-mark" data-code="U+{ord(match.group()):04X}">{match.group()}</bdi>'
