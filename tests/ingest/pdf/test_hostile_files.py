"""Files that are encrypted, cut off, mutated or made to exhaust the reader: a clear error, never a crash."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import IngestError, UnreadableFileError
from ingest.extract import Extract
from ingest.readers.image import read_image
from ingest.readers.pdf import read_pdf
from tests.ingest.pdf.scans import jpeg_of
from tests.ingest.pdf.written import Picture, Text, grid, paragraphs, pdf

SOUND = pdf(
    list(paragraphs(["Điều 1. Giao Ủy ban nhân dân xã."] * 20)),
    [*grid([80, 200, 500], [100, 140]), Text(85, 120, "TT"), Text(210, 120, "Nội dung")],
)
PNG = io.BytesIO()
Image.new("L", (40, 40), 255).save(PNG, "PNG")


def outcome(read: Callable[[Path, bytes], Extract], data: bytes) -> Extract | str:
    """What is read, or the one line of the error; anything else fails the test."""
    try:
        return read(Path("hong.pdf"), data)
    except IngestError as error:
        assert "\n" not in str(error)
        assert "Traceback" not in str(error)
        return str(error)


def mutated(data: bytes, seed: int) -> bytes:
    rng = random.Random(seed)
    changed = bytearray(data)
    for _ in range(rng.randint(1, 40)):
        at = rng.randrange(len(changed))
        kind = rng.randrange(3)
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randint(1, min(50, len(changed) // 4))]
        else:
            changed[at:at] = bytes(changed[at : at + rng.randint(1, 50)])
    return bytes(changed)


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("none")))


def test_an_encrypted_file_asks_for_a_copy_without_password() -> None:
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>"
    data = pdf(list(paragraphs(["Mật"])), extra=lock % (b"ab" * 32, b"cd" * 32))
    with pytest.raises(UnreadableFileError, match="mật khẩu"):
        read_pdf(Path("mat.pdf"), data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 5000, "Điều 1.".encode()])
def test_what_is_no_pdf_is_refused_with_the_mend(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"hong\.pdf: tệp PDF hỏng.*in lại ra PDF"):
        read_pdf(Path("hong.pdf"), data)


@settings(max_examples=60)
@given(st.integers(0, len(SOUND)))
def test_files_cut_off_anywhere_are_read_or_refused(length: int) -> None:
    outcome(read_pdf, SOUND[:length])


@settings(max_examples=120)
@given(st.integers())
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    outcome(read_pdf, mutated(SOUND, seed))


@pytest.mark.parametrize(
    "name",
    [
        "legacy-encodings-real/2006-19412_QD115.04TTg_BLTch_DNNVV.pdf",
        "qd-draft-tt-hdnd-thanh-hoa-2026/New1.pdf",
        "qd-46-qd-bcdcchc-2021-scan/scan.pdf",
    ],
)
def test_mutated_real_files_are_read_or_refused(
    name: str, shared_corpus: Callable[[str], Path], without_tesseract: None
) -> None:
    data = shared_corpus(name).read_bytes()
    for seed in range(40):
        outcome(read_pdf, mutated(data, seed))
        outcome(read_pdf, data[: random.Random(seed).randrange(len(data))])


@settings(max_examples=60)
@given(st.integers(), st.booleans())
def test_mutated_images_are_read_or_refused(seed: int, cut: bool) -> None:
    data = mutated(PNG.getvalue(), seed)
    outcome(read_image, data[: len(data) // 2] if cut else data)


def test_a_page_as_large_as_a_field_is_not_drawn() -> None:
    data = pdf([Picture(*jpeg_of(["x"]))], size=(2_000_000.0, 2_000_000.0))
    assert isinstance(outcome(read_pdf, data), str)


def test_a_small_image_file_with_a_huge_picture_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(UnreadableFileError, match="quá lớn"):
        read_image(Path("bom.png"), buffer.getvalue())


def test_an_image_of_another_format_is_refused_whatever_its_name() -> None:
    buffer = io.BytesIO()
    Image.new("L", (40, 40)).save(buffer, "GIF")
    with pytest.raises(UnreadableFileError, match="không phải PNG, JPEG, TIFF"):
        read_image(Path("anh.png"), buffer.getvalue())


def test_thousands_of_pages_that_are_one_are_refused() -> None:
    data = pdf(list(paragraphs(["a"])))
    many = data.replace(b"/Count 1 /Kids [", b"/Count 9000 /Kids [" + b"7 0 R " * 8999)
    assert isinstance(outcome(read_pdf, many), str | Extract)


def test_scripts_and_attachments_are_left_alone() -> None:
    lure = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /O << /S /Launch /F (/bin/sh) >> >>"
    )
    data = pdf(list(paragraphs(["Điều 1."]))).replace(b"/Type /Catalog", b"/Type /Catalog " + lure)
    extract = read_pdf(Path("bay.pdf"), data)
    assert [block.text for block in extract.blocks] == ["Điều 1."]


def test_reading_writes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    outcome(read_pdf, SOUND)
    outcome(read_pdf, pdf([Picture(*jpeg_of(["Giao cho xa"]))]))
    assert not list(tmp_path.iterdir())
