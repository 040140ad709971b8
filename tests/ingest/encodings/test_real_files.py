"""Real documents of 2002 to 2006 in TCVN3 and VNI against their transcripts, word by word, up to case.

Only the transcripts' own slips are set right here: their table has ẵ for VNI's ặ, and it took some cells of
the spreadsheet for VNI that are TCVN3.
"""

import difflib
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.encodings import repair_lines

FOLDER = "legacy-encodings-real"
_SLIPS = {
    "hoẵc": "hoặc", "chẵt": "chặt", "chẵn": "chặn", "đẵc": "đặc", "ệùng": "ứng", "mýa": "mía",
    "triưu": "triệu", "lýt": "lít", "víi": "với", "tỉng": "tổng", "xŭt": "xuất", "khèu": "khẩu",
}  # fmt: skip
_FIELD_CODES = {"page"}  # the antiword reader leaves page fields out, the transcripts have them

Find = Callable[[str], Path]


def _doc(path: Path) -> str:
    if not shutil.which("antiword"):
        pytest.skip("antiword is not installed")
    command = ["antiword", "-m", "UTF-8.txt", "-w", "0", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def _rtf(path: Path) -> str:
    striprtf = pytest.importorskip("striprtf.striprtf")
    return str(striprtf.rtf_to_text(path.read_text("latin-1"), encoding="cp1252"))


def _xls(path: Path) -> str:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(str(path))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join("\t".join(map(str, row)) for sheet in sheets for row in sheet)


def _pdf(path: Path) -> str:
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _words(text: str) -> list[str]:
    # Numbers are left out: a spreadsheet gives 7.0 where the transcript has 7.
    words = (word.lower() for word in re.findall(r"\w+", unicodedata.normalize("NFC", text)))
    return [_SLIPS.get(word, word) for word in words if word.isalpha() and word not in _FIELD_CODES]


def _share(meant: list[str], got: list[str]) -> float:
    matcher = difflib.SequenceMatcher(None, meant, got, autojunk=False)
    return 2 * sum(block.size for block in matcher.get_matching_blocks()) / (len(meant) + len(got))


@pytest.mark.parametrize(
    ("name", "read", "encodings", "at_least"),
    [
        ("2003-A30.rtf", _rtf, ("TCVN3",), 1.0),
        ("2005-QDSUA522.doc", _doc, ("TCVN3", "VNI"), 0.9995),
        ("2005-KH2003-bieu.xls", _xls, ("TCVN3",), 0.999),
        ("2006-19412_QD115.04TTg_BLTch_DNNVV.pdf", _pdf, ("TCVN3",), 1.0),
        ("2006-quydinhkiemtra02.doc", _doc, ("VNI",), 1.0),
    ],
)
def test_real_files_equal_their_transcripts_up_to_case(
    shared_corpus: Find, name: str, read: Callable[[Path], str], encodings: tuple[str, ...], at_least: float
) -> None:
    raw = read(shared_corpus(f"{FOLDER}/{name}"))
    truth = shared_corpus(f"{FOLDER}/truth-{Path(name).stem}.txt").read_text(encoding="utf-8")
    lines, repairs = repair_lines(raw.split("\n"))
    assert _share(_words(truth), _words("\n".join(lines))) >= at_least
    assert repairs.encodings == encodings
    assert repairs.confidence > 0.99


@pytest.mark.parametrize("name", ["2003-A30", "2005-QDSUA522", "2006-quydinhkiemtra02"])
def test_transcripts_are_unicode_and_stay_as_they_are(shared_corpus: Find, name: str) -> None:
    truth = shared_corpus(f"{FOLDER}/truth-{name}.txt").read_text(encoding="utf-8")
    lines = unicodedata.normalize("NFC", truth).split("\n")
    assert repair_lines(lines)[0] == lines


def test_a_font_with_a_wrong_table_is_mended_in_a_real_file(shared_corpus: Find) -> None:
    path = shared_corpus("nd-47-2020-nd-cp-broken-glyphs/pdftotext-layout.txt")
    lines, repairs = repair_lines(path.read_text(encoding="utf-8").split("\n"))
    assert not any("ƣ" in line or "Ƣ" in line for line in lines)
    assert repairs.encodings == ("ký tự giống",)
