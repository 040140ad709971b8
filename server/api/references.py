"""A document's references in both directions, missing ones marked, as JSON.

Reads the web of references of the index in use; which document a citation means is decided there.
"""

from collections.abc import Sequence
from typing import Any

from corpus.cited_places import written
from corpus.document import Document
from corpus.passage import Passage
from corpus.references import reference_of
from ingest.references import CrossReference
from server.api.links import Permalinks
from vectorstore.reference_records import CitingDocument
from vectorstore.reference_web import ReferenceWeb
from vectorstore.references_report import Cited, cited_documents, meant_json


def references(document: Document, passages: Sequence[Passage], links: Permalinks) -> dict[str, Any]:
    """As References has it."""
    web = links.index.web
    citing = web.records.of(document.id)
    places = {passage.id: passage for passage in passages}
    return {
        "cites": [_cited(one, places, links) for one in cited_documents(web, citing)],
        "cited_by": _cited_by(document, links),
        "relations": [_relation(citing, number, web) for number in range(len(citing.relations))],
    }


def _cited(cited: Cited, places: dict[str, Passage], links: Permalinks) -> dict[str, Any]:
    return meant_json(cited) | {
        "places": [written(place) for place in cited.places],
        "mentions": [_mention(one, places[one.passage_id], links) for one in cited.citations],
    }


def _cited_by(document: Document, links: Permalinks) -> list[dict[str, Any]]:
    """The held documents that cite this one, for certain."""
    wanted = reference_of(document)
    index, web = links.index, links.index.web
    found: dict[str, dict[str, Any]] = {}
    seen: set[tuple[str, int]] = set()
    for citing, reference in web.citing(wanted) if wanted else ():
        name = citing.citer.id
        if (name, reference.start) in seen or web.resolve(citing, reference).document_id != document.id:
            continue
        seen.add((name, reference.start))
        new = {"document_id": name, "name": index.documents[name].name, "mentions": []}
        row = found.setdefault(name, new)
        row["mentions"].append(_mention(reference, index.passage(reference.passage_id), links))
    return list(found.values())


def _mention(reference: CrossReference, passage: Passage, links: Permalinks) -> dict[str, Any]:
    return {
        "passage_id": passage.id,
        "location": passage.location,
        "start": reference.start,
        "end": reference.end,
        "url": links.passage(passage, (reference.start, reference.end)),
    }


def _relation(citing: CitingDocument, number: int, web: ReferenceWeb) -> dict[str, Any]:
    relation = citing.relations[number]
    return {
        "verb": relation.verb,
        "target": relation.target.name,
        "target_document_id": web.resolve(citing, relation.target).document_id,
        "place": written(relation.place),
        "partly": relation.partly,
        "effective_on": relation.effective_on,
        "passage_id": relation.passage_id,
        "location": relation.location,
    }
