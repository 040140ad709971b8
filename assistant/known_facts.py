"""Facts on documents that are only cited: when, by whom and on what they were issued, each with its source.

Said beside the sentence that cites the document, never instead of it and never as what the document says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Note
from assistant.evidence import Evidence
from corpus.citation import Citation
from corpus.document import short_name
from corpus.law_names import law_names_in
from corpus.references import Reference, references_in, shown_day
from ingest.references import CrossReference
from ingest.references.related import RelatedDocument
from ingest.references.resolution import State
from prompts import say

# Fact and how it is said in Vietnamese and English.
_SAID = {
    "issued_on": ("ban hành ngày {}", "issued on {}"),
    "issuer": ("cơ quan ban hành: {}", "issued by {}"),
    "title": ("{}", "{}"),
    "effective_on": ("có hiệu lực từ {}", "in force from {}"),
}
_ASKS_FACTS = re.compile(
    r"\b(?:số hiệu|ký hiệu|số mấy|số bao nhiêu|mang số|ban hành|ra đời|thông qua|hiệu lực)\b"
)
_DATES = frozenset({"issued_on", "effective_on"})


def named_in(evidence: Evidence) -> Reference | None:
    """The document that a question names by its number, or by a law's title where facts are asked for.

    A law that is held, or of which nothing is known, is looked for by the words of the question instead.
    """
    text = evidence.searched.text
    if named := references_in(text):
        return named[0]
    if _ASKS_FACTS.search(text.lower()):
        for law in law_names_in(text):
            known = evidence.index.web.law_named(law)
            if known is not None and known.id is None and known.reference is not None:
                return replace(known.reference, span=law.span)
    return None


def facts_of(evidence: Evidence, wanted: Reference, passage_id: str, start: int) -> RelatedDocument | None:
    """What is known of the document that a citation means; `start` is that of its name in the document."""
    for citing, reference in evidence.index.web.citing(wanted):
        if reference.passage_id == passage_id and reference.start <= start < reference.end:
            resolution = evidence.index.web.resolve(citing, reference)
            certain = resolution.state is State.MISSING and resolution.known
            return resolution.known[0].facts if certain else None
    return None


def fact_notes(evidence: Evidence, citations: Sequence[Citation]) -> Iterator[Note]:
    """The facts on the document that the question names by number and that is not held."""
    named = named_in(evidence)
    if named is None or evidence.index.web.held(named):
        return
    told: list[RelatedDocument] = []
    for citation in citations:
        for reference in _quoted(evidence, named, citation):
            facts = facts_of(evidence, named, citation.passage.id, reference.start)
            if facts is not None and facts not in told:
                told.append(facts)
                yield from _notes(facts, evidence.language)


def _quoted(evidence: Evidence, wanted: Reference, citation: Citation) -> Iterator[CrossReference]:
    for _, reference in evidence.index.web.citing(wanted):
        if reference.passage_id == citation.passage.id and citation.start <= reference.start < citation.end:
            yield reference


def _notes(facts: RelatedDocument, language: str) -> Iterator[Note]:
    """One note for every source, with the facts that come from it."""
    by_source: dict[str, list[str]] = {}
    for key, (vietnamese, english) in _SAID.items():
        value = getattr(facts, key)
        if value:
            said = shown_day(value) if key in _DATES else str(value)
            wording = vietnamese if language == "vi" else english
            by_source.setdefault(facts.source_of(key), []).append(wording.format(said))
    name = short_name(facts.kind, facts.number, facts.name)
    for source, said_facts in by_source.items():
        text = say("note_fact", language, document=name, facts="; ".join(said_facts), source=source)
        yield Note(re.sub(r"\s+", " ", text), source)
