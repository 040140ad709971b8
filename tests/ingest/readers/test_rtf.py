"""Rich text: paragraphs, rows, letters in every way of writing them; damaged and hostile files."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encodings import repair_lines
from ingest.errors import IngestError, UnreadableFileError
from ingest.extract import Block
from ingest.readers.rtf import read_rtf

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset0 .VnTime;}}"


def read(body: bytes) -> tuple[Block, ...]:
    return read_rtf(Path("a.rtf"), HEAD + body + b"}").blocks


def test_letters_are_read_as_codes_as_bytes_and_as_soft_hyphens() -> None:
    assert read(rb"\u272?i\u7873?u 1 th\'ad t\- \'e1\par Hai")[0].text == "Điều 1 th\u00ad t\u00ad á"


def test_a_bar_in_the_text_is_no_cell_and_cells_are_rows() -> None:
    blocks = read(
        rb"Truoc a|b\par\trowd\cellx9\cellx99\intbl TT\cell Noi\par dung\cell\trowd\row"
        rb"\trowd\intbl 1\cell\cell\row\pard Sau\par"
    )
    assert [(block.text, block.table) for block in blocks] == [
        ("Truoc a|b", None),
        ("TT | Noi dung", 1),
        ("1 | ", 1),
        ("Sau", None),
    ]


def test_pictures_binary_data_and_addresses_of_links_are_no_text() -> None:
    body = (
        rb"Mot {\pict\wmetafile8 " + b"0102abcd" * 3000 + rb"}{\*\x\bin5 }}{{a}"
        rb'{\field{\*\fldinst{HYPERLINK "http://x.vn"}}{\fldrslt{hai}}} ba\par'
    )
    assert [block.text for block in read(body)] == ["Mot hai ba"]


def test_a_table_that_the_file_breaks_off_keeps_its_words() -> None:
    assert [block.text for block in read(rb"\trowd Mot\cell Hai\cell Ba")] == ["Mot | Hai", "Ba"]


@pytest.mark.parametrize("data", [b"", b"Xin ch\xc3\xa0o", rb"{\rtf1\bin", rb"{\rtf1 \u \f \uc x}"])
def test_what_is_no_rich_text_is_refused_in_vietnamese_or_empty(data: bytes) -> None:
    try:
        blocks = read_rtf(Path("a.rtf"), data).blocks
    except UnreadableFileError as error:
        assert "a.rtf: tệp .rtf" in str(error)
        assert "lưu lại" in str(error)
    else:
        assert not "".join(block.text for block in blocks).strip(" x")


@pytest.mark.parametrize(
    "body",
    [
        rb"{\fonttbl" + rb"\f1" * 100_000,
        rb"{\fonttbl{\f1\fcharset0" + b"a" * 200_000,
        rb'{\field{\*\fldinst{HYPERLINK "a" ' * 5_000,
        b"{" * 200_000,
        rb"{\pict " * 50_000,
    ],
    ids=["fonts", "font name", "links", "groups", "pictures"],
)
def test_hostile_files_take_no_time(body: bytes) -> None:
    begun = time.process_time()
    read_rtf(Path("a.rtf"), rb"{\rtf1" + body)
    assert time.process_time() - begun < 10


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=8))
def test_a_file_with_changed_bytes_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(HEAD + rb"Mot\par\trowd\intbl a\cell\row\u7873? {\field{\fldrslt x}}\'e1}" + b" " * 80)
    for place, value in changes:
        data[min(place, len(data) - 1)] = value
    try:
        read_rtf(Path("a.rtf"), bytes(data))
    except IngestError as error:
        assert "a.rtf" in str(error)


def test_a_real_file_in_tcvn3_has_the_words_of_its_truth(shared_corpus: Callable[[str], Path]) -> None:
    path = shared_corpus("legacy-encodings-real/2003-A30.rtf")
    lines, _ = repair_lines([block.text for block in read_rtf(path, path.read_bytes()).blocks])
    truth = path.with_name("truth-2003-A30.txt").read_text().replace("|", " ").lower().split()
    assert " ".join(lines).lower().split() == truth
