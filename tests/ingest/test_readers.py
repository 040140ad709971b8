"""Files as people have them: other encodings, tables, damage, and folders with more than documents."""

import codecs
import io
import os
import random
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile

from corpus import Zone
from ingest import LoadedDocument, discover, load
from ingest.errors import EmptyFileError, IngestError, UnreadableFileError, UnsupportedFormatError

TEXT = "Điều 1. Giao Sở Y tế chủ trì.\nĐiều 2. Nghị quyết có hiệu lực ngay."


def texts(loaded: LoadedDocument) -> list[str]:
    return [passage.text for passage in loaded.passages]


def read_text(data: bytes) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", data)


def word_bytes(write: Callable[[WordFile], object]) -> bytes:
    document = docx.Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_word(data: bytes) -> LoadedDocument:
    return load(Path("van-ban.docx"), "van-ban.docx", data)


def refusal_of_word(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_word(data)
    return str(caught.value)


SOUND_WORD = word_bytes(lambda document: document.add_paragraph("Điều 1. Giao Sở Y tế chủ trì."))


# --- plain text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with byte order mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="UTF-16 as Notepad saves it"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="UTF-16 big end first"),
        pytest.param(unicodedata.normalize("NFD", TEXT).encode(), id="decomposed"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(TEXT.replace("\n", " \n\n\t\n  ").encode(), id="blank lines and blanks"),
    ],
)
def test_the_same_text_is_read_whatever_the_encoding(data: bytes) -> None:
    assert read_text(data).document.text == TEXT


def test_an_old_vietnamese_encoding_is_read() -> None:
    loaded = read_text("Céng hoµ x· héi chñ nghÜa ViÖt Nam".encode("latin-1"))
    assert texts(loaded) == ["Cộng hoà xã hội chủ nghĩa Việt Nam"]
    assert loaded.provenance.encoding == "TCVN3"


def test_text_cut_off_within_a_letter_is_read_up_to_there() -> None:
    (text,) = texts(read_text(codecs.BOM_UTF16_LE + "Giao Sở Y tế".encode("utf-16-le") + b"\x41"))
    assert text.startswith("Giao Sở Y tế")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"ABC\x00\x00DEF", id="NUL bytes"),
        pytest.param(bytes(range(256)) * 8, id="every byte"),
        pytest.param(random.Random(1).randbytes(5_000), id="noise"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"van-ban\.txt.*UTF-8"):
        read_text(data)


@pytest.mark.parametrize(
    "data", [b" ", b"\n\r\n\t", "\u00a0\u200b\ufeff".encode(), codecs.BOM_UTF8, b"-----\n***"]
)
def test_a_file_without_a_word_is_called_empty(data: bytes) -> None:
    with pytest.raises(EmptyFileError, match=r"van-ban\.txt"):
        read_text(data)


def test_a_file_of_0_bytes_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "trong.txt"
    path.touch()
    with pytest.raises(EmptyFileError, match=r"trong\.txt.*0 byte"):
        load(path, path.name)


def test_invisible_characters_that_could_disguise_a_quote_are_removed() -> None:
    data = "Giao\u200b Sở\u202e Y\u00ad tế\u0007 chủ\u00a0trì.".encode()
    assert texts(read_text(data)) == ["Giao Sở Y tế chủ trì."]


def test_a_letter_and_its_mark_are_joined_when_what_stood_between_is_removed() -> None:
    loaded = read_text("Sở Y te\u0302\u200b\u0301 ho\u0007\u0323p.".encode())
    assert loaded.document.text == "Sở Y tế họp."


# --- Word files


def letterhead(document: WordFile) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ HOÀ BÌNH\n-------"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = "Số: 12/QĐ-UBND"
    table.cell(1, 1).text = "Hoà Bình, ngày 05 tháng 3 năm 2024"


def signature(document: WordFile) -> None:
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT."
    table.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nTrần Văn Mẫu"


