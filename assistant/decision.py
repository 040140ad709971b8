"""To answer or to refuse, and with which quotations.

The order matters: a named place or a question about the document itself is settled by the outline; anything
else must be close enough to the question and must hold the kind of thing asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import about, courtesy, places
from assistant.answerability import Features, models
from assistant.cited import from_mentions, held_documents
from assistant.composition import choose, cite, cite_whole
from assistant.evidence import Evidence, Refusal
from assistant.expectation import Expectation, expectation_of
from assistant.names import names_in, neighbours
from assistant.question_words import QuestionWords, question_words
from assistant.references import references_in
from assistant.selection import ScoredSentence
from assistant.understanding.reading import unread
from assistant.words import Word
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Passage, Zone
from corpus.text import words
from prompts import say

_WEIGHTY = 5.0  # weight of a word in one question out of 150; lighter words are no topic
_NAMED_WORDS = 3
_WHOLE_PARAGRAPHS = 6  # of a place that is asked for as a whole
_DOCUMENTS = 3  # shown side by side when several have the place and the question names none
_ASKS_RESPONSIBLE = re.compile(
    r"\b(?:ai|cơ quan nào|đơn vị nào|cấp nào)\b.*\b(?:chịu trách nhiệm|có trách nhiệm|tổ chức thực hiện|được giao|thực hiện|"
    r"triển khai|làm)\b|\b(?:trách nhiệm|nhiệm vụ) (?:này )?(?:của|thuộc về|thuộc) (?:ai|cơ quan nào|đơn vị nào)\b"
)
_LIST = re.compile(r"[,;]|\b(?:và|hoặc|hay)\b")
_ASSIGNS = re.compile(r"\bGiao\b.{0,200}\b(?:tổ chức thực hiện|thực hiện|triển khai)\b")
_HEAD = 300  # characters of a paragraph in which it says to whom it is addressed
_ABOUT_MATTER = 0.5  # share of the words of a matter from which on a sentence has it
_AS_MUCH = 0.75  # of the best share: the other places of a matter that is looked for everywhere
_MOST_PLACES = 8
_CLOSE = 0.7  # of the best sentence, down to where one that holds the asked number or name is looked for


def decide(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """Citations that answer, best first, or the reason why there are none."""
    language = evidence.language
    if not evidence.ranked:
        return Refusal(say("reason_no_documents", language))
    if courtesy.is_courtesy(evidence.understood.typed.text):
        return Refusal(say("courtesy", language), is_reply=True)
    if evidence.understood.everywhere:
        return _everywhere(evidence)
    if outcome := _about_a_named_document(evidence):
        return outcome
    place, paragraph = places.place_of(evidence.asked.text), places.paragraph_of(evidence.asked.text)
    if place:
        return _from_place(evidence, place, paragraph)
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


def way_of_asking(evidence: Evidence) -> str:
    """Which of the models of `assistant.answerability` judges a question."""
    if evidence.language == "en":
        return "english"
    return "folded" if evidence.searched.folded else "accented"


def _is_close_enough(evidence: Evidence) -> bool:
    signs = features(evidence)
    if not signs.coverage:
        return False  # not one word in common: whatever the vectors say, nobody could see why it was quoted
    return models()[way_of_asking(evidence)].accepts(signs)


def _from_sentences(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    if unknown := _unknown_names(evidence):
        return Refusal(say("reason_absent_words", evidence.language, words=_quoted(unknown)))
    if not _is_close_enough(evidence):
        return Refusal(_why_unrelated(evidence))
    ranked = list(evidence.ranked)
    expected = expectation_of(evidence.asked.text)
    if expected is not None:
        ranked = [item for item in ranked if _is_near_best(item, evidence) and expected.met_by(item.text)]
        if not ranked:
            return _assignment(evidence) or Refusal(_what_is_lacking(expected, evidence))
    return cite(choose(ranked), evidence.index, expected, evidence.words)


def _assignment(evidence: Evidence) -> tuple[Citation, ...]:
    """Who has to carry out the document, where the question asks that of a matter whose paragraph does not say."""
    if not _ASKS_RESPONSIBLE.search(evidence.asked.text.lower()):
        return ()
    document = evidence.ranked[0].passage.document_id
    assigning = [
        p for p in evidence.index.passages if p.document_id == document and _ASSIGNS.search(p.text[:_HEAD])
    ]
    return cite_whole(assigning[:1], evidence.index)


def _what_is_lacking(expected: Expectation, evidence: Evidence) -> str:
    """That the paragraph does not state it, and which document that is not held it refers to."""
    language = evidence.language
    reason = say("reason_lacks", language, asked=expected.named(language))
    nearest = evidence.ranked[0].text
    for reference in references_in(nearest):
        if not held_documents(evidence.index, reference):
            return f"{reason} {say('cites_unheld', language, document=reference.span.of(nearest))}"
    return reason


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


def _about_a_named_document(evidence: Evidence) -> tuple[Citation, ...] | Refusal | None:
    """The answer to a question that names a document by its number; None when it names none."""
    text = evidence.searched.text
    references = references_in(text)
    if not references:
        return None
    wanted = references[0]
    held = held_documents(evidence.index, wanted)
    if not held:
        return from_mentions(evidence, wanted)
    rest = f"{text[: wanted.span.start]} văn bản này {text[wanted.span.end :]}"
    if attribute := about.attribute_asked(" ".join(rest.split())):
        return _attribute_of(held[0], attribute, evidence)
    ids = {document.id for document in held}
    inside = tuple(item for item in evidence.ranked if item.passage.document_id in ids)
    return _from_sentences(replace(evidence, ranked=inside)) if inside else None


def _everywhere(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """The best sentence of every passage that has the matter, the best passage first."""
    place = places.place_of(evidence.asked.text)
    ranked = [item for item in evidence.ranked if not place or places.lies_in(item.passage, place)]
    parts = _parts_of_matter(evidence)
    shares: dict[str, float] = {}
    best: dict[str, ScoredSentence] = {}
    for item in ranked:
        share = max(_share_of(part, item) for part in parts)
        if share > shares.get(item.passage.id, -1.0):
            shares[item.passage.id], best[item.passage.id] = share, item
    most = max(shares.values(), default=0.0)
    if most < _ABOUT_MATTER:
        return Refusal(_why_unrelated(evidence))
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


def _share_of(part: QuestionWords, sentence: ScoredSentence) -> float:
    return part.coverage(sentence.terms)


def _from_place(
    evidence: Evidence, place: dict[str, str], paragraph: int | None
) -> tuple[Citation, ...] | Refusal:
    inside = [passage for passage in evidence.index.passages if places.lies_in(passage, place)]
    if not inside:
        return Refusal(say("reason_no_place", evidence.language, place=places.place_name(place)))
    meant = _documents_meant(evidence, list(dict.fromkeys(passage.document_id for passage in inside)))
    if paragraph is not None:
        return _paragraphs(evidence, [_content(inside, one) for one in meant], place, paragraph)
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


def _paragraphs(
    evidence: Evidence, inside: list[list[Passage]], place: dict[str, str], paragraph: int
) -> tuple[Citation, ...] | Refusal:
    """One paragraph of a place in each document that has so many."""
    at = paragraph if paragraph < 0 else paragraph - 1
    found = [passages[at] for passages in inside if -len(passages) <= at < len(passages)]
    if found:
        return cite_whole(found, evidence.index)
    name = f"đoạn {paragraph} {places.place_name(place)}"
    return Refusal(say("reason_no_place", evidence.language, place=name))


def _documents_meant(evidence: Evidence, documents: list[str]) -> list[str]:
    """Of several documents, those whose name the question has most of; a few when it names none."""
    named = {
        one: evidence.words.coverage(evidence.words.search_terms(name))
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
    return _attribute_of(evidence.index.documents[meant[0]], attribute, evidence)


def _attribute_of(
    document: Document, attribute: about.Attribute, evidence: Evidence
) -> tuple[Citation, ...] | Refusal:
    stating = [
        p for p in evidence.index.passages if p.document_id == document.id and about.states(p, attribute)
    ]
    if stating:
        return cite_whole(stating[:1], evidence.index)
    asked = attribute.named(evidence.language)
    return Refusal(say("reason_not_printed", evidence.language, document=document.name, asked=asked))


def _absent_words(evidence: Evidence) -> list[Word]:
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


def _why_unrelated(evidence: Evidence) -> str:
    language = evidence.language
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
