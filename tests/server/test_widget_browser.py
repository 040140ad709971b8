"""The widget in a browser, on pages of its own and of another origin: asked, closed, refused, by keyboard."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from server.services import Services
from tests.server.browsing import LOOKS, PHONE, axe_file, expect, findings, is_too_wide, visit
from tests.server.conftest import Served, free_port

QUESTION = "Xử lý rác thải phải làm gì?"
# As strict as an intranet may be: no inline script or style, and only what the widget needs.
POLICY = "default-src 'none'; script-src {host}; frame-src {host}; style-src 'none'"


@contextmanager
def intranet(page: str, policy: str, port: int) -> Iterator[str]:
    """A page of another origin on this machine; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page.encode()
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(body if self.path == "/" else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page_with(host: str, attributes: str = "", times: int = 1) -> str:
    tag = f'<script src="{host}/widget.js" {attributes} defer></script>'
    return (
        f'<!doctype html><html lang="vi"><head><title>Nội bộ</title>{tag * times}</head>'
        '<body><main><h1>Nội bộ</h1><p><a id="first" href="#x">Liên kết</a></p>'
        '<div id="x">Nội dung</div></main></body></html>'
    )


def chat_of(page: Any) -> Any:
    return page.frame_locator("tro-ly-nghi-quyet iframe")


def test_on_a_page_of_an_allowed_origin_a_question_is_answered_with_its_source(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    port = free_port()
    host = serve(services_with(embed_origins=(f"http://127.0.0.1:{port}",))).address
    with intranet(page_with(host), POLICY.format(host=host), port) as address, visit() as seen:
        page = seen.page
        page.goto(address)
        names = page.evaluate("Object.keys(window)")
        page.get_by_role("button", name="Hỏi trợ lý").click()
        chat = chat_of(page)
        chat.get_by_label("Câu hỏi", exact=True).fill(QUESTION)
        page.keyboard.press("Enter")
        chat.locator(".sources li").first.wait_for()
        assert "Điều 2, khoản 4" in chat.locator(".sources li").first.inner_text()
        chat.locator(".marker").first.click()
        assert chat.locator(".sources li.now mark").first.inner_text() in chat.locator(".answer").inner_text()
        link = chat.get_by_role("link", name="Mở trong văn bản").first
        assert link.get_attribute("target") == "_blank"
        with page.context.expect_page() as opened:
            link.click()
        assert "rác" in opened.value.locator("mark.quote").first.text_content()
        assert opened.value.url.startswith(f"{host}/documents/")
        assert [name for name in names if "TroLy" in name] == ["TroLyNghiQuyet"]
        assert seen.hosts == {"127.0.0.1"}
        assert not seen.complaints


def test_on_a_page_that_is_not_allowed_it_says_what_to_do(served: Served) -> None:
    host = served.address
    with intranet(page_with(host), POLICY.format(host=host), free_port()) as address, visit() as seen:
        seen.page.goto(address)
        seen.page.get_by_role("button", name="Hỏi trợ lý").click()
        told = seen.page.get_by_role("alert")
        told.wait_for()
        assert "ASSISTANT_EMBED_ORIGINS" in told.inner_text()
        assert address.rstrip("/") in told.inner_text()
        assert told.get_by_role("link").get_attribute("href") == f"{host}/"


def test_it_is_used_by_keyboard_alone_and_gives_the_focus_back(served: Served) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(f"{served.address}/widget/demo")
        opener = page.get_by_role("button", name="Hỏi trợ lý")
        opener.focus()
        page.keyboard.press("Enter")
        box = chat_of(page).get_by_label("Câu hỏi", exact=True)
        expect(box).to_be_focused()
        page.keyboard.type(QUESTION)
        assert box.input_value() == QUESTION
        page.keyboard.press("Enter")
        chat_of(page).locator(".reply:not(.pending)").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
        expect(opener).to_be_focused()
        assert not seen.complaints


def test_a_question_cannot_be_lost_while_the_script_of_the_page_is_on_its_way(served: Served) -> None:
    with visit() as seen:
        page = seen.page
        held: list[Any] = []
        page.route("**/static/widget-page.js", lambda route: held.append(route))
        with page.expect_request("**/static/widget-page.js"):
            page.goto(f"{served.address}/widget", wait_until="commit")
        box = page.get_by_label("Câu hỏi", exact=True)
        expect(box).to_be_disabled()
        for button in ("Gửi", "Cuộc trò chuyện mới"):
            expect(page.get_by_role("button", name=button)).to_be_disabled()
        held[0].continue_()
        box.fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".reply:not(.pending)").wait_for()
        assert page.locator(".question").inner_text() == QUESTION


def test_a_page_asks_by_its_own_button_and_a_follow_up_leans_on_it(served: Served) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(f"{served.address}/widget/demo")
        page.get_by_role("button", name="Hỏi: Xử lý rác thải").click()
        chat = chat_of(page)
        chat.locator(".reply:not(.pending)").wait_for()
        assert chat.locator(".question").inner_text() == QUESTION
        chat.get_by_label("Câu hỏi", exact=True).fill("khoản trước đó nói gì?")
        page.keyboard.press("Enter")
        chat.locator(".reply:not(.pending)").nth(1).wait_for()
        assert "khoản 3" in chat.locator(".reply").nth(1).inner_text()
        chat.get_by_role("button", name="Đúng", exact=True).first.click()
        chat.get_by_text("Cảm ơn, đã ghi nhận.").wait_for()


def test_a_question_in_the_tag_opens_it_in_the_language_of_the_tag_once(served: Served) -> None:
    tag = 'data-question="Tax collection measures" data-lang="en" data-position="left" '
    tag += 'data-title="Ask &lt;b&gt;"'
    port = free_port()
    page_text = page_with(served.address, tag, times=2)
    with visit(policy=False) as seen, intranet(page_text, "default-src *", port) as address:
        page = seen.page
        page.goto(address)
        expect(page.get_by_role("dialog", name="Ask <b>")).to_be_visible()
        assert page.locator("tro-ly-nghi-quyet").count() == 1
        box = page.get_by_role("dialog").bounding_box()
        assert box is not None and box["x"] < 100


def test_at_phone_width_it_covers_the_screen_and_is_not_printed(served: Served) -> None:
    with visit(PHONE) as seen:
        page = seen.page
        page.goto(f"{served.address}/widget/demo")
        page.get_by_role("button", name="Hỏi trợ lý").click()
        dialog = page.get_by_role("dialog")
        assert dialog.get_attribute("aria-modal") == "true"
        chat_of(page).locator("#question").wait_for()
        # It slides in; where it comes to rest is what counts.
        dialog.evaluate("(element) => Promise.all(element.getAnimations().map((one) => one.finished))")
        assert dialog.bounding_box() == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
        page.emulate_media(media="print")
        expect(page.locator("tro-ly-nghi-quyet")).not_to_be_visible()


def test_messages_of_other_windows_are_not_heard(served: Served) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(f"{served.address}/widget/demo")
        page.evaluate("TroLyNghiQuyet.open()")
        chat_of(page).locator("#question").wait_for()
        page.evaluate("postMessage({ type: 'tro-ly:close' }, '*')")
        page.evaluate("new Promise((done) => { addEventListener('message', done); postMessage('x', '*'); })")
        assert page.get_by_role("dialog").is_visible()


def test_where_signing_in_is_needed_it_says_so_with_a_link(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Any
) -> None:
    users = tmp_path / "users"
    users.write_text("", encoding="utf-8")
    guarded = serve(services_with(users_file=users))
    with visit() as seen:
        page = seen.page
        page.goto(f"{guarded.address}/widget")
        page.locator("#question").fill(QUESTION)
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="Đăng nhập trong thẻ mới")
        link.wait_for()
        assert link.get_attribute("target") == "_blank"
        assert str(link.get_attribute("href")).endswith("/login")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_serious_finding_of_axe(served: Served, size: tuple[int, int], scheme: str) -> None:
    axe_file()
    with visit(size, scheme, policy=False) as seen:
        page = seen.page
        page.goto(f"{served.address}/widget/demo")
        assert findings(page) == []
        page.evaluate(f"TroLyNghiQuyet.ask({QUESTION!r})")
        chat_of(page).locator(".reply:not(.pending)").wait_for()
        assert findings(page) == []
        assert findings(page.frames[1]) == []
        page.goto(f"{served.address}/widget")
        assert findings(page) == []
        assert not is_too_wide(page)
