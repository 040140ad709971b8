"""To answer or to refuse, and with which quotations.

The order matters: a named place or a question about the document itself is settled by the outline; anything
else must be close enough to the question and must hold the kind of thing asked for.
"""

import re

from assistant import about, courtesy, places
from assistant.answerability import Features, models
from assistant.bare_headings import without_bare_headings
from assistant.cited import from_mentions, held_documents, topic_of
from assistant.composition import choose, cite, cite_whole
from assistant.everywhere import everywhere
from assistant.evidence import Evidence, Refusal
from assistant.expectation import expectation_of
from assistant.held import from_held
from assistant.known_facts import named_in
from assistant.listed import listed, listing_asked
from assistant.outline_answers import about_document, documents_meant, from_place
from assistant.reasons import absent_words, quoted, unknown_names, what_is_lacking, why_unrelated
from assistant.selection import ScoredSentence
from corpus.citation import Citation
from prompts import say

_ASKS_RESPONSIBLE = re.compile(
    r"\b(?:ai|cơ quan nào|đơn vị nào|cấp nào)\b.*\b(?:chịu trách nhiệm|có trách nhiệm|tổ chức thực hiện|"
    r"được giao|thực hiện|"
    r"triển khai|làm)\b|\b(?:trách nhiệm|nhiệm vụ) (?:này )?(?:của|thuộc về|thuộc) (?:ai|cơ quan nào|"
    r"đơn vị nào)\b"
)
_ASSIGNS = re.compile(r"\bGiao\b.{0,200}\b(?:tổ chức thực hiện|thực hiện|triển khai)\b")
_HEAD = 300  # characters of a paragraph in which it says to whom it is addressed
_LEAST_SHARE = 0.35  # of the question's words in a sentence from which a number or name is taken
_CLOSE = 0.7  # of the best sentence, down to where one that holds the asked number or name is looked for


def decide(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    """Citations that answer, best first, or the reason why there are none."""
    language = evidence.language
    if not evidence.ranked:
        day = evidence.understood.as_of
        if day and evidence.excluded:
            return Refusal(say("reason_issued_later", language, day=day.shown))
        return Refusal(say("reason_no_documents", language))
    if courtesy.is_courtesy(evidence.understood.typed.text):
        return Refusal(say("courtesy", language), is_reply=True)
    if (listing := listing_asked(evidence.asked.text)) and (found := listed(evidence, listing)):
        return found
    if evidence.understood.everywhere:
        return _mentions(evidence) or everywhere(evidence)
    if outcome := _about_a_named_document(evidence):
        return outcome
    place, paragraph = places.place_of(evidence.asked.text), places.paragraph_of(evidence.asked.text)
    if place:
        return _settled(from_place(evidence, place, paragraph))
    if named := _in_named_zone(evidence):
        return cite(choose(named), evidence.index)
    attribute = about.attribute_asked(evidence.asked.text)
    if attribute and _is_held(about.kind_named(evidence.asked.text), evidence):
        return about_document(evidence, attribute)
    return _from_sentences(evidence)


def _is_held(kind: str | None, evidence: Evidence) -> bool:
    """Whether a document of this kind is held, or any kind is meant."""
    kinds = [document.kind for document in evidence.index.documents.values()]
    return kind is None or kind in kinds or None in kinds


def features(evidence: Evidence) -> Features:
    """The signs by which the best sentence is judged."""
    return Features(
        coverage=evidence.words.coverage(evidence.ranked[0].terms),
        similarity=max(sentence.similarity for sentence in evidence.ranked),
        absent_words=len(absent_words(evidence)),
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
    return models()[way_of_asking(evidence)].accepts(signs, evidence.tuning.strictness)


def _settled(outcome: tuple[Citation, ...] | Refusal | Evidence) -> tuple[Citation, ...] | Refusal:
    """An outcome as it is; evidence inside a place is searched for the matter."""
    return _from_sentences(outcome) if isinstance(outcome, Evidence) else outcome


def _from_sentences(evidence: Evidence) -> tuple[Citation, ...] | Refusal:
    if unknown := unknown_names(evidence):
        return Refusal(say("reason_absent_words", evidence.language, words=quoted(unknown)))
    if not _is_close_enough(evidence):
        return Refusal(why_unrelated(evidence))
    ranked, below = without_bare_headings(evidence)
    expected = expectation_of(evidence.asked.text)
    if below and expected is None:
        return cite_whole(below, evidence.index)
    if expected is not None:
        ranked = [item for item in ranked if _is_near_best(item, evidence) and expected.met_by(item.text)]
        if not ranked:
            return _assignment(evidence) or Refusal(what_is_lacking(expected, evidence))
    if not ranked:
        return Refusal(why_unrelated(evidence))
    return cite(choose(ranked), evidence.index, expected, evidence.words)


def _assignment(evidence: Evidence) -> tuple[Citation, ...]:
    """Who has to carry out the document, where that is asked of a matter whose paragraph does not say."""
    if not _ASKS_RESPONSIBLE.search(evidence.asked.text.lower()):
        return ()
    passages = evidence.index.passages_of(evidence.ranked[0].passage.document_id)
    assigning = [passage for passage in passages if _ASSIGNS.search(passage.text[:_HEAD])]
    return cite_whole(assigning[:1], evidence.index)


def _in_named_zone(evidence: Evidence) -> list[ScoredSentence]:
    """Sentences of the part that the question names ("căn cứ vào luật nào?"), of the documents it means."""
    named = [item for item in evidence.ranked if item.passage.zone in evidence.cues.zones]
    meant = documents_meant(evidence, list(dict.fromkeys(item.passage.document_id for item in named)))
    return [item for item in named if item.passage.document_id in meant]


def _is_near_best(sentence: ScoredSentence, evidence: Evidence) -> bool:
    """Whether a sentence is on the matter asked about: a number about something else is no answer."""
    best, words = evidence.ranked[0], evidence.words
    share = words.coverage(sentence.terms)
    on_topic = share >= max(_LEAST_SHARE, _CLOSE * words.coverage(best.terms))
    return on_topic and sentence.score >= _CLOSE * best.score


def _mentions(evidence: Evidence) -> tuple[Citation, ...] | Refusal | None:
    """Where a document that the question names by number is cited; None when it names none, or a matter."""
    wanted = named_in(evidence)
    if wanted is None or topic_of(evidence, wanted) is not None:
        return None
    return from_mentions(evidence, wanted)


def _about_a_named_document(evidence: Evidence) -> tuple[Citation, ...] | Refusal | None:
    """The answer to a question that names a document by number or a law by title; None when it names none."""
    text = evidence.searched.text
    wanted = named_in(evidence)
    if wanted is None:
        return None
    held = [one for one in held_documents(evidence.index, wanted) if one.id not in evidence.excluded]
    if not held:
        return from_mentions(evidence, wanted)
    if place := places.place_of(text):
        ids = {document.id for document in held}
        return _settled(from_place(evidence, place, places.paragraph_of(text), ids))
    return from_held(evidence, wanted, held)