def decision(document: WordFile) -> None:
    letterhead(document)
    for text in (
        "QUYẾT ĐỊNH",
        "Về việc tổ chức trực",
        "Căn cứ Luật Mẫu;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Lịch trực như sau:",
        "Điều 2. Văn phòng thi hành.",
    ):
        document.add_paragraph(text)
    signature(document)


def test_number_date_and_signer_are_read_from_the_tables_around_the_text() -> None:
    document = read_word(word_bytes(decision)).document
    assert (document.kind, document.number, document.issued_on) == ("quyết định", "12/QĐ-UBND", "2024-03-05")
    assert (document.title, document.signer) == ("Về việc tổ chức trực", "Trần Văn Mẫu")


def test_the_tables_around_the_text_are_in_no_article() -> None:
    passages = read_word(word_bytes(decision)).passages
    assert [p.location for p in passages if p.zone is Zone.BODY] == ["Điều 1", "Điều 2"]
    assert [p.text for p in passages if p.zone is Zone.SIGNATURE] == [
        "Nơi nhận:",
        "- Như Điều 2;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Mẫu",
    ]


def test_a_row_of_a_table_is_one_paragraph_where_the_table_stands() -> None:
    def write(document: WordFile) -> None:
        document.add_paragraph("Điều 1. Lịch trực:")
        table = document.add_table(3, 3)
        rows = [["TT", "Nội dung", "Thời hạn"], ["1", "Trực\nban  đêm", "05 ngày"], ["2", "", "1.234,5"]]
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("Điều 2. Thi hành.")

    passages = read_word(word_bytes(write)).passages
    assert [(p.location, p.text) for p in passages] == [
        ("Điều 1", "Điều 1. Lịch trực:"),
        ("Điều 1, dòng đầu bảng", "TT | Nội dung | Thời hạn"),
        ("Điều 1, dòng 1", "1 | Trực ban đêm | 05 ngày"),
        ("Điều 1, dòng 2", "2 |  | 1.234,5"),
        ("Điều 2", "Điều 2. Thi hành."),
    ]


def test_a_cell_merged_across_columns_is_read_once() -> None:
    def write(document: WordFile) -> None:
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Buổi sáng"
        for index, text in enumerate(("7h00", "Khai mạc", "Văn phòng")):
            table.cell(1, index).text = text

    assert texts(read_word(word_bytes(write))) == ["Buổi sáng", "7h00 | Khai mạc | Văn phòng"]


def test_two_neighbouring_cells_with_the_same_words_are_both_read() -> None:
    def write(document: WordFile) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = table.cell(0, 1).text = "05 ngày"

    assert texts(read_word(word_bytes(write))) == ["05 ngày | 05 ngày"]


def test_a_table_inside_the_letterhead_is_read_too() -> None:
    def write(document: WordFile) -> None:
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "ỦY BAN NHÂN DÂN XÃ"
        inner = outer.cell(0, 0).add_table(1, 1)
        inner.cell(0, 0).text = "Số: 12/QĐ-UBND"
        outer.cell(0, 1).text = "Độc lập - Tự do - Hạnh phúc"
        for text in ("QUYẾT ĐỊNH", "Về việc trực", "Điều 1. Trực đêm."):
            document.add_paragraph(text)

    assert read_word(word_bytes(write)).document.number == "12/QĐ-UBND"


def test_lines_of_one_word_paragraph_are_paragraphs() -> None:
    data = word_bytes(lambda document: document.add_paragraph("Điều 1. Trực đêm.\nĐiều 2. Thi hành."))
    assert texts(read_word(data)) == ["Điều 1. Trực đêm.", "Điều 2. Thi hành."]


def test_a_word_file_without_a_word_is_called_empty() -> None:
    with pytest.raises(EmptyFileError, match="OCR"):
        read_word(word_bytes(lambda document: document.add_paragraph("  ")))


