"""Recognition of scans: words, places, confidence, doubts about numbers. Needs tesseract and a font."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import LowQualityError
from ingest.extract import Word
from ingest.readers.image import read_image
from ingest.readers.ocr_doubts import doubtful_numbers, header_is_sure, header_number
from ingest.readers.ocr_page import OcrPage
from ingest.readers.ocr_tesseract import is_at_hand
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_chars import Page
from tests.ingest.pdf.scans import jpeg, page_image
from tests.ingest.pdf.written import Picture, pdf

needs_tesseract = pytest.mark.skipif(not is_at_hand(), reason="needs tesseract-ocr and tesseract-ocr-vie")
LINES = [
    "Điều 1. Giao Ủy ban nhân dân các xã tổ chức thu gom rác",
    "thải sinh hoạt tại các thôn, tổ dân phố.",
    "Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 7",
    "năm 2024 và thay thế Quyết định số 24/2019/QĐ-UBND.",
]


def scan(image: Image.Image) -> bytes:
    size = (595.0, 842.0) if image.height > image.width else (842.0, 595.0)
    return pdf([Picture(jpeg(image), *image.size)], size=size)


def page_of(*lines: list[tuple[str, float]], heights: float = 0.02) -> OcrPage:
    """A recognised page: words with confidences, evenly set."""
    read = tuple(
        tuple(
            Word(text, 1, (0.1 + 0.1 * x, 0.05 * y, 0.19 + 0.1 * x, 0.05 * y + heights), confidence)
            for x, (text, confidence) in enumerate(line)
        )
        for y, line in enumerate(lines, 1)
    )
    return OcrPage(Page(595, 842, (), ()), read, 0.95, 0.95)


@needs_tesseract
def test_a_scan_is_read_with_places_confidence_and_progress() -> None:
    told: list[tuple[int, int]] = []
    extract = read_pdf(Path("quet.pdf"), scan(page_image(LINES)), lambda *pages: told.append(pages))
    text = " ".join(block.text for block in extract.blocks)
    assert "thu gom rác" in text
    assert "Điều 2." in text
    assert told == [(0, 1), (1, 1)]
    assert extract.ocr_confidence is not None
    assert 0.8 < extract.ocr_confidence <= 1
    first = extract.words[0]
    assert first.page == 1
    assert all(0 <= edge <= 1 for word in extract.words for edge in word.box)
    assert first.box[0] == pytest.approx(200 / 1654, abs=0.02)
    assert first.box[1] == pytest.approx(205 / 2339, abs=0.02)
    assert any("trang 1: bản quét, đã nhận dạng chữ (OCR)" in warning for warning in extract.warnings)


@needs_tesseract
@pytest.mark.parametrize("angle", [90, 180, 270, 3])
def test_a_turned_or_slanted_page_is_read_as_well(angle: int) -> None:
    turned = page_image(LINES).rotate(angle, expand=angle in (90, 270), fillcolor=250)
    text = " ".join(block.text for block in read_pdf(Path("quet.pdf"), scan(turned)).blocks)
    assert "Giao Ủy ban nhân dân các xã" in text
    assert text.index("Điều 1") < text.index("Điều 2")


@needs_tesseract
def test_a_tiff_of_two_pages_keeps_its_page_numbers() -> None:
    buffer = io.BytesIO()
    pages = [page_image([line] * 3) for line in (LINES[0], LINES[2])]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    extract = read_image(Path("hai-trang.tif"), buffer.getvalue())
    assert extract.pages == 2
    on_page = {page: " ".join(b.text for b in extract.blocks if b.page == page) for page in (1, 2)}
    assert "Điều 1" in on_page[1]
    assert "Điều 2" in on_page[2]


@needs_tesseract
def test_a_scan_nobody_can_read_is_refused_with_pages_and_mend() -> None:
    image = page_image(LINES * 4).resize((210, 297)).resize((1654, 2339))
    with pytest.raises(LowQualityError, match=r"trang 1 \(\d+%\).*300 dpi"):
        read_pdf(Path("mo.pdf"), scan(image))


def test_the_number_of_a_scan_is_to_be_confirmed_unless_all_is_sure() -> None:
    typed = page_of([("Số:", 0.99), ("47/2017/NĐ-CP", 0.97)])
    assert header_number(typed) == "47/2017/NĐ-CP"
    assert header_is_sure(typed)
    assert not header_is_sure(page_of([("Số:", 0.99), ("47/2017/NĐ-CP", 0.90)]))


def test_a_number_written_by_hand_into_its_blank_is_never_sure() -> None:
    blank = page_of([("Số:", 0.99), ("46", 0.99), ("/QĐ-BCĐCCHC", 0.99)], heights=0.008)
    assert header_number(blank) == "46 /QĐ-BCĐCCHC"
    assert not header_is_sure(blank)


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ([("ngày", 0.99), ("22", 0.99), ("tháng", 0.99), ("lÌ", 0.99)], "tháng lÌ"),
        ([("tháng", 0.99), ("]", 0.99), ("năm", 0.99)], "tháng ]"),
        ([("tháng", 0.99), ("năm", 0.99), ("2019;", 0.99)], "tháng năm 2019;"),
        ([("khoản", 0.99), ("I", 0.99), ("Điều", 0.99)], "khoản I"),
        ([("số", 0.99), ("24/2019/QĐ-UBND", 0.6)], "số 24/2019/QĐ-UBND"),
        ([("phí", 0.99), ("1O.000", 0.99), ("đồng", 0.99)], "1O.000"),
    ],
)
def test_numbers_that_may_be_misread_are_named(line: list[tuple[str, float]], doubt: str) -> None:
    assert doubtful_numbers(page_of(line)) == (doubt,)


def test_sure_numbers_and_words_are_not_doubted() -> None:
    sure = [("ngày", 0.99), ("15", 0.99), ("tháng", 0.99), ("7", 0.98), ("năm", 0.5), ("2024", 0.97)]
    assert doubtful_numbers(page_of(sure)) == ()


@needs_tesseract
def test_a_real_scan_is_read_and_its_handwritten_number_is_doubted(
    shared_corpus: Callable[[str], Path],
) -> None:
    path = shared_corpus("qd-46-qd-bcdcchc-2021-scan/scan.pdf")
    extract = read_pdf(path, path.read_bytes())
    assert {block.page for block in extract.blocks} == set(range(1, 11))
    assert any(warning.startswith("số ký hiệu “46") for warning in extract.warnings)
    assert extract.ocr_confidence is not None
    assert extract.ocr_confidence > 0.9


@needs_tesseract
def test_headings_with_lost_letters_are_mended_and_the_rest_is_left(
    shared_corpus: Callable[[str], Path],
) -> None:
    path = shared_corpus("nd-47-2020-nd-cp-broken-glyphs/doc.pdf")
    extract = read_pdf(path, path.read_bytes())
    lines = [block.text for block in extract.blocks]
    assert "CHÍNH PHỦ" in lines
    assert "NGHỊ ĐỊNH" in lines
    assert any("trang 1, 5," in warning and "mất chữ" in warning for warning in extract.warnings)


@needs_tesseract
def test_words_with_holes_are_mended_one_by_one(shared_corpus: Callable[[str], Path]) -> None:
    folder = shared_corpus("qd-46-qd-bcdcchc-2021-scan/scan.pdf").parent.parent.parent
    path = folder / "evaldata" / "provincial_docs" / "pdf" / "35.2024.pdf"
    if not path.is_file():
        pytest.skip(f"no {path.name} in {path.parent}")
    extract = read_pdf(path, path.read_bytes())
    text = " ".join(block.text for block in extract.blocks if block.page == 1)
    assert "Chánh Văn phòng Ủy ban nhân dân Thành phố; Giám đốc Sở Nội vụ;" in text
    assert "\ufffd" not in text
    assert "0§tháng" not in text or "0§tháng" in extract.doubtful
    assert any(warning.startswith("trang 1-6, 9: lớp chữ hỏng") for warning in extract.warnings)
