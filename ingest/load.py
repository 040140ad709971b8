"""One file to one document with its passages.

Does not know where documents are kept or indexed afterwards.
"""

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.passage import Passage
from corpus.text import strip_diacritics
from ingest.artefacts import clean_blocks
from ingest.errors import EmptyFileError, UnreadableFileError, not_a_file
from ingest.metadata import metadata
from ingest.passages import structure
from ingest.readers import reader_of

_MAX_BYTES = 100 * 1024 * 1024  # the longest law of the test corpus has 0.5 MB
_MAX_SLUG = 80


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document, its passages in order, and what a reader should know about how well it was understood."""

    document: Document
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises IngestError where there is none to be had."""
    try:
        status = path.stat()
        if stat.S_ISFIFO(status.st_mode) or stat.S_ISSOCK(status.st_mode) or stat.S_ISCHR(status.st_mode):
            raise not_a_file(path)  # reading it might never end
        if status.st_size > _MAX_BYTES:
            raise UnreadableFileError(
                path, f"lớn hơn {_MAX_BYTES // 2**20} MB", "Tách tệp thành từng văn bản rồi thử lại"
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(path, f"không mở được tệp ({reason})", "Kiểm tra quyền đọc tệp") from error
    if not data:
        raise EmptyFileError(path, "tệp rỗng (0 byte)", "Chép lại tệp gốc")
    return data


def sha256_of(data: bytes) -> str:
    """Hexadecimal digest by which unchanged files are recognised."""
    return hashlib.sha256(data).hexdigest()


def document_id(source: str) -> str:
    """A readable, stable id from the path below the documents folder; a changed file keeps its id.

    The digest tells "a.txt" from "a.docx" and names that differ only in diacritics.
    """
    stem = source.rsplit(".", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", strip_diacritics(stem).lower()).strip("-")[:_MAX_SLUG].strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"{slug or 'van-ban'}-{digest}"


def load(path: Path, source: str, data: bytes | None = None) -> LoadedDocument:
    """Read `path`, known to the index as `source`. Raises IngestError with the mend."""
    reader = reader_of(path)
    data = read_bytes(path) if data is None else data
    extract = reader(path, data)
    paragraphs = clean_blocks(extract.blocks)
    if not paragraphs:
        raise EmptyFileError(path, "không có chữ nào", "Nếu là bản quét, hãy nhận dạng chữ (OCR) trước")
    identifier = document_id(source)
    laid_out = structure(paragraphs, identifier)
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
        sha256=sha256_of(data),
        text=laid_out.text,
    )
    return LoadedDocument(document, laid_out.passages, laid_out.warnings)
