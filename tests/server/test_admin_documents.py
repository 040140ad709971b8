"""Documents in and out of the folder through the administrator's pages."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.discover import discover
from server.admin.errors import UploadError
from server.admin.names import SUFFIXES, safe_name
from tests.server.admin_site import SUSPICIOUS, Site, decision, site_in, text_of


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = site_in(tmp_path, max_upload_mb=1)
    with made.client:
        yield made


def test_several_files_are_taken_in_and_indexed_at_once(site: Site) -> None:
    page = site.send(("Xây cầu.txt", decision("xây cầu")), ("dien.md", decision("điện gió")))
    assert page.status_code == 200
    assert "Xây cầu.txt: đã nhận" in text_of(page) and "dien.md: đã nhận" in text_of(page)
    assert set(site.indexed()) == {"rung.txt", "Xây cầu.txt", "dien.md"}
    report = text_of(site.client.get("/admin/documents"))
    assert "Đã nhận (2)" in report and "Quyết định số 1/QĐ-UBND về việc xây cầu" in report


def test_after_an_action_a_reload_of_the_page_does_nothing_again(site: Site) -> None:
    sent = site.client.post(
        "/admin/documents",
        files=[("files", ("a.txt", io.BytesIO(decision("xây cầu").encode())))],
        follow_redirects=False,
    )
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert site.indexing.wait(60)
    first, again = site.client.get(address), site.client.get(address)
    assert "a.txt: đã nhận" in text_of(first) and "a.txt: đã nhận" in text_of(again)
    assert site.indexing.state().number == 1


def test_a_message_cannot_be_written_into_the_address(site: Site) -> None:
    page = site.client.get("/admin/documents?tin=Gọi+0900+để+được+hỗ+trợ")
    assert page.status_code == 200 and "0900" not in page.text


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("../../etc/cron.d/a.txt", "a.txt"),
        ("..\\..\\Windows\\a.txt", "a.txt"),
        ("C:\\Users\\An\\Tờ trình.txt", "Tờ trình.txt"),
        ("/etc/a.txt", "a.txt"),
        (".an.txt", "an.txt"),
        ("~$khoa.txt", "khoa.txt"),
        ("\u202etxt.exe.txt", "txt.exe.txt"),
        ("a\x07b\u200b.txt", "a b.txt"),
        ("T\u01a1\u0300 tri\u0300nh.txt", "Tờ trình.txt"),
        ('a<b>:"c".txt', "a_b___c_.txt"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one_inside_the_folder(
    site: Site, given: str, stored: str, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(site.documents)}
    assert safe_name(given) == stored
    site.send((given.replace('"', "%22"), decision("xây cầu")))
    new = [name for name in site.names() if name != "rung.txt"]
    assert len(new) == 1 and not new[0].startswith(".")
    outside = {path for path in tmp_path.rglob("*") if not path.is_relative_to(site.documents)}
    assert all("index" in path.parts or "records" in path.name for path in outside - before)


@pytest.mark.parametrize(
    "given", ["", ".", "..", "../", ".txt", "  .txt", "\u202e.pdf", "README.md", "related.yaml"]
)
def test_a_name_that_says_nothing_or_is_reserved_is_refused(given: str) -> None:
    with pytest.raises(UploadError):
        safe_name(given)


@given(st.text(max_size=400), st.sampled_from(SUFFIXES))
def test_whatever_is_sent_the_name_stays_one_visible_name_that_is_indexed(stem: str, suffix: str) -> None:
    try:
        name = safe_name(stem + suffix)
    except UploadError:
        return
    assert "/" not in name and "\\" not in name and name not in (".", "..")
    assert not name.startswith((".", "~$")) and name.endswith(suffix) and name.isprintable()
    assert len(os.fsencode(name)) <= 200
    assert safe_name(name) == name


@pytest.mark.parametrize("name", ["virus.exe", "khong-duoi", "anh.gif", "related.yaml"])
def test_an_unsupported_format_is_refused_by_name_and_nothing_is_stored(site: Site, name: str) -> None:
    page = site.send((name, b"MZ..."), ("tot.txt", decision("xây cầu")))
    assert name in text_of(page)
    assert site.names() == ["rung.txt", "tot.txt"]


def test_a_file_is_never_overwritten_without_being_asked_for(site: Site) -> None:
    page = site.send(("RUNG.txt", decision("phá rừng")))
    assert "đã có tệp cùng tên" in text_of(page)
    assert site.names() == ["rung.txt"] and "phá rừng" not in site.indexed()["rung.txt"]
    assert site.indexing.state().number == 0


def test_a_file_that_is_replaced_goes_to_the_bin_and_can_be_taken_back(site: Site) -> None:
    page = site.send(("rung.txt", decision("bảo vệ rừng")), replace="1")
    assert "đã thay tệp cũ" in text_of(page)
    assert "bảo vệ rừng" in site.indexed()["rung.txt"]
    (binned,) = (site.documents / ".da-xoa").iterdir()
    assert "trồng rừng" in (binned / "rung.txt").read_text(encoding="utf-8")
    refused = site.post("/admin/documents/take-back", id=binned.name)
    assert "đã có tệp cùng tên" in text_of(refused) and (binned / "rung.txt").exists()
    site.post("/admin/documents/remove", id=site.id_of("rung.txt"))
    assert "Đã lấy lại rung.txt" in text_of(site.post("/admin/documents/take-back", id=binned.name))
    assert "trồng rừng" in site.indexed()["rung.txt"]


def test_a_removed_document_leaves_the_index_and_lies_in_the_bin(site: Site) -> None:
    page = site.post("/admin/documents/remove", id=site.id_of("rung.txt"))
    assert "Đã gỡ rung.txt" in text_of(page)
    assert site.names() == [".da-xoa"] and site.indexed() == {}
    assert discover(site.documents).files == ()
    assert "Thùng đã gỡ" in text_of(site.client.get("/admin/documents"))


@pytest.mark.parametrize("identifier", ["khong-co", "../../etc/passwd", "", "rung.txt", "%2e%2e"])
def test_only_what_the_page_offers_can_be_removed(site: Site, identifier: str) -> None:
    page = site.post("/admin/documents/remove", id=identifier)
    assert page.status_code in (200, 422)
    assert site.names() == ["rung.txt"]
    assert "Tệp này không còn trong thùng" in text_of(
        site.post("/admin/documents/take-back", id="../rung.txt")
    )


def test_a_member_of_an_archive_is_removed_only_with_its_archive(site: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("nam/cau.txt", decision("xây cầu"))
        archive.writestr("dien.txt", decision("điện gió"))
    site.send(("goi.zip", packed.getvalue()))
    assert set(site.indexed()) == {"rung.txt", "goi.zip/nam/cau.txt", "goi.zip/dien.txt"}
    assert "cả gói sẽ bị gỡ" in text_of(site.client.get("/admin/documents"))
    site.post("/admin/documents/remove", id=site.id_of("goi.zip/dien.txt"))
    assert set(site.indexed()) == {"rung.txt"}


def test_a_file_too_large_is_refused_and_leaves_nothing_behind(site: Site) -> None:
    large = b"x" * 1_100_000
    page = site.client.post("/admin/documents", files=[("files", ("lon.txt", io.BytesIO(large)))])
    assert "tối đa 1 MB" in text_of(page)
    asked = site.client.post(
        "/admin/documents",
        files=[("files", ("lon.txt", io.BytesIO(large)))],
        headers={"Accept": "application/json"},
    )
    assert asked.status_code == 413 and asked.json()["messages"][0]["kind"] == "problem"
    assert site.names() == ["rung.txt"]


def test_a_length_that_the_request_hides_is_counted(site: Site) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=files; filename=a.txt\r\n\r\n" + b"x" * (3 * 2**20)

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(body), 65536):
            yield body[start : start + 65536]

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Accept": "application/json"}
    assert site.client.post("/admin/documents", content=chunks(), headers=headers).status_code == 413
    assert site.names() == ["rung.txt"]


@pytest.mark.parametrize(
    "body", [b"", b"--x--\r\n", b"no form at all", b"--x\r\nContent-Disposition: form-data\r\n\r\na"]
)
def test_a_form_without_files_or_out_of_order_is_answered_in_words(site: Site, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Accept": "application/json"}
    answer = site.client.post("/admin/documents", content=body, headers=headers)
    assert answer.status_code == 400 and answer.json()["messages"][0]["text"]


def test_an_empty_file_is_refused(site: Site) -> None:
    assert "tệp rỗng" in text_of(site.send(("trong.txt", b"")))
    assert site.names() == ["rung.txt"]


def test_a_suspicious_file_is_set_aside_until_somebody_accepts_it_on_the_page(site: Site) -> None:
    site.send(("luat.txt", SUSPICIOUS), ("luat2.txt", SUSPICIOUS.replace("Thử", "Chạy thử")))
    page = text_of(site.client.get("/admin/documents"))
    assert "tạm giữ" in page and "Vẫn nhận vào" in page and str(site.documents) not in page
    assert set(site.indexed()) == {"rung.txt"}
    site.post("/admin/documents/accept", id=site.id_of("luat.txt"))
    assert set(site.indexed()) == {"rung.txt", "luat.txt"}
    left = site.indexing.state().report
    assert left is not None and [one.source for one in left.left_out] == ["luat2.txt"]
    site.post("/admin/index", rebuild="1")
    assert set(site.indexed()) == {"rung.txt", "luat.txt"}


def test_only_what_was_set_aside_can_be_accepted(site: Site) -> None:
    assert "không còn bị tạm giữ" in text_of(site.post("/admin/documents/accept", id=site.id_of("rung.txt")))
    assert site.indexing.state().number == 0


def test_names_and_words_of_documents_are_text_on_the_page(site: Site) -> None:
    name = "x'onerror=alert(1) &lt; <img src=x>.txt"
    (site.documents / name).write_text(decision("<script>alert(1)</script>"), encoding="utf-8")
    site.post("/admin/index")
    page = site.client.get("/admin/documents").text
    assert "<img src=x" not in page and "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "&lt;img src=x&gt;" in page


def test_a_file_whose_name_is_not_utf8_can_be_seen_and_removed(site: Site) -> None:
    path = os.fsencode(site.documents) + b"/b\xe0n.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
        file.write(decision("xây cầu").encode())
    site.post("/admin/index")
    page = site.client.get("/admin/documents")
    assert page.status_code == 200 and "b?n.txt" in page.text
    site.post("/admin/documents/remove", id=site.id_of(os.fsdecode(b"b\xe0n.txt")))
    assert not os.path.exists(path)  # noqa: PTH110


def test_files_that_nobody_indexed_yet_are_listed(site: Site) -> None:
    (site.documents / "moi.txt").write_text(decision("xây cầu"), encoding="utf-8")
    assert "Tệp chưa có trong chỉ mục (1) moi.txt" in text_of(site.client.get("/admin/documents"))
    page = text_of(site.post("/admin/index"))
    assert "Đã bắt đầu lập chỉ mục" in page
    assert "Tệp chưa có" not in text_of(site.client.get("/admin/documents"))


def test_the_table_is_searched_without_diacritics_and_by_warnings(site: Site) -> None:
    site.send(("cau.txt", decision("xây cầu", 7)))
    found = text_of(site.client.get("/admin/documents?q=xay+cau"))
    assert "về việc xây cầu" in found and "về việc trồng rừng" not in found
    assert "Không có văn bản nào khớp" in text_of(site.client.get("/admin/documents?q=khong+co"))
    assert site.client.get("/admin/documents?trang=999999999999&luu-y=1").status_code == 200
