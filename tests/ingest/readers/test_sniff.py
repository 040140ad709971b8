"""Files whose name says something else than their content, and files that are locked."""

import contextlib
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import IngestError, UnreadableFileError, UnsupportedFormatError
from ingest.extract import Extract
from ingest.readers import read
from ingest.readers.sniff import sniff
from tests.ingest.pdf.written import paragraphs, pdf
from tests.ingest.readers.small_files import LINES, SMALL_FILES, TEXT, odt_parts
from tests.ingest.readers.workbooks import compound, zipped

SELF_TELLING = (".html", ".rtf", ".docx", ".odt", ".xlsx", ".xls", ".ods", ".pdf")


def read_as(suffix: str, data: bytes) -> Extract:
    return read(Path(f"van-ban{suffix}"), data)


def refusal(suffix: str, data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_as(suffix, data)
    return str(caught.value)


@pytest.mark.parametrize("suffix", SELF_TELLING)
def test_a_file_is_read_by_its_content_and_the_wrong_name_is_told(suffix: str) -> None:
    data = SMALL_FILES[suffix]
    rightly = read_as(suffix, data)
    assert rightly.blocks and rightly.warnings == ()
    for wrong in {".txt", ".doc", ".docx", ".pdf", ".xlsx"} - {suffix}:
        extract = read_as(wrong, data)
        assert extract.blocks == rightly.blocks
        (warning,) = extract.warnings
        assert warning.startswith(f"đuôi tệp {wrong} nhưng nội dung là ")


def test_the_usual_case_is_told_as_people_say_it() -> None:
    assert read_as(".doc", SMALL_FILES[".rtf"]).warnings == ("đuôi tệp .doc nhưng nội dung là RTF",)


@pytest.mark.parametrize(
    ("named", "suffix"), [(".docm", ".docx"), (".xlsm", ".xlsx"), (".htm", ".html"), (".DOCX", ".docx")]
)
def test_names_of_the_same_kind_are_not_wrong(named: str, suffix: str) -> None:
    assert read_as(named, SMALL_FILES[suffix]).warnings == ()


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_that_begins_like_something_else_stays_text(suffix: str) -> None:
    for start in ("BM thực hiện như sau:", "MZ là tên xã.", "GIF8 và RIFF", "<p>html</p>", "PK số 3"):
        extract = read_as(suffix, start.encode())
        assert extract.warnings == () and extract.blocks


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_page_with_a_byte_order_mark_is_known(encoding: str) -> None:
    found = sniff(f"<!-- lưu -->\n<html><body>{TEXT}</body></html>".encode(encoding))
    assert found is not None and found.suffix == ".html"


def gif() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, "GIF")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gif(), "ảnh GIF"),
        (b"\x7fELF" + bytes(60), "chương trình"),
        (b"MZ\x90\x00" + bytes(60), "chương trình"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "RAR"),
        (compound({"PowerPoint Document": b"x"}), "PowerPoint"),
        (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "PowerPoint"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x", "MHTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><x/>', "Word 2003 XML"),
    ],
)
def test_a_kind_without_a_reader_is_named_and_refused(data: bytes, name: str) -> None:
    for suffix in (".txt", ".doc", ".docx", ".pdf"):
        message = refusal(suffix, data)
        assert name in message and "Lưu lại thành" in message


def test_an_archive_named_like_a_text_is_refused() -> None:
    assert ".zip" in refusal(".txt", zipped({"a.txt": "x"}))


def test_a_name_without_a_reader_is_refused_whatever_the_content() -> None:
    with pytest.raises(UnsupportedFormatError):
        read_as(".exe", TEXT.encode())


def encrypted_pdf() -> bytes:
    lock = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>"
    return pdf(list(paragraphs(["Mật"])), extra=lock % (b"ab" * 32, b"cd" * 32))


def locked_xls() -> bytes:
    sound = SMALL_FILES[".xls"]
    second = sound.index(b"\x42\0\2\0")  # a record that stands behind the first
    return sound[:second] + b"\x2f\0" + sound[second + 2 :]


def locked_doc() -> bytes:
    return compound({"WordDocument": b"\xec\xa5\xc1\0".ljust(11, b"\0") + b"\x13" + bytes(5_000)})


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".xls", locked_xls()),
        (".doc", locked_doc()),
        (".docx", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})),
        (".xlsx", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})),
        (".doc", compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})),
        (".odt", zipped(odt_parts() | {"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
        (".txt", zipped(odt_parts() | {"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
        (".pdf", encrypted_pdf()),
    ],
)
def test_a_locked_file_asks_for_one_without_password(suffix: str, data: bytes) -> None:
    assert "mật khẩu" in refusal(suffix, data)


@pytest.mark.skipif(not shutil.which("tesseract"), reason="needs tesseract-ocr")
def test_pages_are_counted_while_they_are_recognised_also_under_a_wrong_name() -> None:
    told: list[tuple[int, int]] = []
    buffer = io.BytesIO()
    Image.new("L", (400, 500), 255).save(buffer, "PNG")
    with contextlib.suppress(IngestError):  # nothing stands on the page
        read(Path("trang.pdf"), buffer.getvalue(), lambda done, pages: told.append((done, pages)))
    assert told == [(0, 1), (1, 1)]


def test_the_text_of_every_sound_file_is_there() -> None:
    for suffix in (".txt", ".html", ".rtf", ".docx", ".odt", ".pdf"):
        said = " ".join(block.text for block in read_as(suffix, SMALL_FILES[suffix]).blocks)
        assert all(line in said for line in LINES), suffix
