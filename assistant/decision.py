"""To answer or to refuse, and with which quotations.

The order matters: a named place or a question about the document itself is settled by the outline; anything
else must be close enough to the question and must hold the kind of thing asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import about, places
from assistant.answerability import Features, models
from assistant.composition import choose, cite, cite_whole
from assistant.evidence import Evidence
from assistant.expectation import expectation_of
from assistant.names import names_in, neighbours
from assistant.selection import ScoredSentence, terms
from assistant.words import Word
from corpus.citation import Citation
from corpus.passage import Passage, Zone
from prompts import say

_WEIGHTY = 5.0  # weight of a word in one question out of 150; lighter words are no topic
_NAMED_WORDS = 3
_WHOLE_PARAGRAPHS = 6  # of a place that is asked for as a whole
_DOCUMENTS = 3  # shown side by side when several have the place and the question names none
_CLOSE = 0.7  # of the best sentence, down to where one that holds the asked number or name is looked for


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in the question's language."""

    reason: str


def decide(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """Citations that answer, best first, or the reason why there are none."""
    language = evidence.asked.language
    if not evidence.ranked:
        return Refusal(say("reason_no_documents", language))
    if language != "vi":
        return Refusal(say("reason_language", language))
    if place := places.place_of(evidence.asked.text):
        return _from_place(evidence, place)
    if named := _in_named_zone(evidence):
        return cite(choose(named), evidence.index)
    if attribute := about.attribute_asked(evidence.asked.text):
        return _about_document(evidence, attribute)
    return _from_sentences(evidence)


def features(evidence: Evidence) -> Features:
    """The signs by which the best sentence is judged."""
    return Features(
        coverage=evidence.words.coverage(evidence.ranked[0].terms),
        similarity=max(sentence.similarity for sentence in evidence.ranked),
        absent_words=len(_absent_words(evidence)),
    )


def _is_close_enough(evidence: Evidence) -> bool:
    signs = features(evidence)
    if not signs.coverage:
        return False  # not one word in common: whatever the vectors say, nobody could see why it was quoted
    return models()["folded" if evidence.searched.folded else "accented"].accepts(signs)


def _from_sentences(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    if unknown := _unknown_names(evidence):
        return Refusal(say("reason_absent_words", evidence.asked.language, words=_quoted(unknown)))
    if not _is_close_enough(evidence):
        return Refusal(_why_unrelated(evidence))
    ranked = list(evidence.ranked)
    expected = expectation_of(evidence.asked.text)
    if expected is not None:
        ranked = [item for item in ranked if _is_near_best(item, evidence) and expected.met_by(item.text)]
        if not ranked:
            return Refusal(say("reason_lacks", evidence.asked.language, asked=expected.asked))
    return cite(choose(ranked), evidence.index)


def _in_named_zone(evidence: Evidence) -> list[ScoredSentence]:
    """Sentences of the part that the question names ("căn cứ vào luật nào?"), of the documents it means."""
    named = [item for item in evidence.ranked if item.passage.zone in evidence.cues.zones]
    meant = _documents_meant(evidence, list(dict.fromkeys(item.passage.document_id for item in named)))
    return [item for item in named if item.passage.document_id in meant]


def _is_near_best(sentence: ScoredSentence, evidence: Evidence) -> bool:
    """Whether a sentence is on the matter asked about: a number about something else is no answer."""
    best, words = evidence.ranked[0], evidence.words
    on_topic = words.coverage(sentence.terms) >= _CLOSE * words.coverage(best.terms)
    return on_topic and sentence.score >= _CLOSE * best.score


def _from_place(evidence: Evidence, place: dict[str, str]) -> tuple[Citation, ...] | Refusal:
    inside = [passage for passage in evidence.index.passages if places.lies_in(passage, place)]
    if not inside:
        return Refusal(say("reason_no_place", evidence.asked.language, place=places.place_name(place)))
    meant = _documents_meant(evidence, list(dict.fromkeys(passage.document_id for passage in inside)))
    ranked = tuple(
        item
        for item in evidence.ranked
        if item.passage.document_id in meant and places.lies_in(item.passage, place)
    )
    if not ranked or places.asks_for_all(evidence.asked.text, _names(evidence, meant)):
        each = _WHOLE_PARAGRAPHS // len(meant)
        whole = [passage for one in meant for passage in _content(inside, one)[:each]]
        return cite_whole(whole, evidence.index)
    return _from_sentences(replace(evidence, ranked=ranked))


def _documents_meant(evidence: Evidence, documents: list[str]) -> list[str]:
    """Of several documents, those whose name the question has most of; a few when it names none."""
    named = {
        one: evidence.words.coverage(frozenset(terms(name, evidence.words.folded)))
        for one, name in zip(documents, _names(evidence, documents), strict=True)
    }
    best = max(named.values(), default=0.0)
    return [one for one in documents if named[one] == best][:_DOCUMENTS]


def _names(evidence: Evidence, documents: list[str]) -> list[str]:
    return [evidence.index.documents[one].name for one in documents]


def _content(passages: list[Passage], document_id: str) -> list[Passage]:
    """The paragraphs of a document's place; bare headings only if there is nothing else."""
    held = [passage for passage in passages if passage.document_id == document_id]
    return [passage for passage in held if passage.zone is not Zone.HEADING] or held


def _about_document(evidence: Evidence, attribute: about.Attribute) -> tuple[Citation, ...] | Refusal:
    meant = _documents_meant(evidence, [found.passage.document_id for found in evidence.retrieval.found])
    document = evidence.index.documents[meant[0]]
    stating = [
        p for p in evidence.index.passages if p.document_id == document.id and about.states(p, attribute)
    ]
    if stating:
        return cite_whole(stating[:1], evidence.index)
    language = evidence.asked.language
    return Refusal(say("reason_not_printed", language, document=document.name, asked=attribute.asked))


def _absent_words(evidence: Evidence) -> list[Word]:
    """The question's two-syllable words that stand in no document, weightiest first."""
    folded, lexical = evidence.words.folded, evidence.index.lexical
    absent = [
        word
        for word in evidence.words.words
        if len(word.syllables) > 1 and not lexical.share_of_passages(word.key(folded), folded)
    ]
    return sorted(absent, key=lambda word: -word.weight)


def _why_unrelated(evidence: Evidence) -> str:
    language = evidence.asked.language
    absent = [word.text for word in _absent_words(evidence) if word.weight >= _WEIGHTY]
    if not absent:
        return say("reason_unrelated", language)
    return say("reason_absent_words", language, words=_quoted(absent))


def _unknown_names(evidence: Evidence) -> list[str]:
    """Names that stand in no document: "hơn Bắc Ninh không?" cannot be answered without Bắc Ninh."""
    lexical = evidence.index.lexical
    return [
        " ".join(syllable.capitalize() for syllable in name)
        for name in names_in(evidence.asked.text)
        if not all(lexical.share_of_passages(key, folded=False) for key in neighbours(name))
    ]


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words[:_NAMED_WORDS])
