"""Every place of a matter, for questions that ask where it stands. Does not recognise such questions."""

import re
from dataclasses import replace

from assistant import places
from assistant.composition import cite
from assistant.evidence import Evidence, Refusal
from assistant.question_words import QuestionWords, question_words
from assistant.reasons import absent_words, why_unrelated
from assistant.selection import ScoredSentence
from assistant.understanding.reading import unread
from corpus.citation import Citation
from corpus.text import words

_LIST = re.compile(r"[,;]|\b(?:và|hoặc|hay)\b")
_ABOUT_MATTER = 0.5  # share of the words of a matter from which on a sentence has it
_AS_MUCH = 0.75  # of the best share: the other places of the matter
_MOST_PLACES = 8


def everywhere(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """The best sentence of every passage that has the matter, the best passage first."""
    place = places.place_of(evidence.asked.text)
    ranked = [item for item in evidence.ranked if not place or places.lies_in(item.passage, place)]
    parts = _parts_of_matter(evidence)
    if len(parts) == 1 and absent_words(evidence):
        return Refusal(why_unrelated(evidence))  # "bảo hiểm y tế" is not where "y tế" alone stands
    shares: dict[str, float] = {}
    best: dict[str, ScoredSentence] = {}
    for item in ranked:
        share = max(part.coverage(item.terms) for part in parts)
        if share > shares.get(item.passage.id, -1.0):
            shares[item.passage.id], best[item.passage.id] = share, item
    most = max(shares.values(), default=0.0)
    if most < _ABOUT_MATTER:
        return Refusal(why_unrelated(evidence))
    held = [item for item in best.values() if shares[item.passage.id] >= _AS_MUCH * most]
    held.sort(key=lambda item: (-round(shares[item.passage.id], 1), -item.score))
    return cite(held[:_MOST_PLACES], evidence.index)


def _parts_of_matter(evidence: Evidence) -> list[QuestionWords]:
    """The words of the matter, and of each part of a list ("khu công nghiệp, cụm công nghiệp")."""
    parts = [part for part in _LIST.split(evidence.searched.text) if part.strip()]
    if len(parts) < 2:
        return [evidence.words]
    guessed = evidence.words.guessed
    each = [replace(evidence.searched, text=part.strip()) for part in parts if words(part)]
    return [evidence.words, *(question_words(unread(part), evidence.index, guessed=guessed) for part in each)]
