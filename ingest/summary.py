"""What was understood of a file, for the report of a run: metadata, outline, encoding, recognition, warnings.

Knows nothing about how it is printed.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from corpus.document import Document
from corpus.passage import Level
from ingest.load import LoadedDocument, Provenance


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One document as it was understood. `outline` counts headings by level, table rows as "dòng bảng"."""

    document: Document
    passages: int
    outline: dict[str, int]
    provenance: Provenance
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything but the text."""
        document = asdict(self.document)
        del document["text"]
        provenance = asdict(self.provenance)
        for several in ("repaired", "doubtful"):
            provenance[several] = list(provenance[several])
        return {
            "document": document,
            "passages": self.passages,
            "outline": self.outline,
            **provenance,
            "warnings": list(self.warnings),
        }

    @property
    def line(self) -> str:
        """One line for a person: "3 Điều, 11 khoản; đã chuẩn hoá chữ TCVN3 (tin cậy 100%)"."""
        parts = [", ".join(f"{count} {level}" for level, count in self.outline.items()) or "không có đề mục"]
        parts.append(f"{self.passages} đoạn")
        if self.provenance.pages:
            parts.append(f"{self.provenance.pages} trang")
        if self.provenance.repaired:
            sure = f"{self.provenance.confidence:.0%}"
            parts.append(f"đã chuẩn hoá chữ {', '.join(self.provenance.repaired)} (tin cậy {sure})")
        if self.provenance.ocr_confidence is not None:
            parts.append(f"nhận dạng chữ, tin cậy {self.provenance.ocr_confidence:.0%}")
        return "; ".join(parts)


def summary(loaded: LoadedDocument) -> FileSummary:
    """Summarise a loaded document."""
    paths = {passage.headings[:depth] for passage in loaded.passages for depth in _depths(passage.headings)}
    counted = Counter(path[-1].level for path in paths)
    outline = {level.value: counted[level] for level in Level if counted[level]}
    rows = sum(1 for passage in loaded.passages if passage.header)
    if rows:
        outline["dòng bảng"] = rows
    return FileSummary(loaded.document, len(loaded.passages), outline, loaded.provenance, loaded.warnings)


def _depths(headings: tuple[object, ...]) -> range:
    return range(1, len(headings) + 1)
