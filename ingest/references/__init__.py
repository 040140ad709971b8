"""The web of references: which documents a text cites, amends, replaces or repeals, and which are meant.

Knows one document at a time and the attributes of others; does not know how the web is kept or used.
"""

from ingest.references.cross_reference import CrossReference
from ingest.references.extraction import cross_references
from ingest.references.related import RelatedFacts, load_related
from ingest.references.relations import Relation, relations

__all__ = ["CrossReference", "RelatedFacts", "Relation", "cross_references", "load_related", "relations"]
