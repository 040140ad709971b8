"""Automatic numbers of Word paragraphs as Word shows them: "1.", "a)", "1.2", "Điều 3.", "-".

Follows numbering.xml, overrides and numbers that come with a style. Does not know counting words of other
languages; those are shown in digits.
"""

from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STYLES_DEEP = 12  # styles may be based on one another in a circle


def in_figures(number: int, format_name: str) -> str:
    """A number in one of Word's formats: decimal, decimalZero, lowerLetter, upperRoman and so on."""
    if format_name == "decimalZero":
        return f"{number:02d}"
    if format_name in ("lowerLetter", "upperLetter") and number > 0:
        # Word goes on with aa, bb, cc after z.
        text = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)
    elif format_name in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if format_name.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


class Numbering:
    """Counts the numbered paragraphs of one document; ask for each paragraph once, in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """`numbering` and `styles`: the roots of the parts of that name; None where there is none."""
        self._abstract = _by_id(numbering, "abstractNum", "abstractNumId")
        self._instances = _by_id(numbering, "num", "numId")
        self._styles = _by_id(styles, "style", "styleId")
        self._default_style = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{_WORD}type") == "paragraph" and style.get(f"{_WORD}default") in ("1", "true")
            ),
            "",
        )
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """The number in front of a paragraph, with a blank behind it; "" where it has none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number_id, level = place
        instance = self._instances.get(number_id)
        if instance is None:
            return ""
        abstract_id = _value(instance, "abstractNumId")
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        self._advance(counts, instance, number_id, level)
        text = self._shown(instance, counts, level)
        return f"{text} " if text else ""

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, else those of its style."""
        properties = paragraph.find(f"{_WORD}pPr")
        own = None if properties is None else properties.find(f"{_WORD}numPr")
        number_id = "" if own is None else _value(own, "numId")
        level = "" if own is None else _value(own, "ilvl")
        name = "" if properties is None else _value(properties, "pStyle")
        for style in self._with_bases(name or self._default_style):
            of_style = style.find(f"{_WORD}pPr/{_WORD}numPr")
            if of_style is not None:
                number_id = number_id or _value(of_style, "numId")
                level = level or _value(of_style, "ilvl") or self._level_of(number_id, style)
        if not number_id or number_id == "0":  # 0 takes the number of the style away
            return None
        return number_id, min(int(level), _LEVELS - 1) if level.isdecimal() else 0

    def _with_bases(self, name: str) -> list[Any]:
        found: list[Any] = []
        while (style := self._styles.get(name)) is not None and len(found) < _STYLES_DEEP:
            found.append(style)
            name = _value(style, "basedOn")
        return found

    def _level_of(self, number_id: str, style: Any) -> str:
        """The level that names a style as its own."""
        instance = self._instances.get(number_id)
        for level in range(_LEVELS) if instance is not None else ():
            found = self._level(instance, level)
            if found is not None and _value(found, "pStyle") == style.get(f"{_WORD}styleId"):
                return str(level)
        return ""

    def _advance(self, counts: list[int | None], instance: Any, number_id: str, level: int) -> None:
        override = _override(instance, level)
        restart = "" if override is None else _value(override, "startOverride")
        first = (number_id, level) not in self._started
        self._started.add((number_id, level))
        before = counts[level]
        if restart.isdecimal() and first:
            counts[level] = int(restart)
        else:
            counts[level] = self._start(instance, level) if before is None else before + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(instance, above)
        for below in range(level + 1, _LEVELS):
            found = self._level(instance, below)
            restart_after = "" if found is None else _value(found, "lvlRestart")
            # A level starts anew after any higher one, or only after the one named (0: never).
            if not restart_after.isdecimal() or level < int(restart_after):
                counts[below] = None

    def _shown(self, instance: Any, counts: list[int | None], level: int) -> str:
        found = self._level(instance, level)
        if found is None:
            return ""
        if _value(found, "numFmt") == "bullet":
            return "-"
        text = _value(found, "lvlText")
        legal = found.find(f"{_WORD}isLgl") is not None
        for other in range(_LEVELS):
            if f"%{other + 1}" not in text:
                continue
            of_level = self._level(instance, other)
            name = "decimal" if of_level is None else _value(of_level, "numFmt") or "decimal"
            number = "" if name == "none" else in_figures(counts[other] or 0, "decimal" if legal else name)
            text = text.replace(f"%{other + 1}", number)
        return text.strip()

    def _start(self, instance: Any, level: int) -> int:
        found = self._level(instance, level)
        start = "" if found is None else _value(found, "start")
        return int(start) if start.isdecimal() else 1 if start == "" and found is not None else 0

    def _level(self, instance: Any, level: int) -> Any | None:
        override = _override(instance, level)
        own = None if override is None else override.find(f"{_WORD}lvl")
        return own if own is not None else self._abstract_level(_value(instance, "abstractNumId"), level, 2)

    def _abstract_level(self, abstract_id: str, level: int, links: int) -> Any | None:
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return None
        for found in abstract.findall(f"{_WORD}lvl"):
            if found.get(f"{_WORD}ilvl") == str(level):
                return found
        # A list that only names a list style has its levels there.
        style = self._styles.get(_value(abstract, "numStyleLink"))
        linked = None if style is None else style.find(f"{_WORD}pPr/{_WORD}numPr")
        instance = None if linked is None else self._instances.get(_value(linked, "numId"))
        if instance is None or not links:
            return None
        return self._abstract_level(_value(instance, "abstractNumId"), level, links - 1)


def _by_id(root: Any | None, name: str, key: str) -> dict[str, Any]:
    if root is None:
        return {}
    return {element.get(f"{_WORD}{key}", ""): element for element in root.findall(f"{_WORD}{name}")}


def _override(instance: Any, level: int) -> Any | None:
    for found in instance.findall(f"{_WORD}lvlOverride"):
        if found.get(f"{_WORD}ilvl") == str(level):
            return found
    return None


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_WORD}{name}")
    return "" if found is None else str(found.get(f"{_WORD}val", ""))
