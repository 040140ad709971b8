"""Which sentences of the found passages answer a question.

Scores every sentence of the candidate passages by the question's words it holds, by its vector, by its
passage and by the cues, then takes the best and those close behind. Does not decide whether the best is
good enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.cues import Cues, Nature, nature_key
from assistant.question import Question
from assistant.retriever import Found, Retrieval, scaled
from assistant.words import Word, word_statistics
from corpus.passage import Passage, Zone
from corpus.sentences import Span, sentences
from corpus.text import folded_terms, search_terms, with_bigrams
from vectorstore.index import Index, WindowScore

# Weights of a sentence's score, found on the tuning questions (docs/decisions); flat around these values.
_WORDS, _VECTOR, _PASSAGE, _CUES = 1.0, 1.0, 0.5, 0.1
_VECTOR_FOLDED = 0.2  # without diacritics the vector says little
# These name the document and answer nothing else, yet hold the words that everybody types ("tỉnh Bắc Giang").
_NAMING = frozenset({Zone.LETTERHEAD, Zone.TITLE, Zone.AUTHORITY, Zone.SIGNATURE})
HIGHEST_SCORE = _WORDS + _VECTOR + _PASSAGE + _CUES
# Who issued the documents and where ("tỉnh Bắc Giang") is the setting of every question, not its subject.
_SETTING = 0.2
# The words of the question before a follow-up that names a matter of its own.
_COLOUR = 0.3
# A two-syllable word whose syllables stand apart in the sentence counts for less than half.
_SCATTERED = 0.4


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a passage, `passage.text[span]`, with its search terms.

    `score` compares sentences for one question; `similarity` is the cosine of question and sentence.
    """

    passage: Passage
    span: Span
    terms: frozenset[str]
    score: float
    similarity: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.passage.text)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words of a question and how rare each is in this collection, 0..1."""

    words: tuple[Word, ...]
    folded: bool
    rarity: tuple[float, ...]

    def coverage(self, terms: frozenset[str]) -> float:
        """Weighted share (0..1) of the question's words among `terms`."""
        return self._share(terms, [word.weight for word in self.words])

    def rare_coverage(self, terms: frozenset[str]) -> float:
        """The same with words that stand all over the collection ("trên địa bàn tỉnh") counting little."""
        return self._share(terms, [w.weight * r for w, r in zip(self.words, self.rarity, strict=True)])

    def coloured_by(self, context: "QuestionWords") -> "QuestionWords":
        """These words, with those of an earlier question counting `_COLOUR` of their own weight together."""
        own, earlier = (sum(word.weight for word in words.words) for words in (self, context))
        share = _COLOUR * own / earlier if earlier else 0.0
        faint = tuple(replace(word, weight=word.weight * share) for word in context.words)
        return replace(self, words=self.words + faint, rarity=self.rarity + context.rarity)

    def _share(self, terms: frozenset[str], weights: Sequence[float]) -> float:
        total = sum(weights)
        held = sum(
            weight * _held(word, self.folded, terms) for word, weight in zip(self.words, weights, strict=True)
        )
        return held / total if total else 0.0


def question_words(question: Question, index: Index) -> QuestionWords:
    """Weigh the words of a question against the collection."""
    setting = index.issuer_terms(question.folded)
    found = tuple(
        replace(word, weight=word.weight * _SETTING) if word.key(question.folded) in setting else word
        for word in word_statistics().words(question.text)
    )
    size = max(1, len(index.passages))
    shares = [index.lexical.share_of_passages(word.key(question.folded), question.folded) for word in found]
    rarity = tuple(
        float(np.log((size + 1) / (share * size + 0.5)) / np.log((size + 1) / 0.5)) for share in shares
    )
    return QuestionWords(found, question.folded, rarity)


def score_sentences(
    retrieval: Retrieval,
    words: QuestionWords,
    windows: Sequence[WindowScore],
    cues: Cues,
    natures: Mapping[object, Nature],
) -> list[ScoredSentence]:
    """All sentences of the found passages, best first."""
    similarities = {(window.passage_id, window.start): window.similarity for window in windows}
    scored = []
    for found in retrieval.found:
        if _says_nothing(found.passage, cues):
            continue
        nature = natures.get(nature_key(found.passage), Nature.NEITHER)
        shift = _PASSAGE * found.lexical + _CUES * cues.agreement(found.passage, nature)
        scored += _of_passage(found, words, similarities, (retrieval.floor, retrieval.ceiling), shift)
    scored.sort(key=lambda item: (-item.score, item.passage.document_id, item.passage.start, item.span.start))
    return scored


def _of_passage(
    found: Found,
    words: QuestionWords,
    similarities: Mapping[tuple[str, int], float],
    scale: tuple[float, float],
    shift: float,
) -> list[ScoredSentence]:
    passage = found.passage
    result = []
    similarity = scale[0]
    for span, held in sentence_terms(passage.text, words.folded):
        # A sentence inside a longer window has that window's vector.
        similarity = similarities.get((passage.id, span.start), similarity)
        vector = _VECTOR_FOLDED if words.folded else _VECTOR
        score = _WORDS * words.rare_coverage(held) + vector * scaled(similarity, *scale) + shift
        result.append(ScoredSentence(passage, span, held, score, similarity))
    return result


def _says_nothing(passage: Passage, cues: Cues) -> bool:
    """Names of the document unless they are asked for, and operative markers ("QUYẾT NGHỊ:")."""
    marker = passage.text.isupper() and passage.text.endswith(":")
    return marker or (passage.zone in _NAMING and passage.zone not in cues.zones)


@lru_cache(maxsize=20_000)
def sentence_terms(text: str, folded: bool) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The sentences of a paragraph with their search terms; cached: questions meet the same passages."""
    return tuple((span, frozenset(terms(span.of(text), folded))) for span in sentences(text))


def terms(text: str, folded: bool) -> list[str]:
    """Search terms of a text, with or without diacritics: syllables and neighbouring pairs."""
    return with_bigrams(folded_terms(text) if folded else search_terms(text))


def _held(word: Word, folded: bool, terms: frozenset[str]) -> float:
    key = word.key(folded)
    if key in terms:
        return 1.0
    first, _, second = key.partition("_")
    return _SCATTERED if second and first in terms and second in terms else 0.0
