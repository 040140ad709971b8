"""Archives: what comes out, what is refused and under which name, and archives made to do harm."""

import io
import stat
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import Member, members
from ingest.errors import IngestError, UnreadableFileError

ARCHIVE = Path("/van-ban/goi.zip")


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def renamed(data: bytes, name: bytes, other: bytes) -> bytes:
    """The archive with a name that zipfile would not write; both take the same place."""
    assert len(name) == len(other) and data.count(name) == 2
    return data.replace(name, other)


def opened(data: bytes) -> tuple[list[str], list[IngestError]]:
    """Names of the members, and problems."""
    found = list(members(ARCHIVE, data))
    return (
        [member.name for member in found if isinstance(member, Member)],
        [problem for problem in found if isinstance(problem, IngestError)],
    )


def problem_of(data: bytes) -> str:
    names, (problem,) = opened(data)
    assert names == []
    assert ARCHIVE in problem.path.parents, "an error of a member is named below its archive"
    assert "\n" not in str(problem)
    return str(problem)


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        list(members(ARCHIVE, data))
    assert caught.value.path == ARCHIVE
    return str(caught.value)


# --- names


def test_members_come_with_their_folders_and_bytes() -> None:
    found = list(members(ARCHIVE, packed(("a.txt", b"1"), ("nam 2024/b.docx", b"2"))))
    assert found == [Member("a.txt", b"1"), Member("nam 2024/b.docx", b"2")]


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/a.txt",
        ".DS_Store",
        "x/.an.txt",
        "~$a.docx",
        "README.md",
        "x/readme.txt",
        "trong/",
        ".git/a.txt",
    ],
)
def test_what_is_no_document_is_passed_over_in_silence(name: str) -> None:
    assert opened(packed((name, b"x"), ("a.txt", b"1"))) == (["a.txt"], [])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../ngoai.txt", "dẫn ra ngoài"),
        ("a/../../ngoai.txt", "dẫn ra ngoài"),
        ("..\\ngoai.txt", "dẫn ra ngoài"),
        ("/etc/ngoai.txt", "tuyệt đối"),
        ("\\\\may\\ngoai.txt", "tuyệt đối"),
        ("C:\\ngoai.txt", "tuyệt đối"),
        ("c:ngoai.txt", "tuyệt đối"),
        ("dong\nngoai.txt", "ký tự điều khiển"),
        ("x" * 2_000 + ".txt", "quá dài"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, why: str) -> None:
    assert why in problem_of(packed((name, b"x")))


def test_a_name_with_a_nul_is_not_taken_for_what_stands_before_it() -> None:
    data = renamed(packed(("vb.txt0.exe", b"x")), b"vb.txt0.exe", b"vb.txt\0.exe")
    assert "ký tự điều khiển" in problem_of(data)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(kind: int) -> None:
    entry = zipfile.ZipInfo("lien-ket.txt")
    entry.external_attr = (kind | 0o644) << 16
    assert "liên kết" in problem_of(packed((entry, b"/etc/hostname")))


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_name_leads_out_of_the_archive(name: str) -> None:
    for found in members(ARCHIVE, packed((f"{name}.txt", b"x"))):
        path = ARCHIVE / found.name if isinstance(found, Member) else found.path
        assert ".." not in path.parts and path.is_relative_to(ARCHIVE)
        assert not PurePosixPath(str(path).removeprefix(f"{ARCHIVE}/")).is_absolute()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "cp437"])
def test_names_are_read_in_the_encodings_that_packers_use(encoding: str) -> None:
    name = raw = "año.txt" if encoding == "cp437" else "Nghị quyết số 5.txt"
    if encoding == "cp1258":  # it has letters with a hat, and marks of tone apart
        raw = name.replace("ị", "i\u0323").replace("ế", "ê\u0301").replace("ố", "ô\u0301")
    wanted = raw.encode(encoding)
    plain = b"x" * (len(wanted) - 4) + b".txt"
    assert opened(renamed(packed((plain.decode(), b"x")), plain, wanted)) == ([name], [])


def test_decomposed_names_are_composed() -> None:
    name = unicodedata.normalize("NFD", "Chỉ thị.txt")
    assert opened(packed((name, b"x")))[0] == ["Chỉ thị.txt"]


def test_of_two_members_with_one_name_the_first_is_taken_and_the_second_named() -> None:
    names, (problem,) = opened(packed(("a/b.txt", b"1"), ("a\\b.txt", b"2")))
    assert names == ["a/b.txt"] and "trùng tên" in str(problem)


