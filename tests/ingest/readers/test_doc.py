"""Word 97-2003 files by antiword: real files word for word, tables as rows, what happens without programs."""

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from ingest.encodings import repair_lines
from ingest.errors import UnreadableFileError
from ingest.readers.doc import read_doc
from ingest.readers.docbook import docbook_blocks

needs_antiword = pytest.mark.skipif(not shutil.which("antiword"), reason="Debian package antiword is absent")


def docbook(inside: str, plain: str = "") -> list[tuple[str, int | None]]:
    root = etree.fromstring(f"<book><bookinfo><title>Lậu</title></bookinfo>{inside}</book>")
    return [(block.text, block.table) for block in docbook_blocks(root, plain)]


def test_without_any_program_the_message_names_the_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFileError, match="antiword hoặc libreoffice-writer-nogui"):
        read_doc(Path("a.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


@needs_antiword
@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), b"", b"<html>Xin</html>"]
)
def test_a_damaged_file_is_refused_with_the_mend(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.doc: không đọc được tệp \.doc .*lưu lại thành \.docx"):
        read_doc(Path("a.doc"), data)


def test_properties_of_the_file_are_no_text_and_tables_are_rows() -> None:
    table = (
        "<informaltable><tgroup><tbody><row><entry>TT</entry><entry>Nội\ndung</entry></row>"
        "<row><entry>1</entry><entry>a | b</entry></row></tbody></tgroup></informaltable>"
    )
    assert docbook(f"<chapter><title/><para>Trước{table}Sau</para></chapter>") == [
        ("Trước", None),
        ("TT | Nội dung", 1),
        ("1 | a | b", 1),
        ("Sau", None),
    ]


def test_lists_get_their_numbers_and_no_second_ones_and_notes_stand_at_the_end() -> None:
    items = "".join(f"<listitem><para>{text}</para></listitem>" for text in ("Một", "2. Hai", "- Ba", "Bốn"))
    plain = "  1. Một\n2. 2. Hai\n 3. - Ba\n 4. Bốn\n-----------------------\n[1] Ghi chú dưới trang\n"
    assert [text for text, _ in docbook(f"<chapter><orderedlist>{items}</orderedlist></chapter>", plain)] == [
        "1. Một",
        "2. Hai",
        "- Ba",
        "4. Bốn",
        "[1] Ghi chú dưới trang",
    ]


@needs_antiword
@pytest.mark.parametrize(
    ("name", "least"), [("2005-QDSUA522", 0.995), ("2006-quydinhkiemtra02", 0.992)], ids=["TCVN3", "VNI"]
)
def test_real_files_have_the_words_of_their_truth(
    name: str, least: float, shared_corpus: Callable[[str], Path]
) -> None:
    """The rest are page fields that are not printed, and misprints of the truth files ("hoẵc")."""
    path = shared_corpus(f"legacy-encodings-real/{name}.doc")
    lines, _ = repair_lines([block.text for block in read_doc(path, path.read_bytes()).blocks])
    truth = path.with_name(f"truth-{name}.txt").read_text().lower().split()
    matcher = difflib.SequenceMatcher(None, truth, " ".join(lines).lower().split(), autojunk=False)
    assert sum(match.size for match in matcher.get_matching_blocks()) / len(truth) >= least


@needs_antiword
def test_the_table_of_abbreviations_is_rows_and_forms_are_lines(shared_corpus: Callable[[str], Path]) -> None:
    path = shared_corpus("nd-30-2020-nd-cp/Phuluc3.doc")
    blocks = read_doc(path, path.read_bytes()).blocks
    first = [block.text for block in blocks if block.table == 1]
    assert len(first) == 32
    assert first[0].startswith("STT | ")
    assert {block.table for block in blocks} == {None, 1, 2}  # the other 46 are letterheads and signatures