# --- damaged Word files


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def without_the_text(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = [(name, archive.read(name)) for name in archive.namelist() if name != "word/document.xml"]
    return zipped(*kept)


def with_text_part(data: bytes, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped(*((name, content if name == "word/document.xml" else part) for name, part in parts))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"khong phai tep Word", id="text renamed .docx"),
        pytest.param(bytes(range(256)) * 8, id="other bytes"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), id="an old .doc renamed"),
        pytest.param(SOUND_WORD[: len(SOUND_WORD) // 2], id="download cut off"),
        pytest.param(zipped(), id="empty archive"),
        pytest.param(zipped(("a.txt", b"x")), id="some other archive"),
        pytest.param(without_the_text(SOUND_WORD), id="archive without the text"),
        pytest.param(with_text_part(SOUND_WORD, b"<w:document"), id="text is not XML"),
        pytest.param(with_text_part(SOUND_WORD, b"<a/>"), id="text is other XML"),
        pytest.param(with_text_part(SOUND_WORD, b""), id="text part is empty"),
    ],
)
def test_a_damaged_word_file_is_refused_with_the_mend(data: bytes) -> None:
    message = refusal_of_word(data)
    assert "van-ban.docx" in message
    assert "lưu lại thành .docx" in message


def test_a_word_file_cut_off_anywhere_is_read_or_refused() -> None:
    for length in range(1, len(SOUND_WORD), len(SOUND_WORD) // 60):
        refusal_of_word(SOUND_WORD[:length])


def test_a_small_archive_that_unpacks_to_hundreds_of_megabytes_is_refused() -> None:
    buffer = io.BytesIO()
    block = bytes(2**20)
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(260):
            part.write(block)
    assert len(buffer.getvalue()) < 4 * 2**20
    assert "260 MB" in refusal_of_word(buffer.getvalue())


# --- folders


def names(files: tuple[Path, ...]) -> list[str]:
    return [path.name for path in files]


def test_documents_are_found_in_folders_in_stable_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.DOCX", "a.txt", "b/c/3.TXT"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = discover(tmp_path)
    assert names(found.files) == ["a.txt", "1.DOCX", "2.txt", "3.TXT"]
    assert found.problems == ()


@pytest.mark.parametrize(
    "name", [".an.txt", "~$bao-cao.docx", "README.md", "readme.txt", "README", ".git/HEAD.txt"]
)
def test_what_is_no_document_is_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = discover(tmp_path)
    assert (found.files, found.problems) == ((), ())


@pytest.mark.parametrize("name", ["bieu.csv", "trinh-chieu.pptx", "anh.webp", "khong-duoi"])
def test_a_format_without_a_reader_is_named_with_the_formats_that_have_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "van-ban.txt").write_text(TEXT, encoding="utf-8")
    found = discover(tmp_path)
    assert names(found.files) == ["van-ban.txt"]
    (problem,) = found.problems
    assert isinstance(problem, UnsupportedFormatError)
    assert problem.path == tmp_path / name
    assert all(suffix in str(problem) for suffix in (".docx", ".pdf", ".txt", ".xlsx"))


def test_one_file_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert discover(path).files == (path,)
    other = tmp_path / "bieu.csv"
    other.write_bytes(b"x")
    assert [problem.path for problem in discover(other).problems] == [other]


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"khong-co.*đường dẫn"):
        discover(tmp_path / "khong-co")


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert discover(tmp_path).files == ()


def test_a_link_to_nowhere_is_a_problem_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mat.txt").symlink_to(tmp_path / "khong-co")
    (tmp_path / "vong.txt").symlink_to(tmp_path / "vong.txt")
    (tmp_path / "van-ban.txt").write_text(TEXT, encoding="utf-8")
    found = discover(tmp_path)
    assert names(found.files) == ["van-ban.txt"]
    assert [problem.path.name for problem in found.problems] == ["mat.txt", "vong.txt"]


