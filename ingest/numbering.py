"""Numbers of an outline: which kind they are and which one comes next.

Knows 1, 1a, 1.1, (1), I, A and a; does not know paragraphs.
"""

import re
from enum import IntEnum

_POINTS = "abcdđeghiklmnopqrstuvxy"  # order of điểm: no f, j, w, z; đ follows d
_LATIN = "abcdefghijklmnopqrstuvwxyz"  # what a word processor counts by itself
_LETTERS = ("ABCDEFGH", "ABCDĐEGH")  # both orders are in use
_ROMAN = re.compile(r"(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")  # up to 99: "C." and "M." are initials of people
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ARABIC = re.compile(r"(\d{1,3})([a-zđ]?)")
_LONGEST_GAP = 2  # numbers; a wider one is an amount or a year rather than a lost paragraph


class Kind(IntEnum):
    """Kinds of item numbers; letters and Roman numbers are above the others."""

    LETTER = 0
    ROMAN = 1
    ARABIC = 2
    DOTTED = 3
    BRACKETED = 4


def kind_of(number: str) -> Kind:
    """The kind of an item's number: "A", "II", "3" or "3a", "3.1", "(1)"."""
    if number.startswith("("):
        return Kind.BRACKETED
    if "." in number:
        return Kind.DOTTED
    if number[0].isdigit():
        return Kind.ARABIC
    return Kind.LETTER if number in _LETTERS[0] + _LETTERS[1] else Kind.ROMAN


def parents(opened: list[str], number: str) -> list[str]:
    """Which of the open items, outermost first, item `number` stands below.

    I may stand above A or below it: what was opened first is above. "2.1" stands below "2".
    """
    kind = kind_of(number)
    if kind is Kind.BRACKETED:
        return [n for n in opened if kind_of(n) is not kind]
    if kind is Kind.DOTTED:
        return [n for n in opened if kind_of(n) < Kind.ARABIC or number.startswith(n + ".")]
    sibling = next((place for place, n in enumerate(opened) if kind_of(n) is kind), len(opened))
    return [n for n in opened[:sibling] if kind_of(n) < Kind.ARABIC]


def skipped_items(opened: list[str], number: str) -> int | None:
    """How many items are missing before `number`; None where it does not continue what is open."""
    kind = kind_of(number)
    siblings = [n for n in opened if kind_of(n) is kind]
    if kind is not Kind.DOTTED:
        return missing(siblings[0] if siblings else None, number)
    above, _, last = number.rpartition(".")
    previous = next((n.rpartition(".")[2] for n in siblings if n.rpartition(".")[0] == above), None)
    # "2.1" needs an open 2, or no numbers above at all: "Chương 2" and then "2.1".
    fits = previous or above in opened or all(kind_of(n) is not Kind.ARABIC for n in opened)
    return missing(previous, last) if fits else None


def missing(previous: str | None, number: str) -> int | None:
    """How many numbers were skipped after `previous`; None where `number` does not continue it.

    A first number has to be 1, I or A: "1999. …" in running text continues nothing.
    """
    kind = kind_of(number)
    if kind is Kind.LETTER:
        return 0 if any(_follows(order, previous, number) for order in _LETTERS) else None
    if kind is Kind.ROMAN:
        if not _ROMAN.fullmatch(number):
            return None
        return _gap(_roman_value(previous or ""), _roman_value(number))
    base, letter = _split(number.strip("()"))
    last, last_letter = _split((previous or "0").strip("()"))
    if letter:
        return 0 if base == last > 0 and letter > last_letter else None
    return _gap(last, base)


def is_next_point(previous: str | None, letter: str) -> bool:
    """Whether điểm `letter` follows `previous`; the first one is a."""
    return skipped_points(previous, letter) == 0


def skipped_points(previous: str | None, letter: str) -> int | None:
    """How many điểm are missing between `previous` and `letter`; None where it does not continue them.

    đ is not missing between d and e, nor f between e and g: both alphabets are in use.
    """
    if previous is None or previous not in _POINTS + _LATIN:
        return 0 if letter == "a" else None
    gaps = (o.find(letter) - o.find(previous) - 1 for o in (_POINTS, _LATIN) if letter in o and previous in o)
    return min((gap for gap in gaps if 0 <= gap <= _LONGEST_GAP), default=None)


def _gap(last: int, found: int) -> int | None:
    skipped = found - last - 1
    return skipped if 0 <= skipped <= (_LONGEST_GAP if last else 0) else None


def _follows(order: str, previous: str | None, letter: str) -> bool:
    place = order.find(letter)
    return place != -1 and place == (order.find(previous) + 1 if previous else 0)


def _split(number: str) -> tuple[int, str]:
    match = _ARABIC.fullmatch(number)
    return (int(match.group(1)), match.group(2)) if match else (0, "")


def _roman_value(number: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in number]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=False))
