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
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
_LEAST_SHARE = 0.6  # of a sentence's syllables; connectives make up a third of Vietnamese running text


def supported_sentences(given: GivenAnswer) -> Part:
    """Supported sentences and all sentences of an answer."""
    claims = [claim for line in given.text.split("\n") for claim in _claims(line)]
    written = [claim for claim in claims if _words(claim)]
    return sum(_is_supported(sentence, given) for sentence in written), len(written)


def _claims(line: str) -> list[str]:
    """The sentences of a line with the markers behind them; a quotation is one, however many it holds."""
    claims: list[str] = []
    for part in (span.of(line) for span in sentences(line)):
        quoting = bool(claims) and claims[-1].count("“") > claims[-1].count("”")
        if claims and (quoting or not _words(part)):
            claims[-1] += f" {part}"
        else:
            claims.append(part)
    return claims


def _words(text: str) -> list[str]:
    return search_terms(_MARKER.sub(" ", text))


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
