"""Whether the sentences that a language model wrote are borne out by what they cite.

Deliberately plain and independent of the product's own checks, so that it can judge them: a sentence counts
as supported when it names a citation there is, every number in it stands in the cited words, and most of its
syllables do. Says nothing of meaning: a turned-round sentence with the same words passes.
"""

import re

from corpus.sentences import sentences
from corpus.text import search_terms
from evaluation.given import GivenAnswer
from evaluation.statistics import Part

_MARKER = re.compile(r"\[(\d+)\]")
# "… rác thải. [1]": the marker belongs to the sentence before it.
_BEHIND_STOP = re.compile(r"([.!?]+[”\"]?)((?:[ \t]*\[\d+\])+)")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
_LEAST_SHARE = 0.6  # of a sentence's syllables; connectives make up a third of Vietnamese running text


def supported_sentences(given: GivenAnswer) -> Part:
    """Supported sentences and all sentences of an answer."""
    text = _BEHIND_STOP.sub(r" \2\1", given.text)
    spans = [part.of(line) for line in text.split("\n") for part in sentences(line)]
    written = [sentence for sentence in spans if search_terms(_MARKER.sub(" ", sentence))]
    return sum(_is_supported(sentence, given) for sentence in written), len(written)


def _is_supported(sentence: str, given: GivenAnswer) -> bool:
    numbers = [int(number) for number in _MARKER.findall(sentence)]
    if not numbers or not all(1 <= number <= len(given.citations) for number in numbers):
        return False
    cited = " ".join(given.citations[number - 1].quote for number in numbers)
    claim = _MARKER.sub(" ", sentence)
    if not set(_NUMBER.findall(claim)) <= set(_NUMBER.findall(cited)):
        return False
    held, terms = set(search_terms(cited)), search_terms(claim)
    return sum(term in held for term in terms) >= _LEAST_SHARE * len(terms)
