"""The document pages as a browser without JavaScript gets them."""

import html
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from corpus.addresses import document_address, id_in_address
from corpus.anchors import anchors
from tests.server.library import RESOLUTION, Library, browser_of, made, over


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return made(tmp_path_factory.mktemp("library"))


@pytest.fixture
def browser(library: Library) -> Iterator[TestClient]:
    with browser_of(library) as client:
        yield client


def words(page: str) -> str:
    """What stands on a page, without its markup."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def marked(page: str, css: str) -> str:
    """The text inside the marks of a class."""
    return words("".join(re.findall(rf'<mark class="[^"]*\b{css}\b[^"]*"[^>]*>(.*?)</mark>', page, re.S)))


def paragraph(page: str, anchor: str) -> str:
    start = page.index(f'id="{anchor}"')
    return page[start : page.find('<div class="paragraph', start)]


# ---- the list


def test_the_list_names_every_document_and_says_what_is_unknown(browser: TestClient) -> None:
    page = browser.get("/documents").text
    assert "Có 6 văn bản." in words(page)
    assert "12/2020/QH14" in page
    assert "17/6/2020" in page
    assert "không rõ" in words(page)
    assert "Số trang" in page


def test_the_list_is_filtered_without_diacritics_and_by_kind(browser: TestClient) -> None:
    page = words(browser.get("/documents", params={"q": "phong ngua 12/2020"}).text)
    assert "1 trong 6 văn bản." in page
    laws = browser.get("/documents", params={"kind": "luật"}).text
    assert "2 trong 6 văn bản." in words(laws)
    assert RESOLUTION not in laws
    nothing = browser.get("/documents", params={"q": "không có tên này đâu"}).text
    assert "Không có văn bản nào khớp" in words(nothing)
    assert "Xem tất cả 6 văn bản" in words(nothing)


def test_the_list_is_sorted_as_asked_and_what_is_unknown_comes_last(browser: TestClient) -> None:
    def order(sort: str) -> list[str]:
        return re.findall(r"luat(?:-sua-doi)?\.txt|nén\.zip", browser.get(f"/documents?sort={sort}").text)

    assert order("oldest")[:2] == ["luat.txt", "luat-sua-doi.txt"]
    assert order("newest")[:2] == ["luat-sua-doi.txt", "luat.txt"]
    assert order("newest")[-1] == "nén.zip"
    assert order("number")[:2] == ["luat.txt", "luat-sua-doi.txt"]
    assert order("nonsense") == order("newest")


def test_an_empty_list_says_how_to_add_documents(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    empty = over(tmp_path / "documents", tmp_path)
    page = words(browser_of(empty).get("/documents").text)
    assert "Chưa có văn bản nào" in page
    assert "python -m ingest" in page
    assert "Quản trị" in page
    assert "nhờ người quản trị" in words(browser_of(empty, "reader").get("/documents").text)


# ---- one document


def test_every_paragraph_has_its_place_and_permalink(browser: TestClient, library: Library) -> None:
    page = browser.get(library.address(RESOLUTION)).text
    document = library.document(RESOLUTION)
    passages = library.services.assistant.index.passages_of(document.id)
    for passage, name in zip(passages, anchors(passages), strict=True):
        part = paragraph(page, name)
        assert f'href="#{name}"' in part
        assert passage.location in words(part).replace("\xa0", " ")
        shown = re.search(r'<p class="words">(.*?)</p>\n', part, re.S)
        assert shown is not None
        assert words(shown[1]) == passage.text
    assert len(re.findall(r' id="', page)) == len(set(re.findall(r' id="([^"]*)"', page)))


def test_the_outline_is_nested_and_leads_to_paragraphs(browser: TestClient, library: Library) -> None:
    page = browser.get(library.address("luat.txt")).text
    outline = page[
        page.index('<nav class="outline"') : page.index("</nav>", page.index('<nav class="outline"'))
    ]
    assert re.search(r"Chương I.*<ul>.*Điều 1.*<ul>.*Khoản 1.*Khoản 2.*</ul>.*Điều 2", outline, re.S)
    for target in re.findall(r'href="#([^"]+)"', outline):
        assert f'id="{target}"' in page
    assert 'id="dieu-1"' in page  # "Điều 1" as a whole has an address, too


def test_points_d_and_dd_have_addresses_of_their_own(browser: TestClient, library: Library) -> None:
    page = browser.get(library.address("luat.txt")).text
    assert "Việc thứ hai" in paragraph(page, "dieu-1-khoan-2-diem-d-doan-1")
    assert "Việc thứ ba" in paragraph(page, "dieu-1-khoan-2-diem-dd-doan-1")


def test_a_quotation_is_marked_by_its_offsets_even_where_its_words_occur_twice(
    browser: TestClient, library: Library
) -> None:
    document = library.document("luat.txt")
    start = document.text.index("quy định", document.text.index("quy định") + 1)
    page = browser.get(document_address(document.id, span=(start, start + 8))).text
    assert marked(page, "quote") == "quy định"
    assert marked(paragraph(page, "dieu-1-khoan-2-doan-1"), "quote") == "quy định"
    assert not marked(paragraph(page, "dieu-1-khoan-1-doan-1"), "quote")


def test_a_quotation_over_two_paragraphs_is_marked_in_both(browser: TestClient, library: Library) -> None:
    document = library.document("luat.txt")
    start, end = document.text.index("về thử nghiệm."), document.text.index(" quy định về việc khác")
    page = browser.get(f"{library.address('luat.txt')}?start={start}&end={end}").text
    assert marked(page, "quote") == document.text[start:end].replace("\n", "")


@pytest.mark.parametrize(
    "query",
    ["start=5", "start=9&end=3", "start=-4&end=3", "start=0&end=99999999", "start=x&end=y", "start=²&end=³"],
)
def test_offsets_of_another_text_are_ignored_with_a_word(
    browser: TestClient, library: Library, query: str
) -> None:
    answer = browser.get(f"{library.address('luat.txt')}?{query}")
    assert answer.status_code == 200
    assert "<mark" not in answer.text
    assert "trỏ tới chỗ không có trong bản này" in words(answer.text)


def test_the_search_inside_folds_diacritics_counts_and_steps(browser: TestClient, library: Library) -> None:
    page = browser.get(library.address("luat.txt"), params={"q": "LUAT   nay", "hit": "2"}).text
    assert re.search(r"\b3 chỗ có “LUAT   nay”, đang ở chỗ 2", words(page))
    assert marked(page, "hit") == "Luật này" * 3
    assert marked(page, "at") == "Luật này"
    assert 'rel="prev" href="?q=LUAT+++nay&amp;hit=1#tim-1"' in page
    assert 'rel="next" href="?q=LUAT+++nay&amp;hit=3#tim-3"' in page
    assert [f'id="tim-{number}"' in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Không có “vắng mặt”" in words(browser.get(library.address("luat.txt") + "?q=vắng mặt").text)


def test_what_is_amended_says_so_at_its_place_and_both_ways(browser: TestClient, library: Library) -> None:
    law = browser.get(library.address("luat.txt")).text
    at_place = words(paragraph(law, "dieu-1-khoan-2-doan-1"))
    assert "Khoản 2 Điều 1 được sửa đổi, bổ sung bởi Điều 1, khoản 1" in at_place
    assert "từ ngày 01/01/2025" in at_place
    assert "Đã được sửa đổi, thay thế (1)" in words(law)
    assert "Được viện dẫn bởi (1)" in words(law)
    amending = browser.get(library.address("luat-sua-doi.txt")).text
    assert f'href="{library.address("luat.txt")}"' in amending
    link = re.search(r'Được viện dẫn bởi.*?Tại: <a href="([^"]+)"', law, re.S)
    assert link is not None
    there = html.unescape(link[1])
    assert "12/2020/QH14" in marked(browser.get(there).text, "quote")


def test_what_is_cited_but_not_held_is_marked_missing_with_what_is_known(
    browser: TestClient, library: Library
) -> None:
    page = words(browser.get(library.address(RESOLUTION)).text)
    assert "chưa có văn bản này" in page
    assert "nguồn: " in page


def test_what_a_document_does_not_print_is_said_to_be_unknown(browser: TestClient, library: Library) -> None:
    page = browser.get(library.address(RESOLUTION)).text
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.S))
    assert words(facts["Số, ký hiệu"]) == "không rõ"
    assert words(facts["Người ký"]) == "không rõ"
    assert "trợ lý không đoán" in words(page)
    law = browser.get(library.address("luat.txt")).text
    assert words(dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", law))["Ngày có hiệu lực"]) == "01/01/2021"


def test_hostile_text_is_text(browser: TestClient, library: Library) -> None:
    for address in (
        library.address("la.txt"),
        library.address("la.txt") + "?q=<script>",
        "/documents?q=<script>",
    ):
        page = browser.get(address).text
        assert not re.search(
            r"<script(?! src=\"/static)|<img(?! src=\"/documents)|<svg onload|href=\"javascript", page
        )
        assert "<script>" in words(page)


def test_marks_that_turn_the_reading_direction_are_shown_and_kept_inside_themselves(
    browser: TestClient, library: Library
) -> None:
    page = browser.get(library.address("la.txt") + "?q=a\u202eb").text
    assert 'a<bdi class="direction-mark" data-code="U+202E">\u202e</bdi>b' in page
    elsewhere = re.sub(r"<bdi[^>]*>.</bdi>|<input[^>]*>", "", page)
    assert "\u202e" not in elsewhere


# ---- the original


def test_the_original_comes_back_byte_for_byte_under_its_own_name(
    browser: TestClient, library: Library
) -> None:
    got = browser.get(library.address("kế hoạch.pdf") + "/original")
    assert got.content == (library.services.documents_dir / "kế hoạch.pdf").read_bytes()
    disposition = got.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.partition("UTF-8''")[2]) == "kế hoạch.pdf"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-type"] == "application/octet-stream"


def test_a_document_inside_an_archive_is_taken_out_of_it(browser: TestClient, library: Library) -> None:
    got = browser.get(library.address("nén.zip/năm 2024/quyết định.txt") + "/original")
    assert got.text.startswith("QUYẾT ĐỊNH")
    assert unquote(got.headers["content-disposition"]).endswith("quyết định.txt")


def test_a_link_out_of_the_folder_and_a_file_that_is_gone_are_told_not_given(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"QUYẾT ĐỊNH\nVề việc {name}\nĐiều 1. Nội dung.\n", encoding="utf-8")
    library = over(folder, tmp_path)
    (tmp_path / "secret.txt").write_text("bí mật", encoding="utf-8")
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "b.txt").unlink()
    browser = browser_of(library)
    outside, gone = (browser.get(library.address(name) + "/original") for name in ("a.txt", "b.txt"))
    assert (outside.status_code, gone.status_code) == (404, 404)
    assert "bí mật" not in outside.text
    assert str(tmp_path) not in outside.text + gone.text
    page = browser.get(library.address("b.txt"))
    assert page.status_code == 200  # the text is held all the same
    assert "Tệp gốc không còn" in words(page.text)


# ---- pages


def test_a_page_of_a_pdf_is_an_image_that_browsers_keep(browser: TestClient, library: Library) -> None:
    address = library.address("kế hoạch.pdf")
    page = browser.get(address).text
    assert f'src="{address}/pages/1.png"' in page
    assert "trang 2" in words(page)
    image = browser.get(f"{address}/pages/2.png")
    assert image.content.startswith(b"\x89PNG")
    assert "max-age" in image.headers["cache-control"]
    again = browser.get(f"{address}/pages/2.png", headers={"if-none-match": image.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("number", ["0", "3", "99999999999", "-1", "x", "1.5", "²"])
def test_there_is_no_image_of_a_page_that_is_not_there(
    browser: TestClient, library: Library, number: str
) -> None:
    assert browser.get(f"{library.address('kế hoạch.pdf')}/pages/{number}.png").status_code == 404


def test_a_text_file_has_no_pages(browser: TestClient, library: Library) -> None:
    assert browser.get(f"{library.address('luat.txt')}/pages/1.png").status_code == 404
    assert "/pages/" not in browser.get(library.address("luat.txt")).text


def test_a_paragraph_of_the_second_page_shows_that_page(browser: TestClient, library: Library) -> None:
    document = library.document("kế hoạch.pdf")
    start = document.text.index("Nơi kiểm tra")
    page = browser.get(document_address(document.id, span=(start, start + 4))).text
    assert "Trang 2 / 2" in words(page)


def test_many_may_ask_for_pages_at_once(browser: TestClient, library: Library) -> None:
    address = library.address("kế hoạch.pdf")
    together = threading.Barrier(8)

    def ask(number: int) -> int:
        together.wait()
        return browser.get(f"{address}/pages/{number % 2 + 1}.png").status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {200}


# ---- addresses


def test_an_unknown_document_is_told_in_vietnamese(browser: TestClient) -> None:
    for address in ("/documents/khong-co", "/documents/a/b/../c", "/documents/x/original"):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert "Không có văn bản này" in words(answer.text)
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("identifier", ["a-1", "a/b c", "ă%2F?#&", "../..", "a/original", "đ\u202e"])
def test_ids_of_any_kind_come_back_from_an_address_as_they_were(identifier: str) -> None:
    encoded = id_in_address(identifier)
    assert unquote(encoded) == identifier
    assert "/" not in encoded
    assert document_address(identifier, "dieu-1", (3, 9)) == f"/documents/{encoded}?start=3&end=9#dieu-1"


def test_below_a_root_path_every_link_starts_with_it(library: Library) -> None:
    browser = browser_of(library, root_path="/tro-ly")
    for address in (
        "/documents",
        library.address("luat.txt"),
        library.address("kế hoạch.pdf"),
        "/widget",
        "/widget/demo",
    ):
        page = browser.get("/tro-ly" + address)
        assert page.status_code == 200
        for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text):
            assert link.startswith("/tro-ly/"), link
