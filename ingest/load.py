"""One file's bytes to one document with its passages: read, repair, join lines, lay out, judge.

Does not know where documents are kept or indexed afterwards.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Document
from corpus.passage import Passage
from corpus.text import strip_diacritics
from ingest.artefacts import clean_blocks
from ingest.contents import Content, read_bytes
from ingest.cut_headings import mended
from ingest.encodings import repair_lines
from ingest.errors import EmptyFileError, QuarantinedError
from ingest.extract import Block, Extract
from ingest.fused import unfused
from ingest.layout import PlacedWord, place_words
from ingest.metadata import metadata
from ingest.passages import structure
from ingest.quarantine import suspicion
from ingest.readers import Progress, read
from ingest.tables import settled
from ingest.wrapping import is_hard_wrapped, joined

_MAX_SLUG = 80
_SURE = 0.8  # below, words of an old encoding were not Vietnamese after repair either

# Articles that the whole text of a document is known to have; None where nothing is known.
KnownArticles = Callable[[Document], int | None]


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the words of a document were got.

    `encoding` of the bytes, None where the format says it itself; `repaired` names old encodings and
    look-alikes that were put right, `confidence` (0..1) how surely. `ocr_confidence` is the mean over
    recognised words, 0..1, None where none was; `doubtful` are numbers among them that may have been misread.
    `pages` as the format counts them.
    """

    format: str
    encoding: str | None = None
    repaired: tuple[str, ...] = ()
    confidence: float = 1.0
    pages: int | None = None
    ocr_confidence: float | None = None
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document, its passages in order, and what a reader should know about how well it was understood.

    `words` are those of recognised pages, with their boxes.
    """

    document: Document
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]
    provenance: Provenance = Provenance("văn bản")
    words: tuple[PlacedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load. `accepted`: digests of files that a person wants in spite of a suspicion."""

    known_articles: KnownArticles | None = None
    accepted: frozenset[str] = frozenset()
    progress: Progress | None = None


AS_USUAL = LoadOptions()


def document_id(source: str) -> str:
    """A readable, stable id from the path below the documents folder; a changed file keeps its id.

    The digest tells "a.txt" from "a.docx" and names that differ only in diacritics.
    """
    stem = source.rsplit(".", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", strip_diacritics(stem).lower()).strip("-")[:_MAX_SLUG].strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{slug or 'van-ban'}-{digest}"


def load(
    path: Path, source: str, data: bytes | None = None, options: LoadOptions = AS_USUAL
) -> LoadedDocument:
    """Read `path`, known to the index as `source`. Raises IngestError with the mend."""
    content = Content(path, read_bytes(path) if data is None else data)
    extract = read(path, content.data, options.progress)
    raw, provenance = _repaired(extract)
    blocks = _paragraphs(extract, raw)
    if not blocks:
        raise EmptyFileError(path, "không có chữ nào", "Nếu là bản quét, hãy nhận dạng chữ (OCR) trước")
    loaded = _laid_out(blocks, source, content.sha256, extract)
    doubt = suspicion(loaded.document, loaded.passages, options.known_articles)
    if doubt and content.sha256 not in options.accepted:
        raise QuarantinedError(path, doubt)
    accepted = (f"nhận vào theo yêu cầu dù {doubt}",) if doubt else ()
    damage = _damage(loaded.document.text, provenance)
    return replace(loaded, warnings=(*accepted, *damage, *loaded.warnings), provenance=provenance)


def _laid_out(blocks: list[Block], source: str, sha256: str, extract: Extract) -> LoadedDocument:
    identifier = document_id(source)
    laid_out = structure(blocks, identifier)
    about = metadata(laid_out.passages)
    document = Document(
        id=identifier,
        kind=about.kind,
        number=about.number,
        issuer=about.issuer,
        issued_on=about.issued_on,
        signer=about.signer,
        title=about.title,
        source=source,
        sha256=sha256,
        text=laid_out.text,
        place=about.place,
        effective_on=about.effective_on,
    )
    return LoadedDocument(
        document,
        laid_out.passages,
        (*extract.warnings, *laid_out.warnings),
        words=place_words(laid_out.text, extract.words),
    )


def _damage(text: str, provenance: Provenance) -> Iterator[str]:
    """What a person should look at before trusting the letters."""
    if lost := text.count("\ufffd"):
        yield f"{lost} ký tự bị mất trong tệp, hiện là �: cần đối chiếu bản gốc"
    if provenance.confidence < _SURE:
        names = ", ".join(provenance.repaired) or provenance.encoding or "không rõ"
        yield f"không chắc về bảng mã ({names}, tin cậy {provenance.confidence:.0%}): cần xem lại chữ"


def _repaired(extract: Extract) -> tuple[list[Block], Provenance]:
    """The blocks in Unicode. Before anything is cleaned: the soft hyphen is the ư of TCVN3."""
    lines, repairs = repair_lines([block.text for block in extract.blocks])
    provenance = Provenance(
        extract.format,
        extract.encoding,
        repairs.encodings,
        min(extract.confidence, repairs.confidence),
        extract.pages,
        extract.ocr_confidence,
        extract.doubtful,
    )
    mended = zip(extract.blocks, lines, strict=True)
    return [replace(block, text=line) for block, line in mended], provenance


def _paragraphs(extract: Extract, blocks: list[Block]) -> list[Block]:
    """Lines put together, fused ones cut, and everything cleaned."""
    lines = extract.wrapped or is_hard_wrapped(blocks)
    return settled(unfused(mended(clean_blocks(joined(blocks) if lines else blocks))))
