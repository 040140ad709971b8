"""Answers from scans say that a machine read the words, and which numbers it may have misread."""

from dataclasses import replace
from pathlib import Path

from assistant import Assistant
from ingest import LoadedDocument
from ingest.load import Provenance
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.progress import silent
from vectorstore.records import stored_records, write_records


def opened(loaded: LoadedDocument, folder: Path, encoder: Encoder) -> Assistant:
    location = IndexLocation(folder / "index")
    location.folder.mkdir()
    write_records(folder / "records.jsonl", [loaded])
    build_generation(list(stored_records(folder / "records.jsonl")), location, encoder, None, silent)
    return Assistant.open(location, encoder)


def test_a_quotation_from_a_scan_is_to_be_compared_with_the_original(
    resolution: LoadedDocument, tmp_path: Path, encoder: Encoder
) -> None:
    read = Provenance(
        "PDF (bản quét, OCR)", pages=4, ocr_confidence=0.914, doubtful=("02/6/2023", "99-KL/TU")
    )
    scan = opened(replace(resolution, provenance=read), tmp_path, encoder)
    answer = scan.ask("Chỉ thị số 26-CT/TU về việc gì?")
    (note,) = [note.text for note in answer.notes if "bản quét" in note.text]
    assert note.startswith("[1]") and "91%" in note and "đối chiếu với bản gốc" in note
    assert "02/6/2023" in note, "the doubtful number stands in the quotation"
    assert "99-KL/TU" not in note, "this one does not"
    assert any(
        "compare with the original" in n.text for n in scan.ask("What is Directive 26-CT/TU about?").notes
    )


def test_a_typed_document_has_no_such_note(
    resolution: LoadedDocument, tmp_path: Path, encoder: Encoder
) -> None:
    typed = opened(resolution, tmp_path, encoder)
    assert not [n for n in typed.ask("Chỉ thị số 26-CT/TU về việc gì?").notes if "bản quét" in n.text]