# --- content


@pytest.mark.parametrize("name", ["anh.webp", "khong-duoi", "chay.exe"])
def test_a_format_without_a_reader_is_named(name: str) -> None:
    assert "chưa đọc được định dạng" in problem_of(packed((name, b"x")))


def test_an_empty_member_is_called_empty() -> None:
    assert "0 byte" in problem_of(packed(("a.txt", b"")))


def test_an_encrypted_member_asks_for_the_mend_and_the_others_are_read() -> None:
    data = bytearray(packed(("mat.txt", b"x"), ("thuong.txt", b"y")))
    data[6] |= 1  # of the entry itself
    data[data.index(b"PK\x01\x02") + 8] |= 1  # of its line in the directory
    names, (problem,) = opened(bytes(data))
    assert names == ["thuong.txt"] and "mật khẩu" in str(problem)


def test_a_member_with_a_wrong_sum_is_named_and_the_others_are_read() -> None:
    data = bytearray(packed(("hong.txt", b"Trong rung " * 50), ("tot.txt", b"y")))
    place = data.index(b"hong.txt") + len("hong.txt")
    data[place + 4] ^= 0xFF
    names, (problem,) = opened(bytes(data))
    assert names == ["tot.txt"] and problem.path == ARCHIVE / "hong.txt"


def test_archives_inside_are_read_one_deep() -> None:
    deepest = packed(("c.txt", b"3"))
    inner = packed(("b.txt", b"2"), ("sau.zip", deepest))
    names, (problem,) = opened(packed(("a.txt", b"1"), ("x/trong.zip", inner)))
    assert names == ["a.txt", "x/trong.zip/b.txt"]
    assert problem.path == ARCHIVE / "x/trong.zip/sau.zip" and "lồng quá 2 lớp" in str(problem)


def test_a_damaged_archive_inside_is_named_and_the_rest_is_read() -> None:
    names, (problem,) = opened(packed(("trong.zip", b"PK\x03\x04 hong"), ("a.txt", b"1")))
    assert names == ["a.txt"] and problem.path == ARCHIVE / "trong.zip"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Rar!\x1a\x07\x00", packed(("a.txt", b"1"))[:40]])
def test_a_damaged_archive_is_refused_as_a_whole(data: bytes) -> None:
    assert "hỏng" in refusal(data)


# --- archives made to do harm


def test_too_many_members_are_refused() -> None:
    assert "hơn 2000 tệp" in refusal(packed(*((f"{n}.txt", b"x") for n in range(2_001))))


def test_members_of_archives_inside_count_too() -> None:
    inner = packed(*((f"{n}.txt", b"x") for n in range(700)))
    assert "hơn 2000 tệp" in refusal(packed(*((f"{n}.zip", inner) for n in range(3))))


def bomb(size: int, name: str = "bom.txt", count: int = 1) -> bytes:
    """`count` members of `size` zero bytes each."""
    content = bytes(2**20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(count):
            with archive.open(f"{number}-{name}", "w") as member:
                for _ in range(size // len(content)):
                    member.write(content)
    return buffer.getvalue()


def test_a_member_that_unpacks_to_too_much_is_refused() -> None:
    data = bomb(101 * 2**20)
    assert len(data) < 2**20
    assert "hơn 100 MB" in problem_of(data)


def test_members_that_unpack_to_too_much_together_stop_the_archive() -> None:
    assert "hơn 512 MB" in refusal(bomb(90 * 2**20, count=6))


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(bomb(3 * 2**20))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert "không giải nén được" in problem_of(bytes(data))


def test_entries_that_share_their_content_count_each() -> None:
    """Twelve lines in the directory that all point at one large member."""
    one = bomb(60 * 2**20, "x.txt")
    directory = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    line = one[directory:end]
    lines = b"".join(line.replace(b"0-x.txt", b"%03d.txt" % n) for n in range(12))
    tail = one[end : end + 8] + (12).to_bytes(2, "little") * 2 + len(lines).to_bytes(4, "little")
    data = one[:directory] + lines + tail + one[end + 16 :]
    assert len(data) < 10**6
    found = 0
    try:
        for member in members(ARCHIVE, data):
            found += isinstance(member, Member)
    except UnreadableFileError:
        pass
    assert found <= 8, "512 MB have been unpacked by then"
