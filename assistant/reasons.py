"""Why there is no answer: what is absent, what is not stated, which document is not held."""

from collections.abc import Sequence

from assistant.cited import held_documents
from assistant.evidence import Evidence
from assistant.expectation import Expectation
from assistant.names import laws_in, names_in, neighbours
from assistant.words import Word
from corpus.references import references_in
from prompts import say

_WEIGHTY = 5.0  # weight of a word in one question out of 150; lighter words are no topic
_NAMED_WORDS = 3


def absent_words(evidence: Evidence) -> list[Word]:
    """The question's two-syllable words that stand in no document, weightiest first."""
    folded, lexical = evidence.words.folded, evidence.index.lexical

    def stands(word: Word) -> bool:
        return lexical.share_of_passages(word.key(folded), folded) > 0

    absent = [
        term.word
        for term in evidence.words.terms
        if term.word.is_topical
        and not stands(term.word)
        and not any(all(map(stands, words)) for words in term.official)
    ]
    return sorted(absent, key=lambda word: -word.weight)


def why_unrelated(evidence: Evidence) -> str:
    """That nothing is close, and which words of the question stand nowhere."""
    language = evidence.language
    if language == "en":
        absent = list(evidence.understood.searched.unknown)
    else:
        absent = [word.text for word in absent_words(evidence) if word.weight >= _WEIGHTY]
    if not absent:
        return say("reason_unrelated", language)
    return say("reason_absent_words", language, words=quoted(absent))


def unknown_names(evidence: Evidence) -> list[str]:
    """Names that stand in no document: "hơn Bắc Ninh không?" cannot be answered without Bắc Ninh."""
    lexical = evidence.index.lexical
    laws = [law for law in laws_in(evidence.asked.text) if not evidence.index.has_phrase(law)]
    return laws + [
        " ".join(syllable.capitalize() for syllable in name)
        for name in names_in(evidence.asked.text)
        if not all(lexical.share_of_passages(key, folded=False) for key in neighbours(name))
    ]


def what_is_lacking(expected: Expectation, evidence: Evidence) -> str:
    """That the paragraph does not state it, and which document that is not held it refers to."""
    language = evidence.language
    reason = say("reason_lacks", language, asked=expected.named(language))
    nearest = evidence.ranked[0].text
    for reference in references_in(nearest):
        if not held_documents(evidence.index, reference):
            return f"{reason} {say('cites_unheld', language, document=reference.span.of(nearest))}"
    return reason


def quoted(words: Sequence[str]) -> str:
    """The first few words, in quotation marks."""
    return ", ".join(f"“{word}”" for word in words[:_NAMED_WORDS])
