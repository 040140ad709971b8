"""The document pages in a real browser: what is highlighted, where one lands, by keyboard, at phone width."""

from collections.abc import Iterator

import pytest

from corpus.addresses import document_address
from tests.server.browsing import LOOKS, PHONE, axe_file, expect, findings, is_too_wide, visit
from tests.server.conftest import Served, running
from tests.server.library import RESOLUTION, Library, made


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return made(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def site(library: Library) -> Iterator[Served]:
    with running(library.services) as started:
        yield started


@pytest.mark.parametrize("javascript", [True, False])
def test_a_permalink_lands_on_its_paragraph_and_highlights_it(
    site: Served, library: Library, javascript: bool
) -> None:
    with visit(javascript=javascript) as seen:
        seen.page.goto(site.address + library.address(RESOLUTION) + "#dieu-2-khoan-4-doan-2")
        target = seen.page.locator("#dieu-2-khoan-4-doan-2")
        assert "Đẩy mạnh thực hiện Chỉ thị số 17-CT/TU" in target.text_content()
        expect(target).to_be_in_viewport(ratio=1)
        other = seen.page.locator("#dieu-2-khoan-5-doan-1")

        def background(paragraph: object) -> str:
            return str(paragraph.evaluate("one => getComputedStyle(one).backgroundColor"))  # type: ignore[attr-defined]

        assert background(target) != background(other)
        assert seen.hosts == {"127.0.0.1"}
        assert not seen.complaints


def test_a_place_without_its_own_paragraph_number_is_highlighted_too(site: Served, library: Library) -> None:
    with visit() as seen:
        seen.page.goto(site.address + library.address("luat.txt") + "#dieu-1-khoan-2")
        marked = seen.page.locator(".paragraph:has(.place-start:target)")
        assert marked.get_attribute("id") == "dieu-1-khoan-2-doan-1"


def test_a_quotation_is_seen_marked_where_one_lands(site: Served, library: Library) -> None:
    document = library.document(RESOLUTION)
    quote = "mở rộng phạm vi cung ứng dịch vụ vệ sinh môi trường"
    start = document.text.index(quote)
    address = document_address(document.id, "dieu-2-khoan-4-doan-2", (start, start + len(quote)))
    with visit(PHONE) as seen:
        seen.page.goto(site.address + address)
        mark = seen.page.locator("mark.quote")
        assert mark.inner_text() == quote
        box = mark.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= PHONE[1]


def test_the_outline_marks_where_the_reader_is_and_is_used_by_keyboard(
    site: Served, library: Library
) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(site.address + library.address(RESOLUTION))
        link = page.locator(".outline a", has_text="Khoản 10")
        link.focus()
        page.keyboard.press("Enter")
        page.locator('.outline a[aria-current="location"]', has_text="Khoản 10").wait_for()
        assert page.url.endswith("#dieu-2-khoan-10-doan-1")
        fold = page.locator(".outline li details").first
        assert fold.get_attribute("open") is not None
        fold.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert fold.get_attribute("open") is None


def test_a_place_is_copied_as_an_address_without_what_led_there(site: Served, library: Library) -> None:
    with visit() as seen:
        page = seen.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(site.address + library.address("luat.txt") + "?q=luat")
        page.locator("#dieu-2-doan-1 .permalink").click()
        page.get_by_text("Đã chép đường dẫn").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == site.address + library.address("luat.txt") + "#dieu-2-doan-1"


def test_the_search_steps_through_the_hits_by_links(site: Served, library: Library) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(site.address + library.address("luat.txt"))
        page.get_by_role("searchbox").fill("luat nay")
        page.keyboard.press("Enter")
        page.get_by_text("đang ở chỗ 1").wait_for()
        page.get_by_role("link", name="Sau →").click()
        page.get_by_text("đang ở chỗ 2").wait_for()
        assert page.locator("mark.at").get_attribute("id") == "tim-2"
        assert page.url.endswith("#tim-2")


def test_hostile_documents_do_nothing(site: Served, library: Library) -> None:
    with visit() as seen:
        for address in (
            "/documents",
            library.address("la.txt"),
            library.address("la.txt") + "?q=<img src=x>",
        ):
            seen.page.goto(site.address + address)
            assert seen.page.evaluate("window.hacked") is None
        assert "<script>window.hacked = 1</script>" in seen.page.locator("h1").inner_text()
        assert not seen.complaints
        assert seen.hosts == {"127.0.0.1"}


def test_print_shows_the_text_with_its_places_and_nothing_else(site: Served, library: Library) -> None:
    with visit() as seen:
        seen.page.goto(site.address + library.address("luat.txt"))
        seen.page.emulate_media(media="print")
        for hidden in ("header.site", ".outline", ".about", ".tools"):
            assert not seen.page.locator(hidden).is_visible()
        assert seen.page.locator("#dieu-1-khoan-2-doan-1 .where").is_visible()
        assert seen.page.locator("#dieu-1-khoan-2-doan-1 .words").is_visible()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_serious_finding_of_axe_and_no_sideways_scrolling(
    site: Served, library: Library, size: tuple[int, int], scheme: str
) -> None:
    axe_file()
    with visit(size, scheme, policy=False) as seen:
        for address in (
            "/documents",
            "/documents?q=khongco",
            library.address(RESOLUTION) + "#dieu-2-khoan-4-doan-2",
            library.address("luat.txt") + "?q=luat&hit=2",
            library.address("luat.txt") + "?start=300&end=330",
            library.address("kế hoạch.pdf"),
            "/documents/khong-co",
        ):
            seen.page.goto(site.address + address)
            assert findings(seen.page) == [], address
            assert not is_too_wide(seen.page), address
