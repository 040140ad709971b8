"""Pages of PDFs and scans as images, drawn one at a time, the last ones kept; boxes of words on them.

Pages of text formats have no image: where Word breaks a page is not in the file. Does not know HTTP.
"""

import asyncio
import io
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Any

from corpus.errors import ProductError
from ingest.layout import PlacedWord
from ingest.readers.pdf_chars import PDFIUM
from server.documents.marking import Span
from server.documents.original import Original

_WIDTH = 1200  # dots: sharp at 600 points, small enough (about 150 kB) for an office network
_MOST_DOTS = 4_000_000  # a plan of 1 × 10 m is drawn coarser
_KEPT_BYTES = 48_000_000
_MOST_WAITING = 24
_PDF = ".pdf"
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})

Box = tuple[float, float, float, float]


class NoPageError(ProductError):
    """There is no such page, or it cannot be drawn."""


class TooManyPagesError(ProductError):
    """Too many pages wait to be drawn."""


def has_pages(suffix: str) -> bool:
    """Whether pages of such a file can be drawn."""
    return suffix == _PDF or suffix in _PICTURES


@dataclass(frozen=True, slots=True)
class PageKey:
    """Which page: of the file with this SHA-256, from 1."""

    sha256: str
    number: int


class PageImages:
    """Draws in one thread: pdfium allows no second, and a big plan must not take the memory of many."""

    def __init__(self) -> None:
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="page")
        self._kept: OrderedDict[PageKey, bytes] = OrderedDict()
        self._bytes = 0
        self._waiting = 0

    async def png(self, key: PageKey, original: Original) -> bytes:
        """The page as PNG. Raises NoPageError, NoOriginalError, TooManyPagesError."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._waiting >= _MOST_WAITING:
            raise TooManyPagesError("Đang có quá nhiều trang chờ vẽ. Xin thử lại sau vài giây")
        self._waiting += 1
        try:
            drawn = await asyncio.wrap_future(self._drawing.submit(_draw, original, key.number))
        finally:
            self._waiting -= 1
        self._keep(key, drawn)
        return drawn

    def _keep(self, key: PageKey, drawn: bytes) -> None:
        if key in self._kept or len(drawn) > _KEPT_BYTES:
            return
        self._kept[key] = drawn
        self._bytes += len(drawn)
        while self._bytes > _KEPT_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])


def boxes(words: Iterable[PlacedWord], span: Span, page: int) -> list[Box]:
    """Left, top, width, height (shares of the page) around each line of the words in `span` on a page."""
    inside = [word for word in words if word.page == page and word.start < span[1] and word.end > span[0]]
    lines: list[list[Box]] = []
    for word in inside:
        if lines and _same_line(lines[-1][-1], word.box):
            lines[-1].append(word.box)
        else:
            lines.append([word.box])
    return [_around(line) for line in lines]


def _same_line(before: Box, box: Box) -> bool:
    """Whether a word goes on to the right of another at about its height."""
    return box[0] >= before[0] and box[1] < before[3] and box[3] > before[1]


def _around(line: list[Box]) -> Box:
    left, top = min(box[0] for box in line), min(box[1] for box in line)
    right, bottom = max(box[2] for box in line), max(box[3] for box in line)
    return round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4)


def _draw(original: Original, number: int) -> bytes:
    data = original.read()
    try:
        image = _pdf_page(data, number) if original.suffix == _PDF else _picture(data, number)
    except NoPageError:
        raise
    # pdfium and Pillow report damage as half a dozen kinds of error, none documented; whichever it is, this
    # page cannot be drawn and the reader is told so.
    except Exception as error:
        raise NoPageError(f"Không vẽ được trang {number} của {original.name}") from error
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _pdf_page(data: bytes, number: int) -> Any:
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(document):
                raise NoPageError(f"Văn bản không có trang {number}")
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_WIDTH / width, sqrt(_MOST_DOTS / (width * height)))
            return page.render(scale=scale).to_pil().convert("RGB").quantize(64)
        finally:
            document.close()


def _picture(data: bytes, number: int) -> Any:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        if not 1 <= number <= getattr(image, "n_frames", 1):
            raise NoPageError(f"Văn bản không có trang {number}")
        image.seek(number - 1)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    scale = min(1.0, _WIDTH / upright.width, sqrt(_MOST_DOTS / (upright.width * upright.height)))
    return upright.resize((max(1, int(upright.width * scale)), max(1, int(upright.height * scale))))


def pages_of(words: Iterable[PlacedWord], span: Span) -> list[int]:
    """The pages that the words of a span stand on."""
    return [
        page
        for page, _ in groupby(word.page for word in words if word.start < span[1] and word.end > span[0])
    ]
