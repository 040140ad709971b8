"""Questions in English, word for word in Vietnamese, as far as the glossary goes.

Not a translation that anybody should read as one: it serves the search by words and the cues for what is
asked. The vector of the question comes from the English words. The data is `assistant/data/english*`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from assistant.data_rows import data_rows
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
    "come into force": "có hiệu lực",
    "take effect": "có hiệu lực",
    "in force": "có hiệu lực",
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
# Never counted inside a phrase: "merger of the communes", "people's council".
_ARTICLES = frozenset({"a", "an", "s", "the"})
_LONGEST = 10  # words, articles included
_CODE = re.compile(r"\b\d+ ?[-/] ?[A-Za-zĐđ][\w/-]*")
_WHICH = "nào"
_POINT = re.compile(r"[a-hđ]")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Gloss:
    """`text`: the Vietnamese words in the order of the English ones. `unknown`: matters with no entry."""

    text: str
    related: tuple[Related, ...]
    unknown: tuple[str, ...]


def gloss(question: str, stands: Callable[[str], bool] = lambda _: True) -> Gloss:
    """Put the words of an English question into Vietnamese, in terms that the documents have, if any."""
    out: list[str] = []
    related: list[Related] = []
    unknown: list[str] = []
    syllables = 0
    which = False
    for phrase, terms in meanings(question):
        if terms:
            terms = tuple(sorted(terms, key=lambda term: not stands(term)))
            size = len(words(terms[0]))
            related.append(Related(phrase, terms, syllables, syllables + size))
            if which:  # "which district" is "huyện nào"
                related[-1] = replace(related[-1], start=syllables - 1, end=syllables - 1 + size)
            out.insert(len(out) - which, terms[0])
            which = terms[0] == _WHICH
            syllables += size
        elif not is_idle(phrase):
            unknown.append(phrase)
    return Gloss(" ".join(out), tuple(r for r in related if len(r.terms) > 1), tuple(unknown))


def meanings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases of an English text in order, each with its Vietnamese terms; () for one without entry."""
    spoken = _spoken(text)
    at = 0
    while at < len(spoken):
        end, terms = _entry(spoken, at)
        end = max(end, at + 1)
        yield " ".join(spoken[at:end]), terms
        at = end


def _spoken(question: str) -> list[str]:
    """The words of a question; the number of a document is one word."""
    found: list[str] = []
    done = 0
    for code in _CODE.finditer(question):
        found += [*words(question[done : code.start()]), code.group().upper()]
        done = code.end()
    return found + words(question[done:])


def _entry(spoken: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    if number := _place_number(spoken, at):
        return at + 2, (f"{_PLACES[spoken[at]]} {number}",)
    if spoken[at].isdigit() or _CODE.fullmatch(spoken[at]):
        return at + 1, (spoken[at],)
    if ordinal := _ORDINAL.fullmatch(spoken[at]):
        return at + 1, (ordinal[1],)
    ends = [at + 1]
    ends += [i + 1 for i in range(at + 1, min(len(spoken), at + _LONGEST)) if spoken[i] not in _ARTICLES]
    said = [spoken[end - 1] for end in ends]
    forms = [_forms(word) for word in said]
    found = [key for form in forms[0] for key in _entries_from().get(form, ()) if _is_said(key, forms)]
    if not found:
        return at, ()
    key = max(found, key=lambda key: (len(key), sum(k == w for k, w in zip(key, said, strict=False))))
    if len(key) == 1 and key[0] != said[0] and said[0] in _idle():
        return at, ()
    return ends[len(key) - 1], _glossary()[key]


def _place_number(spoken: list[str], at: int) -> str:
    after = spoken[at + 1] if spoken[at] in _PLACES and at + 1 < len(spoken) else ""
    if _PLACE_NUMBER.fullmatch(after) or (spoken[at] == "point" and _POINT.fullmatch(after)):
        return after.upper() if after.isalpha() and spoken[at] != "point" else after
    return ""


def _is_said(key: tuple[str, ...], forms: list[tuple[str, ...]]) -> bool:
    return len(key) <= len(forms) and all(k in form for k, form in zip(key, forms, strict=False))


def _forms(word: str) -> tuple[str, ...]:
    """The word as it is, then what it may be a form of."""
    base = _irregular().get(word)
    return (word, *((base,) if base else _without_ending(word)))


def _without_ending(word: str) -> Iterator[str]:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("es") and len(word) > 4:
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1]
    if word.endswith("ily") and len(word) > 5:
        yield word[:-3] + "y"
    for ending in ("ed", "ing", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def is_idle(word: str) -> bool:
    """Whether an English word only asks or joins."""
    return len(word) == 1 or any(form in _idle() for form in _forms(word))


@cache
def _idle() -> frozenset[str]:
    """Words that ask or join and name no matter."""
    return frozenset(word for (word,) in data_rows("english_idle.txt"))


@cache
def _irregular() -> dict[str, str]:
    """The base of forms that no ending tells: "took", "higher"."""
    return dict(data_rows("english_irregular.tsv"))


@cache
def _entries_from() -> dict[str, list[tuple[str, ...]]]:
    """The entries by their first word."""
    entries: dict[str, list[tuple[str, ...]]] = {}
    for key in _glossary():
        entries.setdefault(key[0], []).append(key)
    return entries


@cache
def _glossary() -> Entries:
    asking = {tuple(words(phrase)): (meaning,) for phrase, meaning in _QUESTION_WORDS.items()}
    entries = {**read_entries("english.tsv", str), **asking}
    return {(key[0], *(k for k in key[1:] if k not in _ARTICLES)): entries[key] for key in entries}
