"""Files in, documents and passages out.

Knows formats, artefacts and the outlines of official texts. Knows nothing about indexes or questions.
"""

from ingest.discover import Discovery, discover
from ingest.load import LoadedDocument, load

__all__ = ["Discovery", "LoadedDocument", "discover", "load"]
