"""Whatever a file holds: it is read or refused with a reason, and every offset is right."""

import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Level, Zone
from ingest import LoadedDocument, load
from ingest.artefacts import clean_blocks
from ingest.cut_headings import mended
from ingest.errors import EmptyFileError, IngestError
from ingest.extract import Block
from ingest.fused import unfused
from ingest.metadata import metadata
from ingest.passages import structure
from ingest.tables import settled
from ingest.wrapping import is_hard_wrapped, joined

FILE = Path("van-ban.txt")
PIECES = [
    "Điều 1.", "Điều 2.", "Điều 3: ", "Điều 10 của Nghị định", "Điều 7a. Trực", "Chương I",
    "Chương II. Chung", "PHẦN THỨ NHẤT", "Mục 1", "1. ", "2. ", "3) ", "1.1. ", "2.500 hộ", "1999. ",
    "a) ", "b) ", "đ) ", "I. ", "II- ", "PHỤ LỤC", "PHỤ LỤC I", "QUYẾT ĐỊNH", "QUYẾT NGHỊ:", "NGHỊ QUYẾT",
    "LUẬT", "Căn cứ Luật Mẫu;", "Xét đề nghị,", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    "Nơi nhận:", "Số: 12/QĐ-UBND", "CHÍNH PHỦ", "Hà Nội, ngày 05 tháng 3 năm 2020",
    "Nghị quyết này đã được thông qua./.", "Về phòng cháy", "Giao Sở Y tế.", "như sau:", "QUY ĐỊNH CHUNG",
    "“", "”", "\"", "[bookmark: _Hlk1]", "[bookmark: ", "-----", "…", "|", "số", "Ủy ban",
    unicodedata.normalize("NFD", "số tiền"), unicodedata.normalize("NFD", "Điều 2. Ủy"), "\u0301",
    "\u200b", "\ufeff", "\u202e", "\u00ad", "\x07", "\x1c", "\x85", "\u2028", "\t", "\u00a0", " ", "",
]  # fmt: skip
lines = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=5
)
files = st.lists(lines.map("".join) | lines.map(" ".join), max_size=25).map("\n".join)
INVISIBLE = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\ufeff]")


def loaded(text: str) -> LoadedDocument | None:
    """The document, or None where the product says that there is nothing to read."""
    try:
        return load(FILE, FILE.name, text.encode())
    except IngestError as error:
        assert FILE.name in str(error)
        return None