def test_folders_that_link_in_a_circle_or_elsewhere_are_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "ngoai", tmp_path / "trong"
    for folder in (outside, inside):
        folder.mkdir()
        (folder / f"{folder.name}.txt").write_text(TEXT, encoding="utf-8")
    (inside / "vong").symlink_to(inside)
    (inside / "ra-ngoai").symlink_to(outside)
    assert names(discover(inside).files) == ["trong.txt"]


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "van-ban.txt"
    folder.mkdir()
    with pytest.raises(IngestError, match=r"van-ban\.txt"):
        load(folder, folder.name)


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="mat"):
        load(tmp_path / "mat.txt", "mat.txt")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "van-ban.txt").write_text(TEXT, encoding="utf-8")
        (folder / "van-ban.txt").chmod(0o644)
        yield folder
        for path in folder.iterdir():
            path.chmod(0o755)


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Root may read everything, so where the tests run as root the test goes on as another user."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    try:
        os.setresuid(nobody, nobody, 0)
    except OSError:
        pytest.skip("runs as root and may not become another user: nothing is unreadable for root")
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def closed(path: Path) -> Path:
    path.chmod(0o000)
    return path


@pytest.fixture
def closed_file(open_folder: Path) -> Path:
    path = open_folder / "kin.txt"
    path.write_text(TEXT, encoding="utf-8")
    return closed(path)


@pytest.fixture
def closed_subfolder(open_folder: Path) -> Path:
    path = open_folder / "kin"
    path.mkdir()
    return closed(path)


def test_a_file_without_permission_is_named_and_the_rest_is_read(
    open_folder: Path, closed_file: Path, ordinary_user: None
) -> None:
    found = discover(open_folder)
    assert names(found.files) == ["van-ban.txt"]
    (problem,) = found.problems
    assert problem.path == closed_file
    assert "chmod" in str(problem)
    with pytest.raises(UnreadableFileError, match=r"kin\.txt.*quyền đọc"):
        load(closed_file, closed_file.name)


def test_a_folder_without_permission_is_named_and_the_rest_is_read(
    open_folder: Path, closed_subfolder: Path, ordinary_user: None
) -> None:
    found = discover(open_folder)
    assert names(found.files) == ["van-ban.txt"]
    (problem,) = found.problems
    assert problem.path == closed_subfolder
    assert "chmod" in str(problem)


# --- identity


def test_files_that_differ_only_in_suffix_marks_or_folder_keep_apart() -> None:
    sources = ["a.txt", "a.docx", "á.txt", "x/a.txt", "x-a.txt", "văn bản.txt", "van ban.txt"]
    ids = {load(Path("a.txt"), source, TEXT.encode()).document.id for source in sources}
    assert len(ids) == len(sources)


def test_a_changed_file_keeps_its_id() -> None:
    before, after = read_text(TEXT.encode()).document, read_text(b"Xin nghi.").document
    assert before.id == after.id
    assert before.sha256 != after.sha256


def test_a_format_without_a_reader_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedFormatError, match="csv"):
        load(Path("a.csv"), "a.csv", b"x")


def test_a_path_longer_than_the_system_allows_is_refused() -> None:
    with pytest.raises(IngestError):
        discover(Path("a" * 300))


def test_a_pipe_is_not_a_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    found = discover(tmp_path)
    assert found.files == ()
    assert "không phải tệp thường" in str(found.problems[0])
    with pytest.raises(UnreadableFileError):
        load(tmp_path / "p.txt", "p.txt")


def test_a_link_out_of_the_folder_is_not_followed_and_one_inside_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (folder / "a.txt").write_text("x")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "within.txt").symlink_to(folder / "a.txt")
    found = discover(folder)
    assert [path.name for path in found.files] == ["a.txt", "within.txt"]
    assert "ra ngoài thư mục" in str(found.problems[0])


def test_a_link_to_nowhere_is_not_mended_with_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (problem,) = discover(tmp_path).problems
    assert "chmod" not in str(problem) and "không còn" in str(problem)


def test_thousands_of_unclosed_bookmark_tags_are_read_in_time() -> None:
    assert texts(read_text(("Điều 1. " + "[bookmark: " * 20_000).encode()))[0].startswith("Điều 1.")
