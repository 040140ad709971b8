"""Old Vietnamese encodings and damaged Unicode, found on the characters and brought to Unicode (NFC).

`decode` is for the bytes of text files, `repair_lines` for the paragraphs of any reader, before soft hyphens
and control characters are removed. Neither looks at names of fonts or declared code pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.encodings.decoding import Decoded, UndecodableError, decode
from ingest.encodings.repair import repaired

__all__ = ["Decoded", "Repaired", "Repairs", "UndecodableError", "decode", "repair_lines", "repair_text"]


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was found and repaired, the most frequent first: TCVN3, VNI, VIQR, Windows-1258, NFD, ký tự giống.

    `confidence` is the share of the repaired words that are Vietnamese now, 0..1; 1.0 when nothing was.
    """

    encodings: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text in NFC with what was repaired in it; see Repairs."""

    text: str
    encodings: tuple[str, ...]
    confidence: float


def repair_lines(lines: Sequence[str]) -> tuple[list[str], Repairs]:
    """The lines of one document in NFC, as many as were given, and what was repaired.

    Give all lines of a document at once: short lines are judged by their neighbours.
    """
    mended, evidence = repaired(lines)
    return mended, Repairs(evidence.encodings(), round(evidence.confidence(), 3))


def repair_text(text: str) -> Repaired:
    """The same for a text as a whole, lines ended by a line feed."""
    lines, repairs = repair_lines(text.split("\n"))
    return Repaired("\n".join(lines), repairs.encodings, repairs.confidence)
