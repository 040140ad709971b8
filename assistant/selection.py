"""Which sentences of the found passages answer a question.

Scores every sentence of the candidate passages by the question's words it holds, by its vector, by its
passage and by the cues, then takes the best and those close behind. Does not decide whether the best is
good enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.cues import Cues, Nature, nature_key
from assistant.question_words import QuestionWords
from assistant.retriever import Found, Retrieval, scaled
from corpus.passage import Passage, Zone
from corpus.sentences import Span, sentences
from vectorstore.index import WindowScore

# Weights of a sentence's score, found on the tuning questions (docs/decisions); flat around these values.
_WORDS, _VECTOR, _PASSAGE, _CUES = 1.0, 0.7, 0.5, 0.1
_VECTOR_FOLDED = 0.2  # of a question taken as typed without diacritics
_LEAD_IN = 0.4  # "… một số nhiệm vụ, giải pháp sau:" announces and says nothing
# These name the document and answer nothing else, yet hold the words that everybody types ("tỉnh Bắc Giang").
_NAMING = frozenset({Zone.LETTERHEAD, Zone.TITLE, Zone.AUTHORITY, Zone.SIGNATURE})
# These rarely answer: what the text rests on and how it ends.
_FRAME, _FRAME_PENALTY = frozenset({Zone.PREAMBLE, Zone.CLOSING}), 0.2
HIGHEST_SCORE = _WORDS + _VECTOR + _PASSAGE + _CUES


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a passage, `passage.text[span]`, with its search terms.

    `score` compares sentences for one question; `similarity` is the cosine of question and sentence.
    `opposed`: it assesses where tasks are asked for, or the reverse.
    """

    passage: Passage
    span: Span
    terms: frozenset[str]
    score: float
    similarity: float
    opposed: bool = False

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.passage.text)


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
        agreement = cues.agreement(found.passage, nature)
        shift = _PASSAGE * found.lexical + _CUES * agreement
        if found.passage.zone in _FRAME - cues.zones:
            shift -= _FRAME_PENALTY
        scored += _of_passage(
            found, words, similarities, (retrieval.floor, retrieval.ceiling), shift, cues, agreement < 0
        )
    scored.sort(key=lambda item: (-item.score, item.passage.document_id, item.passage.start, item.span.start))
    return scored


def _of_passage(
    found: Found,
    words: QuestionWords,
    similarities: Mapping[tuple[str, int], float],
    scale: tuple[float, float],
    shift: float,
    cues: Cues,
    opposed: bool,
) -> list[ScoredSentence]:
    passage = found.passage
    result = []
    similarity = scale[0]
    for span in _sentences(passage.text):
        # Cached: questions meet the same passages.
        held = _terms(span.of(passage.text), (words.folded, words.guessed))
        # A sentence inside a longer window has that window's vector.
        similarity = similarities.get((passage.id, span.start), similarity)
        vector = _VECTOR_FOLDED if words.folded else _VECTOR
        sentence = span.of(passage.text)
        shift_here = shift + _CUES * cues.tone(sentence) - (_LEAD_IN if sentence.endswith(":") else 0.0)
        score = _WORDS * words.rare_coverage(held) + vector * scaled(similarity, *scale) + shift_here
        result.append(ScoredSentence(passage, span, held, score, similarity, opposed))
    return result


def _says_nothing(passage: Passage, cues: Cues) -> bool:
    """Names of the document unless they are asked for, and operative markers ("QUYẾT NGHỊ:")."""
    marker = passage.text.isupper() and passage.text.endswith(":")
    return marker or (passage.zone in _NAMING and passage.zone not in cues.zones)


@lru_cache(maxsize=20_000)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))


@lru_cache(maxsize=50_000)
def _terms(sentence: str, words: tuple[bool, bool]) -> frozenset[str]:
    folded, guessed = words
    return QuestionWords((), folded, guessed).search_terms(sentence)
