"""Images of pages (photographs, scans, multi-page TIFF): recognised as a whole.

Knows PNG, JPEG and TIFF; other formats are not opened, whatever the name says.
"""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.ocr_jobs import Progress, recognise_pages, silent
from ingest.readers.ocr_page import OcrPage
from ingest.readers.ocr_report import INSTALL, needs_ocr, refuse_unreadable, report_of
from ingest.readers.ocr_tesseract import is_at_hand
from ingest.readers.pdf_page import Tables, page_blocks

_FORMATS = ("PNG", "JPEG", "TIFF")
_MOST_PIXELS = 60_000_000  # A3 at 500 dpi; 60 MB in grey
_MOST_PAGES = 500
_PAGE_INCHES = 8.27  # the shorter side of A4, which is what office scanners take
_DPI = 300
_SPECK = 20  # pixels: nothing to enlarge
_COARSE, _FINE = 180, 400  # dots an inch: tesseract reads letters of 20 to 50 pixels best


def read_image(path: Path, data: bytes, progress: Progress = silent) -> Extract:
    """The text of the pages in an image file; `progress` gets pages done and to do.

    Raises UnreadableFileError (damaged, too large, tesseract absent) and LowQualityError.
    """
    with _opened(path, data) as image:
        count = _count(path, image)
        if not is_at_hand():
            raise needs_ocr(path, f"ảnh quét {count} trang")
        turn = threading.Lock()  # one file position for all pages

        def draw(number: int) -> tuple[Any, int] | None:
            with turn:
                return _page(image, number)

        recognised, failed = recognise_pages(range(1, count + 1), draw, progress)
    if not recognised:
        reasons = ", ".join(sorted(set(failed.values())))
        raise UnreadableFileError(path, f"không nhận dạng được chữ ({reasons})", INSTALL)
    refuse_unreadable(path, recognised, 0)
    return _extract(recognised, failed, count)


def _extract(recognised: dict[int, OcrPage], failed: dict[int, str], count: int) -> Extract:
    report = report_of(recognised, failed)
    tables = Tables()
    readable = [(number, page) for number, page in sorted(recognised.items()) if page.readable]
    return Extract(
        tuple(block for number, page in readable for block in page_blocks(page.layout, number, tables)),
        "ảnh quét (OCR)",
        wrapped=True,
        pages=count,
        ocr_confidence=report.confidence,
        words=report.words,
        doubtful=report.doubtful,
        warnings=report.warnings,
    )


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[Any]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow warns of images beyond its own limit when it reads their size; ours is lower and refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(path, "ảnh") from error
    # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error and others for damaged headers.
    except Exception as error:
        raise UnreadableFileError(
            path,
            f"ảnh hỏng hoặc không phải PNG, JPEG, TIFF ({type(error).__name__})",
            "Quét hoặc xuất lại ảnh",
        ) from error
    with image:
        yield image


def _count(path: Path, image: Any) -> int:
    width, height = image.size
    if width * height > _MOST_PIXELS:
        raise UnreadableFileError(
            path, f"ảnh {width} × {height} điểm, quá lớn", "Quét lại ở 300 dpi, khổ A4 hoặc A3"
        )
    try:
        count = int(getattr(image, "n_frames", 1))
    except Exception:  # a damaged directory of a TIFF: as in _opened; the first page may still be sound
        return 1
    if count > _MOST_PAGES:
        raise UnreadableFileError(path, f"ảnh có {count} trang", f"Tách thành tệp tối đa {_MOST_PAGES} trang")
    return count


def _too_large(path: Path, what: str) -> UnreadableFileError:
    return UnreadableFileError(path, f"{what} quá lớn so với một trang", "Quét lại ở 300 dpi, khổ A4 hoặc A3")


def _page(image: Any, number: int) -> tuple[Any, int] | None:
    """A page as a grey image with its dots an inch; None where it is damaged or too large."""
    from PIL import Image, ImageOps

    try:
        image.seek(number - 1)
        if image.width * image.height > _MOST_PIXELS:
            return None
        grey = ImageOps.exif_transpose(image).convert("L")
    except Exception:  # as in _opened
        return None
    dpi = min(grey.size) / _PAGE_INCHES
    if _COARSE <= dpi <= _FINE or min(grey.size) < _SPECK:
        return grey, max(70, round(dpi))
    scale = min(_DPI / dpi, (_MOST_PIXELS / (grey.width * grey.height)) ** 0.5)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS), max(70, round(dpi * scale))
