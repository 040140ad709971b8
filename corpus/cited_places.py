"""Places inside another text, as officials write them: "điểm a, b khoản 2 và khoản 3 Điều 75".

Reads both orders, innermost first or "Điều 5, khoản 2". Does not know whether such a place exists.
"""

import re

# Outline address, outermost first: (("Điều", "75"), ("khoản", "2")).
Place = tuple[tuple[str, str], ...]

_RANK = {
    name: rank
    for rank, name in enumerate(["Phụ lục", "Phần", "Chương", "Mục", "Điều", "mục", "khoản", "điểm"])
}
_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,2})*[a-zđ]?|[IVXLC]{1,7}(?:\.\d{1,2})*|[A-E](?=\W|$)|[a-zđ]\d?)(?![\w/]|[-.]\w)"
)
_AND = r"\s*(?:,|;|và|hoặc|,\s*và)\s*"
_LEVEL = r"(?:các\s+)?(?P<level>[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần(?:\s+thứ)?|[Pp]hụ lục)"
_STEP = re.compile(rf"{_LEVEL}\s+(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)")
_ONE = re.compile(_NUMBER)
_BETWEEN = re.compile(rf"(?:{_AND}|\s+(?:của\s+|thuộc\s+|tại\s+)?|)")
_LEADS_TO_NAME = re.compile(
    r"\s*(?:của|tại|thuộc|trong|ban hành kèm theo|kèm theo|(?:của\s+)?(?:Quy định|Quy chế|Điều lệ)\s+"
    r"(?:ban hành\s+)?kèm theo)?\s*"
)
_REACH = 300  # characters in front of a name in which its places stand


def places_in(text: str) -> tuple[Place, ...]:
    """The places of a text, in order."""
    return _assembled([(_level(step), step) for step in _STEP.finditer(text)])


def places_before(text: str, end: int) -> tuple[Place, ...]:
    """The places that lead to the name that begins at `end`: "khoản 2 Điều 75 của" before "Luật X"."""
    start = max(0, end - _REACH)
    run: list[re.Match[str]] = []
    for step in _STEP.finditer(text, start, end):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), step.start()):
            run = []
        run.append(step)
    if not run or not _LEADS_TO_NAME.fullmatch(text, run[-1].end(), end):
        return ()
    return _assembled([(_level(step), step) for step in run])


def _level(step: re.Match[str]) -> str:
    printed = step["level"].split()[0]
    if step["level"].lower().startswith("phụ"):
        return "Phụ lục"
    if printed == "Mục" and step["numbers"][0].isdigit():
        return "Mục"  # of a chapter; "mục II.1" is that of a plan
    lower = printed.lower()
    return lower.capitalize() if lower in ("điều", "chương", "phần") else lower


def _assembled(steps: list[tuple[str, re.Match[str]]]) -> tuple[Place, ...]:
    """Steps to whole addresses. A run that ends with what is inside is read outermost first."""
    if not steps:
        return ()
    levels = [(level, _ONE.findall(step["numbers"])) for level, step in steps]
    highest = min(_RANK[level] for level, _ in levels)
    found = _inwards(levels) if _RANK[levels[-1][0]] > highest else _outwards(levels)
    return tuple(dict.fromkeys(found))


def _outwards(levels: list[tuple[str, list[str]]]) -> list[Place]:
    """ "điểm a khoản 1 và khoản 3 Điều 5": each step encloses what stands open before it."""
    done: list[Place] = []
    open_: list[Place] = []
    for level, numbers in levels:
        inside = [place for place in open_ if _RANK[place[0][0]] > _RANK[level]]
        open_ = [place for place in open_ if place not in inside]
        open_ += [((level, number),) for number in (numbers[:-1] if inside else numbers)]
        open_ += [((level, numbers[-1]), *place) for place in inside]
        if level == "Điều":
            done, open_ = [*done, *open_], []
    return [*done, *open_]


def _inwards(levels: list[tuple[str, list[str]]]) -> list[Place]:
    """ "Điều 5, khoản 2": each step lies inside the last one of a higher level."""
    found: list[Place] = []
    path: Place = ()
    for level, numbers in levels:
        above = tuple(part for part in path if _RANK[part[0]] < _RANK[level])
        if found and found[-1] == above:
            found.pop()
        found += [(*above, (level, number)) for number in numbers]
        path = found[-1]
    return found


def written(place: Place) -> str:
    """The place as officials write it in running text, innermost first: "khoản 2 Điều 75"."""
    return " ".join(f"{level} {number}" for level, number in reversed(place))
