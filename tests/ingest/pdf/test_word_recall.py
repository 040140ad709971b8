"""The words of real PDF files against `pdftotext`: at least 99 % of them, in order."""

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from ingest.extract import Extract
from ingest.readers.pdf import read_pdf

LEAST = 0.99
# Their text layer is damaged, and recognised instead.
DAMAGED = {"35.2024.pdf", "scan.pdf", "doc.pdf"}


@pytest.fixture(scope="module")
def real_files(shared_corpus: Callable[[str], Path]) -> list[Path]:
    folder = shared_corpus("qd-draft-tt-hdnd-thanh-hoa-2026/New1.pdf").parent.parent
    files = [*folder.rglob("*.pdf"), *folder.parent.glob("evaldata/provincial_docs/pdf/*.pdf")]
    return sorted(file for file in files if file.name not in DAMAGED)


def words_of(text: str) -> list[str]:
    """Words as pdftotext and we agree on them: numbers stamped into dates may or may not stand apart."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", text)
    return re.sub(r"(\bngày|\btháng|\bnăm)(?=\d)", r"\1 ", text).split()


def pdftotext(file: Path, *options: str) -> list[str]:
    done = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").split("\f")


def in_order(theirs: list[str], ours: list[str]) -> int:
    """How many of their words come in ours, in their order."""
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def our_pages(extract: Extract) -> list[list[str]]:
    pages = []
    for number in range(1, (extract.pages or 0) + 1):
        # pdftotext takes the hyphen of "TT-BTC" at a line end for a divided word and drops it.
        lines = [
            block.text.replace(" | ", " ") for block in extract.blocks if block.page == number and block.text
        ]
        pages.append(words_of(re.sub(r"(?<=\w)-\n", "", "\n".join(lines))))
    return pages


def shares(file: Path) -> tuple[float, float]:
    """Of their words: those on the page in any order; those in order, tables by any order.

    pdftotext reads a table column by column or line by line, whichever; rows are right, so a page with a
    table counts by its words. Elsewhere either of its two orders will do.
    """
    extract = read_pdf(file, file.read_bytes())
    tables = {block.page for block in extract.blocks if block.table}
    plain, layout = pdftotext(file), pdftotext(file, "-layout")
    total = found = ordered = 0
    for number, ours in enumerate(our_pages(extract), 1):
        theirs = words_of(plain[number - 1])
        here = sum((Counter(theirs) & Counter(ours)).values())
        best = max(in_order(theirs, ours), in_order(words_of(layout[number - 1]), ours))
        total += len(theirs)
        found += here
        ordered += here if number in tables else min(best, here)
    return found / total, ordered / total


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (package poppler-utils)")
def test_every_sound_pdf_has_the_words_of_pdftotext_in_order(real_files: list[Path]) -> None:
    measured = {file.name: shares(file) for file in real_files}
    assert {name: pair for name, pair in measured.items() if min(pair) < LEAST} == {}