@given(files)
@settings(max_examples=400)
def test_offsets_are_right_and_nothing_is_lost(text: str) -> None:
    result = loaded(text)
    if result is None:
        return
    whole, position = result.document.text, 0
    for passage in result.passages:
        assert passage.text == whole[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""
        assert set(whole[position : passage.start]) <= {"\n"}
        assert passage.start >= position
        position = passage.end
    assert position == len(whole)
    ids = [passage.id for passage in result.passages]
    assert len(set(ids)) == len(ids)


@given(files)
def test_text_is_composed_and_free_of_invisible_characters(text: str) -> None:
    result = loaded(text)
    if result is None:
        return
    assert unicodedata.is_normalized("NFC", result.document.text)
    assert not INVISIBLE.search(result.document.text)


@given(files)
def test_the_same_file_gives_the_same_document(text: str) -> None:
    assert loaded(text) == loaded(text)


@given(files)
def test_metadata_is_printed_in_the_text(text: str) -> None:
    result = loaded(text)
    if result is None:
        return
    document = result.document
    printed = re.sub(r"\s", "", document.text).replace("–", "-")
    for value in (document.number, document.issuer, document.signer, document.title):
        assert value is None or re.sub(r"\s", "", value).replace("–", "-") in printed
    assert document.issued_on is None or document.issued_on[:4] in printed
    assert document.kind is None or document.kind.upper() in document.text
    assert document.name


@given(files)
def test_only_the_body_has_a_place_in_the_outline(text: str) -> None:
    result = loaded(text)
    for passage in result.passages if result else ():
        assert passage.location
        if passage.headings:
            assert passage.zone in (Zone.BODY, Zone.HEADING)
            assert passage.ordinal >= 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    loaded(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        load(FILE, FILE.name, data)
    except IngestError as error:
        assert FILE.name in str(error)


@given(st.text(" \t\n\r\u00a0\u200b\ufeff-_*=~.", min_size=1))
def test_a_file_of_blanks_and_drawn_lines_is_empty(text: str) -> None:
    try:
        load(FILE, FILE.name, text.encode())
    except EmptyFileError:
        return
    raise AssertionError("something was read")


# Outlines with their places known beforehand: for each Điều its khoản, for each khoản its điểm, and after
# each of them so many paragraphs without a number.
POINT_LETTERS = "abcdđeghiklm"
continuations = st.integers(0, 2)
clause_shapes = st.lists(st.tuples(continuations, st.lists(continuations, max_size=12)), max_size=12)
outlines = st.lists(st.tuples(continuations, clause_shapes), min_size=1, max_size=5)
Shape = list[tuple[int, list[tuple[int, list[int]]]]]


def written(outline: Shape) -> tuple[list[str], list[str]]:
    """The paragraphs of an outline, and the place where each is to be cited."""
    paragraphs: list[str] = []
    expected: list[str] = []

    def add(marker: str, place: str, more: int) -> None:
        paragraphs.extend([f"{marker} Giao Sở Y tế chủ trì.", *(["Sở Tài chính phối hợp."] * more)])
        expected.extend([f"{place}, đoạn {n}" for n in range(1, more + 2)] if more else [place])

    for number, (more, clauses) in enumerate(outline, 1):
        add(f"Điều {number}.", f"Điều {number}", more)
        for clause, (more_of_clause, points) in enumerate(clauses, 1):
            add(f"{clause}.", f"Điều {number}, khoản {clause}", more_of_clause)
            for letter, more_of_point in zip(POINT_LETTERS, points, strict=False):
                add(f"{letter})", f"Điều {number}, khoản {clause}, điểm {letter}", more_of_point)
    return paragraphs, expected


@given(outlines)
def test_every_paragraph_of_a_sound_outline_is_cited_at_its_place(outline: Shape) -> None:
    paragraphs, expected = written(outline)
    result = loaded("\n".join(paragraphs))
    assert result is not None
    assert [passage.location for passage in result.passages] == expected
    assert [passage.text for passage in result.passages] == paragraphs
    assert result.warnings == ()


@given(outlines)
def test_the_letterhead_and_signature_around_an_outline_change_no_place(outline: Shape) -> None:
    paragraphs, expected = written(outline)
    before = ["CHÍNH PHỦ", "Số: 5/NĐ-CP", "NGHỊ ĐỊNH", "Về phòng cháy", "Căn cứ Luật Mẫu;"]
    after = ["Nơi nhận:", "- Như Điều 2;", "1. Lưu: VT.", "TM. CHÍNH PHỦ", "Trần Văn Mẫu"]
    result = loaded("\n".join(before + paragraphs + after))
    assert result is not None
    assert [p.location for p in result.passages if p.zone is Zone.BODY] == expected
    assert {p.headings[0].level for p in result.passages if p.headings} == {Level.ARTICLE}


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
@settings(max_examples=60)
def test_every_quotable_place_is_told_apart(line: str) -> None:
    result = loaded("\n".join([line, *line.split(" "), line]))
    quotable = [p.location for p in result.passages if p.zone is not Zone.HEADING] if result else []
    assert len(set(quotable)) == len(quotable)


def laid_out_in(text: str) -> float:
    """Seconds of processor time from lines to passages and metadata."""
    blocks = [Block(line) for line in text.split("\n")]
    start = time.process_time()
    paragraphs = settled(unfused(mended(clean_blocks(joined(blocks) if is_hard_wrapped(blocks) else blocks))))
    metadata(structure(paragraphs, "x").passages)
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit", ["số 12/QĐ-UBND ", "“", "1.1.", "QUYẾT ĐỊNH CĂN CỨ ", "Căn cứ ; ", "(", "  x", "|"]
)
def test_time_grows_with_the_length_of_a_line_not_with_its_square(unit: str) -> None:
    def took(size: int) -> float:
        return laid_out_in(unit * (size // len(unit.encode())))

    assert took(2_000_000) < 30 * max(took(200_000), 0.01)
