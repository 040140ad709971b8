"""What is known about a document: what it prints, how it was read, and what to be careful with.

What a document does not print is said to be unknown, never guessed. Does not know markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document
from corpus.references import shown_day
from ingest.load import LoadedDocument

_DOUBTS = 40  # a bad scan has hundreds


@dataclass(frozen=True, slots=True)
class Fact:
    """`value` None: the document does not say."""

    label: str
    value: str | None


def facts(document: Document, effective_on: str | None) -> list[Fact]:
    """What the text itself says of it. `effective_on`: as its closing articles have it."""
    since = document.effective_on or effective_on
    return [
        Fact("Loại văn bản", _capital(document.kind)),
        Fact("Số, ký hiệu", document.number),
        Fact("Ngày ban hành", shown_day(document.issued_on) if document.issued_on else None),
        Fact("Ngày có hiệu lực", shown_day(since) if since else None),
        Fact("Cơ quan ban hành", document.issuer),
        Fact("Nơi ban hành", document.place),
        Fact("Người ký", document.signer),
        Fact("Trích yếu", document.title),
    ]


def file_facts(loaded: LoadedDocument) -> list[Fact]:
    """About the file."""
    pages = loaded.provenance.pages
    found = [
        Fact("Tệp", loaded.document.source),
        Fact("Định dạng", loaded.provenance.format),
        Fact("Số đoạn", str(len(loaded.passages))),
    ]
    return [*found, Fact("Số trang", str(pages))] if pages else found


def cautions(loaded: LoadedDocument) -> list[str]:
    """How sure the words are, each as a sentence for the reader."""
    return list(dict.fromkeys(_cautions(loaded)))


def _cautions(loaded: LoadedDocument) -> Iterator[str]:
    provenance = loaded.provenance
    if provenance.ocr_confidence is not None:
        yield (
            f"Văn bản được nhận dạng từ ảnh (OCR), độ tin cậy {provenance.ocr_confidence:.0%}: "
            "hãy đối chiếu với bản gốc trước khi dùng."
        )
    if provenance.doubtful:
        shown = ", ".join(f"“{text}”" for text in provenance.doubtful[:_DOUBTS])
        more = len(provenance.doubtful) - _DOUBTS
        rest = f" và {more} chỗ khác" if more > 0 else ""
        yield f"Những chỗ có thể đã nhận dạng sai: {shown}{rest}."
    old = [name for name in provenance.repaired if name != "NFD"]  # a mere way of writing the same letters
    if old:
        yield f"Chữ đã được chuyển về Unicode từ: {', '.join(old)} (độ tin cậy {provenance.confidence:.0%})."
    for warning in loaded.warnings:
        yield f"{_capital(warning.rstrip('.'))}."


def _capital(text: str | None) -> str | None:
    return text[0].upper() + text[1:] if text else None
