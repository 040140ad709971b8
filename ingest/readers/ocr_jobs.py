"""Recognises many pages, two at a time, and tells how far it is.

Pages are drawn one after the other (pdfium is not thread-safe), tesseract runs beside.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from ingest.readers.ocr_page import OcrPage, ocr_page
from ingest.readers.ocr_tesseract import RecognitionError

Progress = Callable[[int, int], None]
# A grey Pillow image of a page (from 1) and its dots an inch; None where the page cannot be drawn.
Draw = Callable[[int], tuple[Any, int] | None]

_AT_ONCE = 2


def silent(_done: int, _pages: int) -> None:
    """No word about progress."""


def recognise_pages(
    pages: Sequence[int], draw: Draw, progress: Progress = silent
) -> tuple[dict[int, OcrPage], dict[int, str]]:
    """The recognised pages by number, and why others could not be. `progress` gets pages done and to do."""
    done: dict[int, OcrPage] = {}
    failed: dict[int, str] = {}

    def recognise_page(number: int) -> OcrPage:
        drawn = draw(number)
        if drawn is None:
            raise RecognitionError("không dựng được ảnh của trang")
        return ocr_page(*drawn, number)

    progress(0, len(pages))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = {pool.submit(recognise_page, number): number for number in pages}
        for finished, job in enumerate(as_completed(waiting), 1):
            try:
                done[waiting[job]] = job.result()
            except RecognitionError as error:
                failed[waiting[job]] = str(error)
            progress(finished, len(pages))
    return done, failed
