"""Headings that stand for what is below them: "5. Sở Giáo dục và Đào tạo" above its tasks a), b), c).

A question about such a matter matches the heading best, and the heading alone says nothing. Knows outlines;
does not decide whether to answer.
"""

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.question_words import QuestionWords
from assistant.selection import ScoredSentence
from corpus.passage import Passage
from vectorstore.index import Index

_MOST = 6  # paragraphs quoted of what a heading stands for
# Of a sentence, or of a lead-in ("… giải pháp sau:"), which has words of its own; a heading has neither.
_ENDS = (".", ";", ":", ",", "!", "?", "…", ")", "”")
_WORTH = (
    0.1  # of the question's words: what a paragraph must hold beyond its heading to be the one that is meant
)
_NEAR = 0.72


def paragraphs_below(index: Index, passage: Passage) -> list[Passage]:
    """What a bare heading stands for, in order; nothing for a paragraph that says something itself."""
    depth, after = len(passage.headings), index.rows[passage.id] + 1
    if not depth or passage.ordinal != 1 or passage.text.rstrip().endswith(_ENDS):
        return []
    below = []
    for row in range(after, len(index.passages)):  # no slice: of a large collection it would copy thousands
        follower = index.passages[row]
        same = follower.document_id == passage.document_id
        if not same or follower.headings[:depth] != passage.headings or len(follower.headings) == depth:
            break
        below.append(follower)
    return below


def without_bare_headings(evidence: Evidence) -> tuple[Sequence[ScoredSentence], Sequence[Passage]]:
    """The sentences that say something; and, where the best was a heading, the paragraphs it stands for.

    Of those paragraphs the ones that hold more of the question than the heading; all when none does.
    """
    index, best = evidence.index, evidence.ranked[0].passage
    found = {item.passage.id: item.passage for item in evidence.ranked}
    bare = {name for name, passage in found.items() if paragraphs_below(index, passage)}
    said = [item for item in evidence.ranked if item.passage.id not in bare]
    below = paragraphs_below(index, best)
    return said, _meant(best, below, evidence.words)[:_MOST]


def _meant(heading: Passage, below: Sequence[Passage], words: QuestionWords) -> Sequence[Passage]:
    held = words.search_terms(heading.text)
    gains = [words.coverage(held | words.search_terms(p.text)) - words.coverage(held) for p in below]
    most = max(gains, default=0.0)
    if most < _WORTH:
        return below
    best_first = sorted(zip(gains, below, strict=True), key=lambda pair: (-pair[0], pair[1].start))
    return [passage for gain, passage in best_first if gain >= _NEAR * most]
