"""What an official text is: documents, passages, citations, and the spelling of Vietnamese.

Knows nothing about files, indexes, models or users, and imports nothing outside the standard library.
"""

from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Heading, Level, Passage, Zone

__all__ = ["Citation", "Document", "Heading", "Level", "Passage", "Zone"]
