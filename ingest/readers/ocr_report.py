"""What a reader of scanned pages tells about them: words, confidence, doubts, warnings.

Shared by the readers of PDF and images; does not recognise anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LowQualityError, UnreadableFileError
from ingest.extract import Word
from ingest.readers.ocr_doubts import doubtful_numbers, header_is_sure, header_number
from ingest.readers.ocr_page import OcrPage
from ingest.readers.ocr_tesseract import PACKAGES

NEEDS_OCR = "cần nhận dạng chữ (OCR)"
INSTALL = f"Cài gói {PACKAGES} rồi lập chỉ mục lại"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class OcrReport:
    """See Extract for the fields."""

    words: tuple[Word, ...]
    confidence: float | None
    doubtful: tuple[str, ...]
    warnings: tuple[str, ...]


def report_of(
    pages: Mapping[int, OcrPage], failed: Mapping[int, str], mended: Iterable[str] = ()
) -> OcrReport:
    """What to say of the recognised pages, readable or not, by number.

    `failed`: why others were not. `mended`: numbers recognised in pages that otherwise have a text layer.
    """
    readable = {number: page for number, page in sorted(pages.items()) if page.readable}
    words = tuple(word for page in readable.values() for word in page.words)
    confidence = sum(word.confidence for word in words) / len(words) if words else None
    found = [text for page in readable.values() for text in doubtful_numbers(page)]
    doubtful = list(dict.fromkeys([*found, *mended]))
    warnings = [
        f"trang {number}: không nhận dạng được, {reason}" for number, reason in sorted(failed.items())
    ]
    warnings += _poor(pages)
    first = readable.get(1)
    if first and (code := header_number(first)) and not header_is_sure(first):
        warnings.append(f"số ký hiệu “{code}” nhận dạng từ bản quét, cần đối chiếu")
        doubtful = [code, *(text for text in doubtful if text not in code)]
    if doubtful:
        shown = ", ".join(f"“{text}”" for text in doubtful[:_SHOWN])
        more = ", …" if len(doubtful) > _SHOWN else ""
        warnings.append(
            f"{len(doubtful)} con số nhận dạng chưa chắc, cần đối chiếu với bản gốc: {shown}{more}"
        )
    return OcrReport(words, confidence, tuple(doubtful), tuple(warnings))


def refuse_unreadable(path: Path, pages: Mapping[int, OcrPage], sound: int) -> None:
    """Raise LowQualityError when more pages are unreadable than `sound` ones and readable ones together."""
    poor = [(number, page.confidence) for number, page in sorted(pages.items()) if _is_poor(page)]
    readable = sound + sum(page.readable for page in pages.values())
    if len(poor) > readable or (not readable and pages):
        raise LowQualityError(path, poor or [(number, page.confidence) for number, page in pages.items()])


def needs_ocr(path: Path, what: str) -> UnreadableFileError:
    """The error for a file that is nothing but pictures where tesseract is absent."""
    return UnreadableFileError(path, f"{what}, {NEEDS_OCR}", INSTALL)


def page_list(numbers: Iterable[int]) -> str:
    """ "trang 1, 3-5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "trang " + ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _is_poor(page: OcrPage) -> bool:
    return bool(page.words) and not page.readable


def _poor(pages: Mapping[int, OcrPage]) -> Sequence[str]:
    warnings = [
        f"trang {number}: bỏ qua vì chữ không đọc được (độ tin cậy {page.confidence:.0%})"
        for number, page in sorted(pages.items())
        if _is_poor(page)
    ]
    if blank := [number for number, page in pages.items() if not page.words]:
        warnings.append(f"{page_list(blank)}: ảnh không có chữ nào nhận ra được")
    return warnings
