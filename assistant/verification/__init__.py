"""Whether a sentence that a language model wrote says what the paragraphs it cites say, and nothing else."""

from assistant.verification.examining import examine, likely_sources
from assistant.verification.findings import Fault, Finding, Rest, Source

__all__ = ["Fault", "Finding", "Rest", "Source", "examine", "likely_sources"]
