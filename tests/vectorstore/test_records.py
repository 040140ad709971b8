"""Records: what is read back is what was written, to the character."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest import TempPathFactory

from ingest import LoadedDocument, load
from vectorstore.records import read_records, write_records

TRICKY = """Điều 1. Dấu " và \\ và \u2028\u0085 “ngoặc”, tab\t, 𝔘, e\u0301.
1. Một:
a) Hai.
Điều 5. Năm.
CHỦ TỊCH
Trần Văn Mẫu"""


def test_the_resolution_is_read_back_equal(resolution: LoadedDocument, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    write_records(path, [resolution])
    assert read_records(path) == [resolution]


def test_several_documents_keep_their_order_warnings_and_missing_metadata(
    resolution: LoadedDocument, tmp_path: Path
) -> None:
    tricky = load(Path("b.txt"), 'thư mục/b "c".txt', TRICKY.encode())
    assert tricky.warnings
    written = [tricky, resolution, load(Path("a.txt"), "a.txt", b"A.")]
    path = tmp_path / "documents.jsonl"
    write_records(path, written)
    assert read_records(path) == written


def test_no_document_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    write_records(path, [])
    assert read_records(path) == []


def test_the_text_is_written_once_and_readable(resolution: LoadedDocument, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    write_records(path, [resolution])
    assert path.read_text(encoding="utf-8").count("Nghị quyết số 233-NQ/TU") == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives(tmp_path_factory: TempPathFactory, text: str) -> None:
    loaded = load(Path("a.txt"), "a.txt", f"Điều 1. {text}\n1. {text}".encode())
    path = tmp_path_factory.getbasetemp() / "any-text.jsonl"
    write_records(path, [loaded])
    assert read_records(path) == [loaded]


def test_a_file_name_that_is_not_utf8_survives(tmp_path: Path) -> None:
    loaded = load(Path("a.txt"), os.fsdecode(b"v\xe9.txt"), b"Xin nghi.")
    path = tmp_path / "documents.jsonl"
    write_records(path, [loaded])
    assert read_records(path) == [loaded]
