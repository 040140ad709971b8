"""One reader a format: a file's bytes to its words in reading order.

A reader knows its format and nothing about Điều or khoản. Readers are imported when their format comes up:
most runs see two or three of the formats, and some readers load large libraries.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.errors import IngestError, UnreadableFileError, UnsupportedFormatError
from ingest.extract import Extract
from ingest.readers.plain import read_plain
from ingest.readers.sniff import Sniffed, sniff

Reader = Callable[[Path, bytes], Extract]
Progress = Callable[[int, int], None]  # pages done, pages in all

_SAVE = "Lưu lại thành .docx, .pdf hoặc .txt"


def _docx(path: Path, data: bytes) -> Extract:
    from ingest.readers.docx import read_docx

    return read_docx(path, data)


def _doc(path: Path, data: bytes) -> Extract:
    from ingest.readers.doc import read_doc

    return read_doc(path, data)


def _odt(path: Path, data: bytes) -> Extract:
    from ingest.readers.odt import read_odt

    return read_odt(path, data)


def _rtf(path: Path, data: bytes) -> Extract:
    from ingest.readers.rtf import read_rtf

    return read_rtf(path, data)


def _html(path: Path, data: bytes) -> Extract:
    from ingest.readers.html import read_html

    return read_html(path, data)


def _markdown(path: Path, data: bytes) -> Extract:
    from ingest.readers.markdown import read_markdown

    return read_markdown(path, data)


def _sheets(path: Path, data: bytes) -> Extract:
    from ingest.readers.sheets import read_sheets

    return read_sheets(path, data)


def _silent(_done: int, _pages: int) -> None:
    """No word about progress."""


def _pdf(path: Path, data: bytes, progress: Progress = _silent) -> Extract:
    from ingest.readers.pdf import read_pdf

    return read_pdf(path, data, progress)


def _image(path: Path, data: bytes, progress: Progress = _silent) -> Extract:
    from ingest.readers.image import read_image

    return read_image(path, data, progress)


_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": _markdown,
    **dict.fromkeys((".html", ".htm"), _html),
    **dict.fromkeys((".docx", ".docm"), _docx),
    ".doc": _doc,
    ".rtf": _rtf,
    ".odt": _odt,
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), _sheets),
    ".pdf": _pdf,
    **dict.fromkeys(_IMAGES, _image),
}
# Formats whose pages may have to be recognised, which takes long enough to tell how far it is.
_PAGED: dict[str, Callable[[Path, bytes, Progress], Extract]] = {
    ".pdf": _pdf,
    **dict.fromkeys(_IMAGES, _image),
}
# Names of one and the same kind: calamine looks at the content itself, and so does Pillow.
_SAME = (
    frozenset({".docx", ".docm"}),
    frozenset({".xlsx", ".xlsm"}),
    frozenset({".jpg", ".jpeg"}),
    frozenset({".tif", ".tiff"}),
    frozenset({".html", ".htm"}),
)

__all__ = ["READERS", "Progress", "Reader", "read", "reader_of"]


def reader_of(path: Path) -> Reader:
    """The reader of a file's format by its name. Raises UnsupportedFormatError with those that have one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsupportedFormatError(
            path,
            f"chưa đọc được định dạng {path.suffix or '(không có đuôi tệp)'}",
            f"Lưu thành {', '.join(sorted(READERS))}",
        )
    return reader


def read(path: Path, data: bytes, progress: Progress | None = None) -> Extract:
    """The words of a file, by its content where that is not what its name says.

    `progress` gets pages done and to do of formats whose pages are recognised. Raises IngestError, whatever
    a library makes of the bytes.
    """
    reader_of(path)
    named = path.suffix.lower()
    found = sniff(data)
    _refuse(path, named, found)
    suffix = named if found is None or not found.suffix or _same(named, found.suffix) else found.suffix
    try:
        if suffix in _PAGED:
            extract = _PAGED[suffix](path, data, progress or _silent)
        else:
            extract = READERS[suffix](path, data)
    except IngestError:
        raise
    except ImportError as error:
        raise UnreadableFileError(
            path,
            f"thiếu thư viện đọc định dạng này ({error.name})",
            "Cài lại: pip install -r requirements.txt",
        ) from error
    # Readers catch what they know; libraries document few of their errors, and one bad file must not keep
    # the rest of a folder out.
    except Exception as error:
        raise UnreadableFileError(path, f"không đọc được ({type(error).__name__})", _SAVE) from error
    if suffix == named or found is None:
        return extract
    return replace(extract, warnings=(_mismatch(path, found), *extract.warnings))


def _refuse(path: Path, named: str, found: Sniffed | None) -> None:
    """Raise for what is locked, and for a kind that has no reader."""
    if found is None:
        return
    if found.encrypted:
        raise UnreadableFileError(path, f"{found.name} đặt mật khẩu", "Mở tệp, gỡ mật khẩu rồi lưu lại")
    if not found.suffix and not (named == ".docx" and found.name == "tệp nén .zip"):
        raise UnreadableFileError(path, _mismatch(path, found), _SAVE)


def _mismatch(path: Path, found: Sniffed) -> str:
    return f"đuôi tệp {path.suffix} nhưng nội dung là {found.name}"


def _same(named: str, found: str) -> bool:
    return named == found or any(named in kinds and found in kinds for kinds in _SAME)
