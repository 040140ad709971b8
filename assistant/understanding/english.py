"""Questions in English, word for word in Vietnamese, as far as the glossary goes.

Not a translation that anybody should read as one: it serves the search by words and the cues for what is asked.
The vector of the question comes from the English words. The data is `assistant/data/english.tsv`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.understanding.glossary import Entries, Related, read_entries
from corpus.text import words

# What asks, in the words by which Vietnamese questions are recognised.
_QUESTION_WORDS = {
    "how many": "bao nhiêu",
    "how much": "bao nhiêu",
    "what percentage": "bao nhiêu phần trăm",
    "what percent": "bao nhiêu phần trăm",
    "what number": "số bao nhiêu",
    "what date": "ngày nào",
    "which date": "ngày nào",
    "which year": "năm nào",
    "what year": "năm nào",
    "what time": "khi nào",
    "by when": "khi nào",
    "when": "khi nào",
    "who": "ai",
    "whose": "của ai",
    "whom": "ai",
    "why": "vì sao",
    "where": "ở đâu",
    "what is required": "phải làm gì",
    "what should be done": "phải làm gì",
    "what must be done": "phải làm gì",
    "what has to be done": "phải làm gì",
    "what needs to be done": "phải làm gì",
    "what to do": "phải làm gì",
    "how long": "bao nhiêu lâu",
    "how big": "quy mô bao nhiêu",
    "how large": "quy mô bao nhiêu",
    "how high": "mức bao nhiêu",
    "how often": "bao nhiêu lần",
    "how": "như thế nào",
    "which": "nào",
    "must": "phải",
    "should": "phải",
    "task": "nhiệm vụ",
    "assess": "đánh giá",
    "assessment": "đánh giá",
    "this resolution": "nghị quyết này",
    "the resolution": "nghị quyết này",
    "came into force": "có hiệu lực",
    "come into force": "có hiệu lực",
    "take effect": "có hiệu lực",
    "in force": "có hiệu lực",
    "signed": "ký",
    "sign": "ký",
    "first half": "6 tháng đầu năm",
    "first six months": "6 tháng đầu năm",
    "second half": "6 tháng cuối năm",
    "last six months": "6 tháng cuối năm",
}
_PLACES = {
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
    "chapter": "Chương",
    "section": "mục",
    "appendix": "Phụ lục",
    "annex": "Phụ lục",
}
_PLACE_NUMBER = re.compile(r"\d{1,3}[a-z]?|[ivxlc]{1,5}")
# Words that ask or join and name no matter.
_IDLE = frozenset(
    """a about above according after all also am an and any anything are as at be because been before being below
    between both but by can could did do does doing done during each else ever every exactly for from get give
    given go going good had has have having he her here him his i if in into is it its itself just know let like
    list make many may me mean might mine more most much my name need no nor not now of off on once one only or
    other our out over own please quite s said same say says see she show so some something still such sure t
    take tell than that the their them then there these they thing things this those through to too under until
    up upon us use very want was way we well were what whatever whether while will with within would yes yet you
    your summarise summarize summary explain describe mention mentioned regarding concerning concern related
    document text anything actually currently specific specifically main key""".split()
)


@dataclass(frozen=True, slots=True)
class Gloss:
    """`text`: the Vietnamese words in the order of the English ones. `unknown`: matters with no entry."""

    text: str
    related: tuple[Related, ...]
    unknown: tuple[str, ...]


def gloss(question: str, stands: Callable[[str], bool] = lambda _: True) -> Gloss:
    """Put the words of an English question into Vietnamese, in terms that the documents have where there are."""
    spoken = words(question)
    out: list[str] = []
    related: list[Related] = []
    unknown: list[str] = []
    at = syllables = 0
    while at < len(spoken):
        end, terms = _entry(spoken, at)
        if terms:
            terms = tuple(sorted(terms, key=lambda term: not stands(term)))
            size = len(words(terms[0]))
            related.append(Related(" ".join(spoken[at:end]), terms, syllables, syllables + size))
            out.append(terms[0])
            syllables += size
        elif not _is_idle(spoken[at]):
            unknown.append(spoken[at])
        at = max(end, at + 1)
    return Gloss(" ".join(out), tuple(r for r in related if len(r.terms) > 1), tuple(unknown))


def _entry(spoken: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    if spoken[at] in _PLACES and at + 1 < len(spoken) and _PLACE_NUMBER.fullmatch(spoken[at + 1]):
        return at + 2, (f"{_PLACES[spoken[at]]} {spoken[at + 1].upper()}",)
    if spoken[at].isdigit():
        return at + 1, (spoken[at],)
    for end in range(min(len(spoken), at + 6), at, -1):
        for phrase in _base_forms(spoken[at:end]):
            if phrase in _glossary():
                return end, _glossary()[phrase]
    return at, ()


def _base_forms(phrase: list[str]) -> Iterator[tuple[str, ...]]:
    """The phrase as it is, and with endings of its last and first word taken off."""
    yield tuple(phrase)
    for last in _without_ending(phrase[-1]):
        yield (*phrase[:-1], last)
    if len(phrase) > 1:
        for first in _without_ending(phrase[0]):
            yield (first, *phrase[1:])


def _without_ending(word: str) -> Iterator[str]:
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("es") and len(word) > 4:
        yield word[:-2]
    if word.endswith("s") and len(word) > 3:
        yield word[:-1]
    if word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"
    for ending in ("ed", "ing", "d", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _is_idle(word: str) -> bool:
    return word in _IDLE or len(word) == 1


@cache
def _glossary() -> Entries:
    asking = {tuple(words(phrase)): (meaning,) for phrase, meaning in _QUESTION_WORDS.items()}
    return {**read_entries("english.tsv", str), **asking}
