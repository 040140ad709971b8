"""Which pages are flagged: pictures, lost letters, characters without a name; and which are not."""

from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_chars import UNMAPPED, Page, Placed
from ingest.readers.pdf_damage import Damage, damage_of
from tests.ingest.pdf.scans import jpeg_of
from tests.ingest.pdf.written import Picture, Text, Thing, paragraphs, pdf

BODY = ["Điều 1. Giao Ủy ban nhân dân xã tổ chức thu gom rác thải tại các thôn."] * 8


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def page_of(*lines: str) -> Page:
    words = [
        Placed(word, 80 + 60 * x, 90 + 20 * y, 130 + 60 * x, 104 + 20 * y, 100 + 20 * y, 14)
        for y, line in enumerate(lines)
        for x, word in enumerate(line.split())
    ]
    return Page(595, 842, tuple(words), (), characters=1000)


@pytest.mark.parametrize(
    "heading", ["C N P Ủ", "NG Ị ĐỊN C UNG", "QUY ĐỊN C UNG", "T ỰC IỆN KẾT NỐI, C IA SẺ DỮ LIỆU"]
)
def test_headings_with_lost_letters_are_flagged(heading: str) -> None:
    assert damage_of(page_of(heading, *BODY)).gaps == 1


@pytest.mark.parametrize(
    "heading",
    [
        "CHƯƠNG V QUY ĐỊNH CHUNG",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "BỘ GD VÀ ĐT",
        "NHÓM B",
        "a) b) c) d)",
        "A B",
    ],
)
def test_abbreviations_and_numerals_are_not_flagged(heading: str) -> None:
    assert damage_of(page_of(heading, *BODY)) == Damage()


def test_words_with_characters_without_a_name_are_counted_but_bullets_are_not() -> None:
    assert damage_of(page_of(f"th{UNMAPPED}ng x{UNMAPPED}t t{UNMAPPED}ng", *BODY)).holes == 3
    assert damage_of(page_of(UNMAPPED, UNMAPPED, UNMAPPED, UNMAPPED, *BODY)) == Damage()


def test_a_scan_without_tesseract_says_what_to_install(without_tesseract: None) -> None:
    scan = pdf([Picture(*jpeg_of(["Điều 1."]))])
    with pytest.raises(
        UnreadableFileError, match=r"cần nhận dạng chữ \(OCR\).*tesseract-ocr tesseract-ocr-vie"
    ):
        read_pdf(Path("quet.pdf"), scan)


def test_sound_pages_come_through_beside_a_scan(without_tesseract: None) -> None:
    text: list[Thing] = list(paragraphs(BODY))
    extract = read_pdf(Path("nua-quet.pdf"), pdf(text, [Picture(*jpeg_of(["Điều 2."]))]))
    assert [block.text for block in extract.blocks if block.text] == BODY
    assert any("trang 2: bản quét, cần nhận dạng chữ (OCR)" in warning for warning in extract.warnings)


def test_a_page_number_on_a_scan_does_not_make_it_text(without_tesseract: None) -> None:
    with pytest.raises(UnreadableFileError, match="OCR"):
        read_pdf(Path("quet.pdf"), pdf([Picture(*jpeg_of(["Điều 1."])), Text(290, 40, "2")]))


def test_lost_letters_without_tesseract_are_told_and_the_text_stays(without_tesseract: None) -> None:
    extract = read_pdf(Path("mat-chu.pdf"), pdf(list(paragraphs(["C N P Ủ", *BODY]))))
    assert BODY[0] in [block.text for block in extract.blocks]
    assert any("mất chữ" in warning and "tesseract-ocr-vie" in warning for warning in extract.warnings)
