"""The outline of a document as a tree of links, down to khoản and mục, parts outside the Điều included.

Does not know markup, nor which of its places the reader is at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chat.escaping import shortened
from corpus.anchors import place_anchor
from corpus.passage import Heading, Level, Passage

_TITLE = 90  # characters
_FIRST_WORDS = 56  # of a place without a title
_MARKER = re.compile(r"(?:Điều\s+\w+[.:]?|\(?[\w.]{1,6}[.)/])\s+")  # the label says it already
_TOO_FINE = frozenset({Level.POINT, Level.SUBPOINT})  # a law has thousands


@dataclass(slots=True)
class Node:
    """`anchor`: of the first paragraph below it."""

    label: str
    title: str
    anchor: str
    nodes: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """`places`: for each passage the anchors of the places that begin at it, outermost first."""

    nodes: tuple[Node, ...]
    places: tuple[tuple[str, ...], ...]


def outline(passages: Sequence[Passage], names: Sequence[str]) -> Outline:
    """`names` are the anchors of the passages, as `corpus.anchors.anchors` gives them."""
    top: list[Node] = []
    open_nodes: list[tuple[object, Node]] = []
    taken = set(names)
    places = []
    for passage, name in zip(passages, names, strict=True):
        place = place_anchor(passage)
        begins = place not in taken
        taken.add(place)
        places.append((place,) if begins and place else ())
        steps = list(_steps(passage))
        kept = _in_common(open_nodes, steps)
        del open_nodes[kept:]
        for key, label, title in steps[kept:]:
            node = Node(label, title, name)
            (open_nodes[-1][1].nodes if open_nodes else top).append(node)
            open_nodes.append((key, node))
    return Outline(tuple(top), tuple(places))


def _steps(passage: Passage) -> Iterator[tuple[object, str, str]]:
    """Key, label and title of every node above a passage."""
    if not passage.headings:
        yield passage.zone, passage.zone.value, ""
        return
    above: tuple[Heading, ...] = ()
    for heading in passage.headings:
        if heading.level in _TOO_FINE:
            return
        above = (*above, heading)
        yield (heading.level, heading.number), _label(heading), _title(heading, passage, above)


def _title(heading: Heading, passage: Passage, path: tuple[Heading, ...]) -> str:
    """The title, or the first words of the paragraph where that is the place's own."""
    if heading.title:
        return shortened(heading.title, _TITLE)
    if passage.headings != path:
        return ""
    marker = _MARKER.match(passage.text)
    return shortened(passage.text[marker.end() if marker else 0 :], _FIRST_WORDS)


def _label(heading: Heading) -> str:
    return heading.label[0].upper() + heading.label[1:]


def _in_common(open_nodes: Sequence[tuple[object, Node]], steps: Sequence[tuple[object, str, str]]) -> int:
    common = 0
    for (key, _), (step, _, _) in zip(open_nodes, steps, strict=False):
        if key != step:
            break
        common += 1
    return common
