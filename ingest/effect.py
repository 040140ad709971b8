"""The day from which a text says it is in force: "Luật này có hiệu lực kể từ ngày 01/01/2022".

Reads the clause about the text itself only: not that of a single khoản of it, nor what it says of others.
Does not count days ("sau 45 ngày kể từ ngày ký").
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from ingest.genres import GENRES
from ingest.printed_dates import GAP, LONG_DATE, SHORT_DATE, iso_date

_DATE = rf"(?:{LONG_DATE}|{SHORT_DATE})"
_KINDS = "|".join(sorted(GENRES, key=len, reverse=True))
_CLAUSE = re.compile(
    rf"(?:{_KINDS})(?: này)?,?"
    rf"(?P<passed>(?: đã)? được [^;]{{1,300}}? thông qua[^;.]{{0,80}}?,?(?: và)?| được ban hành và|"
    rf" thay thế [^;]{{1,400}}?(?: và|,))?"
    rf" có hiệu lực(?: thi hành)?,?(?: kể)? từ ngày{GAP}"
    rf"(?:{_DATE}|\s?(?P<signed>ký|ban hành|(?:được )?thông qua)\b)"
)
_PASSED_ON = re.compile(rf"(?:{_KINDS}) này(?: đã)? được [^;]{{1,300}}? thông qua ngày{GAP}{_DATE}")
_SENTENCE = re.compile(
    r"(?:^|(?<=[.;:])\s+|(?<=thi hành)\s|(?<=\n))"
    r"(?:Điều \d+[.:]\s*|\d+[.)]\s*|[a-zđ]\)\s*|[-–]\s*)?(?=[A-ZĐ])"
)
_SAID = re.compile(r"có hiệu lực(?: thi hành)?,?(?: kể)? từ ngày")
_BEFORE = 500  # characters of the sentence before "có hiệu lực"
_AFTER = 80  # and behind it
_MOST = 50  # such words in one paragraph; a text says it once


def in_force_from(paragraphs: Iterable[str], issued_on: str | None) -> str | None:
    """ISO 8601, None where the text does not say; "kể từ ngày ký" is the date of issue if that is known."""
    texts = list(paragraphs)
    for text in texts:
        for said in islice(_SAID.finditer(text), _MOST):
            at = said.start()
            clause = _clause(text[max(0, at - _BEFORE) : at + _AFTER], min(at, _BEFORE))
            if clause:
                return _day(clause, texts, issued_on)
    return None


def _clause(around: str, word: int) -> re.Match[str] | None:
    """The clause whose sentence begins above `word`, the place of "có hiệu lực"."""
    for start in _SENTENCE.finditer(around, 0, word):
        clause = _CLAUSE.match(around, start.end())
        if clause and clause.end() > word:
            return clause
    return None


def _day(clause: re.Match[str], texts: Sequence[str], issued_on: str | None) -> str | None:
    signed = clause["signed"] or ""
    if signed.endswith("thông qua"):
        # The closing formula says when: "Nghị quyết này được Quốc hội … thông qua ngày …".
        sayings = (clause[0], *reversed(texts))
        passed = next((match for text in sayings if (match := _PASSED_ON.match(text))), None)
        return iso_date(passed) if passed else None
    return issued_on if signed else iso_date(clause)
