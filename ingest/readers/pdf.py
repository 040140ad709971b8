"""PDF files: the text layer where it is sound, recognition (OCR) where a page is a picture or wrong.

Lines come with the page they stand on, blank blocks at paragraph ends, tables as rows. Characters are as the
file has them, old encodings included. Pages whose text cannot be had are left out and named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers.ocr_jobs import Progress, recognise_pages, silent
from ingest.readers.ocr_page import OcrPage
from ingest.readers.ocr_report import INSTALL, NEEDS_OCR, needs_ocr, page_list, refuse_unreadable, report_of
from ingest.readers.ocr_tesseract import is_at_hand
from ingest.readers.pdf_chars import Page
from ingest.readers.pdf_damage import Damage, damage_of
from ingest.readers.pdf_file import PdfFile, open_pdf
from ingest.readers.pdf_mend import mended
from ingest.readers.pdf_page import Tables, page_blocks


@dataclass(slots=True)
class _Pages:
    """The pages of a file by number, from 1, and what became of those whose text is not sound."""

    sound: dict[int, Page] = field(default_factory=dict)
    damaged: dict[int, Page] = field(default_factory=dict)
    damage: dict[int, Damage] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    recognised: dict[int, OcrPage] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)

    @property
    def whole(self) -> dict[int, OcrPage]:
        """The pages of which nothing but the recognition is used."""
        return {n: page for n, page in self.recognised.items() if not self.damage[n].partial}

    def is_usable(self, number: int) -> bool:
        """Whether a damaged page has a text layer worth giving: as it is, or mended."""
        damage = self.damage[number]
        return damage.partial and (not damage.holes or self.mends(number))

    def mended(self, number: int) -> Page:
        """A damaged page, mended where that can be done."""
        page = self.damaged[number]
        return mended(page, self.recognised[number]) if self.mends(number) else page

    def mended_numbers(self) -> list[str]:
        """Words with digits that were put into damaged text layers: as doubtful as any of a scan."""
        numbers: list[str] = []
        for number in sorted(self.damage):
            if self.is_usable(number) and self.mends(number):
                had = set(self.damaged[number].words)
                new = [word.text for word in self.mended(number).words if word not in had]
                numbers += [text for text in new if any(map(str.isdigit, text))]
        return numbers

    def mends(self, number: int) -> bool:
        """Whether the recognition of a page is good enough to mend its text layer."""
        return number in self.recognised and self.recognised[number].readable


def read_pdf(path: Path, data: bytes, progress: Progress = silent) -> Extract:
    """The text of a PDF; `progress` gets recognised pages done and to do.

    Raises UnreadableFileError (encrypted, damaged, nothing to be had without tesseract) and LowQualityError.
    """
    with open_pdf(path, data) as file:
        pages = _read(file)
        if len(pages.unreadable) == file.count:
            raise UnreadableFileError(
                path, "không đọc được trang nào của tệp PDF", "Tải lại tệp hoặc in lại ra PDF"
            )
        if pages.damage and is_at_hand():
            pages.recognised, pages.failed = recognise_pages(sorted(pages.damage), file.draw, progress)
        _refuse(path, pages)
        return _extract(pages, file.count)


def _refuse(path: Path, pages: _Pages) -> None:
    """Raise when there is nothing to give, or more that cannot be read than can."""
    usable = len(pages.sound) + sum(pages.is_usable(number) for number in pages.damage)
    if not usable and not is_at_hand():
        scans = sum(damage.scan for damage in pages.damage.values())
        what = f"bản quét {scans} trang, không có lớp chữ" if scans else "lớp chữ hỏng ở mọi trang"
        raise needs_ocr(path, what)
    if not usable and not pages.recognised:
        reasons = ", ".join(sorted(set(pages.failed.values())))
        raise UnreadableFileError(path, f"không nhận dạng được chữ ({reasons})", INSTALL)
    refuse_unreadable(path, pages.whole, usable)


def _read(file: PdfFile) -> _Pages:
    pages = _Pages()
    for number in range(1, file.count + 1):
        page = file.page(number)
        if page is None:
            pages.unreadable.append(number)
        elif (damage := damage_of(page)) != Damage():
            pages.damage[number] = damage
            pages.damaged[number] = page
        else:
            pages.sound[number] = page
    return pages


def _extract(pages: _Pages, count: int) -> Extract:
    report = report_of(pages.whole, pages.failed, pages.mended_numbers())
    tables = Tables()
    blocks = [block for number in range(1, count + 1) for block in _blocks(pages, number, tables)]
    return Extract(
        tuple(blocks),
        "PDF (bản quét, OCR)" if pages.whole and not pages.sound else "PDF",
        wrapped=True,
        pages=count,
        ocr_confidence=report.confidence,
        words=report.words,
        doubtful=report.doubtful,
        warnings=(*_warnings(pages), *report.warnings),
    )


def _blocks(pages: _Pages, number: int, tables: Tables) -> Iterator[Block]:
    recognised = pages.recognised.get(number)
    if number in pages.sound:
        yield from page_blocks(pages.sound[number], number, tables)
    elif number in pages.damage and pages.is_usable(number):
        yield from page_blocks(pages.mended(number), number, tables)
    elif number in pages.whole and recognised and recognised.readable:
        yield from page_blocks(recognised.layout, number, tables)


def _warnings(pages: _Pages) -> list[str]:
    warnings = []
    kinds = (
        ("bản quét", [n for n, damage in pages.damage.items() if damage.scan]),
        ("lớp chữ hỏng", [n for n, d in pages.damage.items() if d.broken or d.holes]),
        ("tiêu đề mất chữ trong lớp chữ", [n for n, d in pages.damage.items() if d.gaps and not d.holes]),
    )
    for what, numbers in kinds:
        done = [n for n in numbers if n in pages.recognised]
        left = [n for n in numbers if n not in pages.recognised and n not in pages.failed]
        if done:
            warnings.append(f"{page_list(done)}: {what}, đã nhận dạng chữ (OCR)")
        if left:
            warnings.append(f"{page_list(left)}: {what}, {NEEDS_OCR}. {INSTALL}")
    if pages.unreadable:
        warnings.append(f"{page_list(pages.unreadable)}: không đọc được, trang hỏng")
    if cut := [n for n, page in pages.sound.items() if page.cut]:
        warnings.append(f"{page_list(cut)}: chữ tràn ra ngoài mép giấy không đọc")
    return warnings
