"""A PDF file as pdfium opens it: pages one by one, drawn or read, under one lock.

Scripts, attachments and links are never run or opened. Does not judge what it reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.readers.pdf_chars import PDFIUM, Page, page_content

_MOST_PAGES = 5_000
_POINTS = 72
_DPI = 300  # 200 and 400 dpi are within 0.5 % of the characters; 400 takes half as long again
_LEAST_DPI = 60  # a giant page drawn coarser than this shows no letters
_MOST_PIXELS = 25_000_000  # A3 at 300 dpi has 17 million
_LARGEST_SIDE = 14_400 * 4  # points; the format allows 14,400, big plans have more
_WRONG_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


class PdfFile:
    """An open file. `count`: its pages."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.count = len(document)

    def page(self, number: int) -> Page | None:
        """What stands on a page, from 1; None where it is damaged."""
        try:
            with PDFIUM:
                return page_content(self._document, number - 1)
        # pdfium reports damage as PdfiumError, pypdfium2 some of it as ValueError, TypeError or OSError; none
        # is documented. Whatever it is, this page cannot be read and the caller says so.
        except Exception:
            return None

    def draw(self, number: int) -> tuple[Any, int] | None:
        """A page (from 1) as a grey Pillow image with its dots an inch; None where it cannot be drawn."""
        try:
            with PDFIUM:
                page = self._document[number - 1]
                try:
                    return _drawn(page)
                finally:
                    page.close()
        except Exception:  # as in `page`
            return None


def _drawn(page: Any) -> tuple[Any, int] | None:
    width, height = page.get_size()
    if not (0 < width < _LARGEST_SIDE and 0 < height < _LARGEST_SIDE):
        return None
    dpi = int(min(_DPI, _POINTS * sqrt(_MOST_PIXELS / (width * height))))
    if dpi < _LEAST_DPI:
        return None
    bitmap = page.render(scale=dpi / _POINTS, grayscale=True)
    try:
        return bitmap.to_pil().convert("L").copy(), dpi
    finally:
        bitmap.close()


@contextmanager
def open_pdf(path: Path, data: bytes) -> Iterator[PdfFile]:
    """The file, closed afterwards. Raises UnreadableFileError when it is encrypted, damaged or too long."""
    import pypdfium2  # loads a library of 6 MB; only needed when there is a PDF

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            count = len(document)
        except pypdfium2.PdfiumError as error:
            raise _refused(path, getattr(error, "err_code", None)) from error
    try:
        if not 0 < count <= _MOST_PAGES:
            raise UnreadableFileError(
                path, f"tệp PDF có {count} trang", f"Tách thành tệp 1 đến {_MOST_PAGES} trang"
            )
        yield PdfFile(document)
    finally:
        with PDFIUM:
            document.close()


def _refused(path: Path, code: int | None) -> UnreadableFileError:
    if code in (_WRONG_PASSWORD, _SECURITY):
        return UnreadableFileError(
            path, "tệp PDF đặt mật khẩu", "Mở bằng mật khẩu rồi lưu bản không mật khẩu"
        )
    return UnreadableFileError(
        path, "tệp PDF hỏng hoặc không phải PDF", "Tải lại tệp, hoặc mở bằng trình đọc PDF rồi in lại ra PDF"
    )
