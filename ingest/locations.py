"""The place of a paragraph as officials write it: "Điều 2, khoản 4", "Phụ lục I, mục II.1.a".

Does not count paragraphs and does not know text.
"""

from collections import defaultdict
from collections.abc import Iterable

from corpus.passage import Heading, Level
from ingest.numbering import Kind, kind_of

_DIVISIONS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION})
_NESTED = frozenset({Level.ITEM, Level.POINT, Level.SUBPOINT})
Steps = tuple[tuple[Level, str], ...]


class Addresses:
    """Addresses within one document, given the headings above each of its paragraphs.

    Phần, Chương and Mục (in Party texts I, II …) are not cited above a Điều, because Điều numbers run
    through the whole text. Where they start again in a chapter all the same, the chapter is part of the
    address.
    """

    def __init__(self, paths: Iterable[tuple[Heading, ...]]) -> None:
        above: dict[Steps, set[Steps]] = defaultdict(set)
        last: Steps = ()
        for path in paths:
            to_article = _to_article(path)
            if to_article and to_article != last:
                last = to_article
                above[_without_divisions(to_article)].add(to_article)
        self._repeated = {address for address, full in above.items() if len(full) > 1}
        self._last: tuple[tuple[Heading, ...], tuple[str, ...]] = ((), ())

    def of(self, path: tuple[Heading, ...]) -> tuple[str, ...]:
        """ "Điều 2", "khoản 4"; what stands below a mục is one step with it: "mục II.1.a"."""
        if path is not self._last[0]:  # paragraphs of one place follow each other
            self._last = path, tuple(self._steps(path))
        return self._last[1]

    def _steps(self, path: tuple[Heading, ...]) -> list[str]:
        to_article = _to_article(path)
        short = bool(to_article) and _without_divisions(to_article) not in self._repeated
        cited: list[str] = []
        item = ""
        for depth, heading in enumerate(path):
            if short and (heading.level in _DIVISIONS or _divides(heading, depth, to_article)):
                continue
            if heading.level in _NESTED and item:
                item = _nested(item, heading.number)
                cited[-1] = f"{Level.ITEM.value} {item}"
                continue
            item = heading.number if heading.level is Level.ITEM else ""
            cited.append(heading.label)
        return cited


def _to_article(path: tuple[Heading, ...]) -> Steps:
    """Levels and numbers down to the Điều; empty where there is none."""
    depth = next((i for i, heading in enumerate(path, 1) if heading.level is Level.ARTICLE), 0)
    return tuple((heading.level, heading.number) for heading in path[:depth])


def _divides(heading: Heading, depth: int, to_article: Steps) -> bool:
    return heading.level is Level.ITEM and depth < len(to_article)


def _without_divisions(steps: Steps) -> Steps:
    """Every step before a Điều that is no annex or attached text divides."""
    return tuple(step for step in steps if step[0] not in _DIVISIONS and step[0] is not Level.ITEM)


def _nested(outer: str, number: str) -> str:
    """II and 1 is II.1; II.1 and 1.1 is II.1.1, because "1.1" repeats the 1; II.a and a.1 is II.a.1."""
    if kind_of(number) is Kind.DOTTED:
        repeated = number.rpartition(".")[0]
        if outer == repeated or outer.endswith("." + repeated):
            return outer.removesuffix(repeated) + number
    return f"{outer}.{number}"
