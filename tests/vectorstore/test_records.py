"""Records: what is read back is what was written, to the character."""

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest import TempPathFactory

from ingest import LoadedDocument, load
from ingest.layout import PlacedWord
from ingest.load import LoadOptions, Provenance
from vectorstore.records import copy_records, read_records, stored_records, write_records

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
    data = f"Điều 1. {text}\n1. {text}".encode()
    wanted = LoadOptions(accepted=frozenset({sha256(data).hexdigest()}))  # other scripts look suspicious
    loaded = load(Path("a.txt"), "a.txt", data, wanted)
    path = tmp_path_factory.getbasetemp() / "any-text.jsonl"
    write_records(path, [loaded])
    assert read_records(path) == [loaded]


def test_a_file_name_that_is_not_utf8_survives(tmp_path: Path) -> None:
    loaded = load(Path("a.txt"), os.fsdecode(b"v\xe9.txt"), b"Xin nghi.")
    path = tmp_path / "documents.jsonl"
    write_records(path, [loaded])
    assert read_records(path) == [loaded]


def test_boxes_pages_and_provenance_of_a_scan_survive(resolution: LoadedDocument, tmp_path: Path) -> None:
    passage = replace(resolution.passages[0], page=3, header="TT | Nội dung")
    scan = replace(
        resolution,
        passages=(passage,),
        provenance=Provenance("PDF", None, ("TCVN3",), 0.98, 3, 0.91),
        words=(PlacedWord(0, 4, 3, (0.1, 0.25, 0.2, 0.3), 0.87),),
    )
    path = tmp_path / "documents.jsonl"
    write_records(path, [resolution, scan])
    assert read_records(path)[1] == scan


def test_records_can_be_copied_without_reading_them(resolution: LoadedDocument, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    other = load(Path("a.txt"), "a.txt", b"A.")
    write_records(first, [resolution, other])
    stored = list(stored_records(first))
    assert [record.source for record in stored] == [resolution.document.source, "a.txt"]
    copy_records(reversed(stored), second)
    assert read_records(second) == [other, resolution]
