"""Files that are cut off, damaged, misnamed or made to do harm: read or refused in one line, nothing written.

All formats, by `read` (what a reader gives) or by `load` (a whole document). Only its own temporary folder
may be written to, which the .doc reader needs for antiword.
"""

import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import LoadedDocument, load
from ingest.archive import Member, members
from ingest.errors import IngestError, UnreadableFileError
from ingest.extract import Extract
from ingest.readers import READERS, read
from tests.fakes import BagOfWordsEncoder
from tests.ingest.readers.small_files import SMALL_FILES, TEXT, odt_parts
from tests.ingest.readers.workbooks import compound, sheet_xml, xlsx_parts, zipped
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

FORMATS = sorted(SMALL_FILES)
_written: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Every file that Python opens to write, makes, moves or removes, while somebody watches."""
    if _written is None:
        return
    if event == "open" and isinstance(arguments[0], str | bytes):
        mode, flags = str(arguments[1] or ""), int(arguments[2] or 0)
        if any(letter in mode for letter in "wax+") or flags & 0o3:
            _written.append(str(arguments[0]))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link"):
        _written.append(str(arguments[0]))


sys.addaudithook(_watch)  # one for the run: hooks cannot be taken away


@pytest.fixture(autouse=True)
def only_here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that writes outside of a temporary folder of its own, or leaves something there."""
    global _written
    folder = tmp_path_factory.mktemp("tam")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    _written = []
    yield
    written, _written = _written, None
    own = (str(folder), str(tmp_path_factory.getbasetemp()), "/dev/null")
    written = [path for path in written if "/.hypothesis/" not in path]
    assert [path for path in written if Path(path).is_absolute() and not path.startswith(own)] == []
    assert list(folder.iterdir()) == []


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Recognising hundreds of noise pages takes minutes; text layers and pictures are read the same."""
    monkeypatch.setenv("PATH", str(tmp_path))


def outcome(suffix: str, data: bytes) -> Extract | str:
    """What is read, or the line of the refusal; anything else fails the test."""
    try:
        return read(Path(f"hong{suffix}"), data)
    except IngestError as error:
        assert str(error).startswith(f"hong{suffix}: ")
        assert "\n" not in str(error) and "Traceback" not in str(error)
        return str(error)


def loaded(suffix: str, data: bytes) -> LoadedDocument | str:
    try:
        return load(Path(f"hong{suffix}"), f"hong{suffix}", data)
    except IngestError as error:
        assert str(error).startswith(f"hong{suffix}: ")
        return str(error)


def truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def swapped(data: bytes, rng: random.Random) -> bytes:
    size = rng.randrange(1, max(2, len(data) // 4))
    first, second = sorted(rng.randrange(len(data)) for _ in range(2))
    middle = data[first + size : second]
    return (
        data[:first]
        + data[second : second + size]
        + middle
        + data[first : first + size]
        + data[second + size :]
    )


def doubled(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at : at + rng.randrange(1, 2_000)] * rng.choice((2, 20)) + data[at:]


def zeroed(data: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(len(data)), rng.randrange(1, 600)
    return data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]


CHANGES = (truncated, flipped, swapped, doubled, zeroed)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_damaged_file_is_read_or_refused(
    suffix: str, change: Callable[[bytes, random.Random], bytes], without_recognition: None
) -> None:
    for seed in range(8):
        outcome(suffix, change(SMALL_FILES[suffix], random.Random(f"{suffix} {seed}")))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_old_word_file_of_nonsense_is_refused(change: Callable[[bytes, random.Random], bytes]) -> None:
    nonsense = compound({"WordDocument": b"\xec\xa5\xc1" + random.Random(1).randbytes(9_000), "1Table": b"x"})
    for seed in range(8):
        assert isinstance(outcome(".doc", change(nonsense, random.Random(seed))), str)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("part", ["word/document.xml", "content.xml", "xl/worksheets/sheet1.xml"])
def test_a_sound_archive_of_a_damaged_part_is_read_or_refused(
    part: str, change: Callable[[bytes, random.Random], bytes]
) -> None:
    """Behind the sums of the archive, which catch most damage, stands XML that can say anything."""
    suffix = {"word/document.xml": ".docx", "content.xml": ".odt"}.get(part, ".xlsx")
    with zipfile.ZipFile(io.BytesIO(SMALL_FILES[suffix])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    sound = parts[part]
    assert isinstance(sound, bytes)
    for seed in range(6):
        outcome(suffix, zipped(parts | {part: change(sound, random.Random(seed))}))


@pytest.mark.parametrize("named", sorted(READERS))
def test_every_format_under_every_name_is_read_or_refused(named: str, without_recognition: None) -> None:
    for suffix in FORMATS:
        found = outcome(named, SMALL_FILES[suffix])
        if suffix in (".html", ".rtf", ".docx", ".odt", ".pdf", ".xlsx", ".xls", ".ods"):
            assert isinstance(found, Extract), "its content says what it is"


@settings(max_examples=150)
@given(st.sampled_from([".txt", ".md", ".html", ".rtf", ".docx", ".odt", ".pdf"]), st.binary(max_size=400))
def test_any_bytes_under_any_name_are_a_document_or_refused(suffix: str, data: bytes) -> None:
    loaded(suffix, data)


@settings(max_examples=60)
@given(st.sampled_from([".txt", ".md", ".html", ".rtf", ".docx"]), st.integers())
def test_a_damaged_file_is_a_document_or_refused(suffix: str, seed: int) -> None:
    rng = random.Random(seed)
    loaded(suffix, rng.choice(CHANGES)(SMALL_FILES[suffix], rng))


@pytest.mark.parametrize(
    "name",
    [
        "legacy-encodings-real/2005-QDSUA522.doc",
        "legacy-encodings-real/2003-A30.rtf",
        "legacy-encodings-real/2005-KH2003-bieu.xls",
        "nd-30-2020-nd-cp/Phuluc1.docx",
        "ocr-tesseract-real/nd-28-2021-page1.jpg",
    ],
)
def test_damaged_real_files_are_read_or_refused(
    name: str,
    shared_corpus: Callable[[str], Path],
    request: pytest.FixtureRequest,
) -> None:
    path = shared_corpus(name)
    if path.suffix == ".jpg":
        request.getfixturevalue("without_recognition")
    for seed in range(15):
        rng = random.Random(seed)
        outcome(path.suffix, rng.choice(CHANGES)(path.read_bytes(), rng))


@settings(max_examples=60)
@given(st.integers())
def test_a_damaged_archive_gives_members_or_refusals(seed: int) -> None:
    rng = random.Random(seed)
    sound = zipped({f"{number}{suffix}": data for number, (suffix, data) in enumerate(SMALL_FILES.items())})
    path = Path("goi.zip")
    try:
        for found in members(path, rng.choice(CHANGES)(sound, rng)):
            assert isinstance(found, Member) or path in found.path.parents
    except UnreadableFileError as error:
        assert error.path == path


# --- XML that means more than it says


def with_part(suffix: str, part: str, content: str | bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SMALL_FILES[suffix])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {part: content})


def declared(xml: str, declarations: str, reference: str) -> str:
    """The XML with entities declared, one of them in place of the first words of the text."""
    body = xml[xml.index("?>") + 2 :] if xml.startswith("<?xml") else xml
    assert "Giao" in body
    return f"<!DOCTYPE x [{declarations}]>{body.replace('Giao', reference, 1)}"


def xml_of(suffix: str) -> tuple[str, str]:
    """Name and XML of the part that holds the text."""
    if suffix == ".xlsx":
        return "xl/worksheets/sheet1.xml", sheet_xml([["TT", "Giao"], ["1", "2"]])
    part = {".docx": "word/document.xml", ".odt": "content.xml"}[suffix]
    with zipfile.ZipFile(io.BytesIO(SMALL_FILES[suffix])) as archive:
        return part, archive.read(part).decode()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx"])
def test_a_billion_laughs_are_not_laughed(suffix: str) -> None:
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    part, xml = xml_of(suffix)
    found = outcome(suffix, with_part(suffix, part, declared(xml, laughs, "&a11;")))
    assert len(str(found)) < 10_000 and "haha" not in str(found)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx"])
@pytest.mark.parametrize("kind", ["general", "parameter"])
def test_no_other_file_is_fetched_into_a_document(suffix: str, kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    part, xml = xml_of(suffix)
    if kind == "general":
        xml = declared(xml, f'<!ENTITY f SYSTEM "{secret.as_uri()}">', "&f;")
    else:
        xml = declared(xml, f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;', "Giao")
    assert "BÍ MẬT" not in str(outcome(suffix, with_part(suffix, part, xml)))


def test_a_web_page_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY f SYSTEM "{secret.as_uri()}">]><html><body><p>Giao &f;</p>'
        f'<iframe src="{secret.as_uri()}"></iframe><object data="{secret.as_uri()}"></object></body></html>'
    )
    found = outcome(".html", page.encode())
    assert isinstance(found, Extract) and "BÍ MẬT" not in str(found)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".xlsx", ".html"])
def test_elements_a_hundred_thousand_deep_are_read_or_refused(suffix: str) -> None:
    deep = 100_000
    if suffix == ".html":
        outcome(suffix, b"<html><body>" + b"<div>" * deep + "Điều 1.".encode())
        return
    part, xml = xml_of(suffix)
    tag = {".docx": "w:sdt", ".odt": "text:span", ".xlsx": "is"}[suffix]
    nested = f"</w:t></w:r></w:p>{f'<{tag}>' * deep}" if suffix == ".docx" else f"<{tag}>" * deep
    outcome(suffix, with_part(suffix, part, xml.replace("Giao", nested, 1)))


# --- sizes


@pytest.mark.parametrize(
    ("suffix", "part"),
    [(".docx", "word/document.xml"), (".odt", "content.xml"), (".xlsx", "xl/worksheets/sheet1.xml")],
)
def test_a_small_document_that_unpacks_to_300_mb_is_refused(suffix: str, part: str) -> None:
    buffer = io.BytesIO()
    other = odt_parts() if suffix == ".odt" else xlsx_parts({"Bieu": "x"})
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in other.keys() - {part}:
            archive.writestr(name, other[name])
        if suffix == ".docx":
            archive.writestr("word/styles.xml", "<x/>")
        with archive.open(part, "w") as content:
            for _ in range(300):
                content.write(b"<a>" + b" " * (2**20 - 7) + b"</a>")
    assert len(buffer.getvalue()) < 4 * 2**20
    assert isinstance(outcome(suffix, buffer.getvalue()), str)


@pytest.mark.parametrize(("suffix", "megabytes"), [(".txt", 90), (".md", 9), (".html", 9), (".rtf", 4)])
def test_one_endless_line_is_read(suffix: str, megabytes: int) -> None:
    """In seconds, as long as time grows with the line; by its square it would take hours."""
    words = "Giao Sở Y tế chủ trì "
    text = words * (megabytes * 10**6 // len(words.encode()) + 1)
    data = text.encode()
    if suffix == ".rtf":
        data = b"{\\rtf1 " + ("Giao So Y te " * (megabytes * 10**6 // 13)).encode() + b"}"
    elif suffix == ".html":
        data = b"<html><body>" + data
    found = outcome(suffix, data)
    assert isinstance(found, Extract)
    assert sum(len(block.text) for block in found.blocks) >= 0.99 * min(len(text), len(data))


def test_the_rest_of_a_folder_is_indexed_and_every_bad_file_named(tmp_path: Path) -> None:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    (folder / "tot.txt").write_text(TEXT, encoding="utf-8")
    bad = []
    for suffix in FORMATS:
        if suffix in (".txt", ".md", ".html", ".rtf"):  # half of a text is a text
            data = b"\x00\x01\x02\x03" * 50
        else:
            data = SMALL_FILES[suffix][: len(SMALL_FILES[suffix]) // 3]
        (folder / f"hong{suffix}").write_bytes(data)
        bad.append(f"hong{suffix}")
    (folder / "goi.zip").write_bytes(
        zipped({"trong.txt": TEXT.replace("Y tế", "Nội vụ"), "hong.pdf": b"%PDF-"})
    )
    report = sync([folder], folder, IndexLocation(tmp_path / "index"), BagOfWordsEncoder())
    assert sorted(report.added) == ["goi.zip/trong.txt", "tot.txt"]
    assert sorted(str(problem.path.relative_to(folder)) for problem in report.problems) == sorted(
        [*bad, "goi.zip/hong.pdf"]
    )
