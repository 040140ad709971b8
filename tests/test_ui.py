"""The page in a real browser: what a person sees and clicks, and that nothing leaves the machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import pytest

from ingest.load import load
from records import Records, StoredTurn
from tests.server.browsing import expect

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "documents" / "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"
START_SECONDS = 120  # the encoder may have to be prepared first
HOSTILE = "<img src=x onerror=alert(1)>"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ui(folder: Path, port: int) -> "subprocess.Popen[str]":
    environment = os.environ | {
        "ASSISTANT_INDEX_DIR": str(folder / "index"),
        "ASSISTANT_DOCUMENTS_DIR": str(SOURCE.parent),
        "ASSISTANT_RECORDS_FILE": str(folder / "records.sqlite"),
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, str(ROOT / "ui.py"), "--port", str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page that is tested keeps index and records."""
    return tmp_path_factory.mktemp("ui")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    process = _ui(folder, _free_port())
    assert process.stdout is not None
    too_slow = threading.Timer(START_SECONDS, process.kill)
    too_slow.start()
    told = []
    try:
        for line in process.stdout:
            told.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail("the page did not start:\n" + "".join(told))
        too_slow.cancel()
        yield found.group()
    finally:
        too_slow.cancel()
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def page() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("no chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(locale="vi-VN", viewport={"width": 1440, "height": 900})
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def _ask(page: Any, question: str, turn: int) -> Any:
    page.get_by_label("Câu hỏi", exact=False).first.fill(question)
    page.keyboard.press("Enter")
    done = page.locator(f'.turn[data-turn="{turn}"][data-state="done"]')
    done.wait_for()
    return done


def _ask_blank(page: Any) -> None:
    page.get_by_label("Câu hỏi", exact=False).first.fill("  ")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)  # for nothing to happen


def _start_again(page: Any) -> None:
    page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    page.locator(".welcome").wait_for()


def test_conversation_in_a_browser(address: str, page: Any) -> None:
    hosts: set[str | None] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}") or dialog.dismiss())
    page.goto(address)
    page.locator("#question textarea").wait_for()

    _check_answer_and_sources(page)
    _start_again(page)
    refused = _ask(page, "Giá vé máy bay đi Paris?", 1)
    assert refused.locator(".refusal .nearest").count() == 1
    assert refused.locator(".marker").count() == 0

    shown = _ask(page, HOSTILE, 2)
    assert shown.locator(".question").inner_text() == HOSTILE
    assert page.locator("img[src=x]").count() == 0

    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.title() == "Trợ lý Nghị quyết"
    assert "gradio" not in page.locator("body").inner_text().lower()
    assert hosts == {"127.0.0.1"}
    assert complaints == []


def _check_answer_and_sources(page: Any) -> None:
    document = load(SOURCE, SOURCE.name).document
    turn = _ask(page, "Phải làm gì để xử lý rác thải?", 1)
    turn.get_by_role("button", name="Xem nguồn 1").click()
    marks = page.locator("mark.emphasised")
    marks.first.wait_for()
    quote = "".join(marks.all_text_contents())
    assert "rác" in quote
    assert quote in document.text
    assert quote in turn.locator(".reply-text").inner_text()
    card = page.locator(".card.emphasised")
    assert card.locator(".passage").text_content() in document.text
    assert card.locator(".location").inner_text() == turn.locator(".place .location").first.inner_text()

    second = _ask(page, "Cơ quan nào tổ chức thực hiện Nghị quyết?", 2)
    second.wait_for()
    expect(card.first).not_to_be_visible()
    turn.get_by_role("button", name="Xem nguồn 1").focus()
    page.keyboard.press("Enter")
    page.locator(".card.emphasised").wait_for()
    assert "".join(page.locator("mark.emphasised").all_text_contents()) == quote


def test_a_reworded_question_can_be_asked_again_as_typed(address: str, page: Any) -> None:
    typed = "thu hut dau tu nuoc ngoai"
    hosts: set[str | None] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.locator("#question textarea").wait_for()

    _ask_blank(page)
    page.locator(".welcome").wait_for()
    first = _ask(page, typed, 1)
    assert first.locator(".question").inner_text() == typed
    assert "Tôi hiểu là: thu hút đầu tư nước ngoài" in first.locator(".understood").inner_text()
    page.get_by_label("Câu hỏi", exact=False).first.fill("câu sau")
    first.get_by_role("button", name="Tìm đúng như đã gõ").click()
    second = page.locator('.turn[data-turn="2"][data-state="done"]')
    second.wait_for()
    assert second.locator(".question").inner_text() == f"{typed} (tìm đúng như đã gõ)"
    assert second.locator(".understood, .as-typed").count() == 0
    assert page.locator("#question textarea").input_value() == "câu sau"

    _ask_blank(page)
    assert page.locator(".turn").count() == 2
    first.get_by_role("button", name="Tìm đúng như đã gõ").focus()
    page.keyboard.press("Enter")
    page.locator('.turn[data-turn="3"][data-state="done"] .note').wait_for()
    assert page.locator(".turn").count() == 3
    assert hosts == {"127.0.0.1"}
    assert complaints == []


def test_examples_start_a_conversation(address: str, page: Any) -> None:
    page.goto(address)
    example = page.locator("#examples button").first
    question = example.inner_text()
    example.click()
    page.locator('.turn[data-turn="1"][data-state="done"] .marker').first.wait_for()
    assert page.locator(".turn .question").inner_text() == question
    expect(page.locator("#examples")).not_to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_screen(address: str, page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    page.locator("#question textarea").wait_for()
    _ask(page, "Phải làm gì để xử lý rác thải? " + "x" * 300, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _opened(page: Any, address: str) -> list[str]:
    """The page, ready; the list fills with hosts besides this machine, complaints and dialogs."""
    wrong: list[str] = []

    def asked(request: Any) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            wrong.append(request.url)

    page.on("request", asked)
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}") or dialog.dismiss())
    page.goto(address)
    page.get_by_role("button", name="Các cuộc trò chuyện").wait_for()
    return wrong


def _records(folder: Path) -> list[StoredTurn]:
    return Records.open(folder / "records.sqlite", 180).all_turns()


def test_a_source_is_copied_with_its_citation_and_opened_in_its_document(address: str, page: Any) -> None:
    wrong = _opened(page, address)
    turn = _ask(page, "Phải làm gì để xử lý rác thải?", 1)
    marked = "".join(page.locator(".card").first.locator("mark").all_text_contents())
    page.get_by_role("button", name="Sao chép kèm trích dẫn").first.click()
    page.get_by_role("button", name="Đã chép").wait_for()
    # Pasted as a person would: no permission to read the clipboard is needed.
    page.get_by_label("Câu hỏi", exact=False).first.focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#question textarea").input_value()
    quotations, _, place = pasted.removeprefix("“").partition("” (")
    quoted = quotations.split("” “")
    assert "".join(sorted(quoted, key=marked.index)) == marked, "the card marks them in the text's order"
    assert "khoản 4 Điều 2 Nghị quyết của Hội đồng nhân dân tỉnh Bắc Giang về nhiệm vụ" in place
    page.locator("#question textarea").fill("")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Mở trong văn bản").first.click()
    document = opened.value
    document.locator("mark").first.wait_for()
    assert "".join(document.locator("mark").all_text_contents()) == quoted[0]
    document.close()
    assert turn.is_visible()
    assert wrong == []


def test_copying_works_where_the_clipboard_is_not_offered(address: str, page: Any) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    _opened(page, address)
    _ask(page, "Phải làm gì để xử lý rác thải?", 1)
    page.get_by_role("button", name="Sao chép kèm trích dẫn").first.click()
    page.get_by_role("button", name="Đã chép").wait_for()
    page.get_by_label("Câu hỏi", exact=False).first.focus()
    page.keyboard.press("Control+V")
    assert "khoản 4 Điều 2" in page.locator("#question textarea").input_value()


def test_an_opinion_is_kept_and_can_be_changed(address: str, folder: Path, page: Any) -> None:
    wrong = _opened(page, address)
    question = "Công tác phòng cháy, chữa cháy cần làm gì nữa?"
    turn = _ask(page, question, 1)
    turn.get_by_role("button", name="Hữu ích").click()
    page.locator(".thanks", has_text="Cảm ơn anh/chị đã đánh giá.").wait_for()
    turn.get_by_role("button", name="Chưa đúng").click()
    page.locator(".thanks", has_text="Cảm ơn anh/chị đã đánh giá.").wait_for()
    turn.get_by_role("button", name="Sai nguồn").click()  # and at once, before it is kept:
    turn.get_by_label("Góp ý thêm").fill("Trích nhầm <b>khoản</b>")
    turn.get_by_role("button", name="Gửi góp ý").click()
    page.locator(".thanks", has_text="Đã ghi nhận góp ý.").wait_for()
    (kept,) = [one for one in _records(folder) if one.question == question]
    assert (kept.verdict, kept.comment) == ("wrong_source", "Trích nhầm <b>khoản</b>")
    _ask(page, "thế văn hóa?", 2)
    assert turn.locator('[aria-pressed="true"]').inner_text() == "Sai nguồn"
    assert page.get_by_role("button", name="Tạo lại").count() == 0
    assert wrong == []


def test_a_suggestion_that_is_clicked_is_asked_and_answered(address: str, page: Any) -> None:
    wrong = _opened(page, address)
    _ask(page, "Nhiệm vụ cải cách hành chính và chuyển đổi số là gì?", 1)
    suggestion = page.locator("#suggestions button").first
    suggestion.wait_for()
    text = suggestion.inner_text()
    suggestion.click()
    second = page.locator('.turn[data-turn="2"][data-state="done"]')
    second.wait_for()
    assert second.locator(".question").inner_text() == text
    assert second.locator(".marker").count() >= 1
    assert wrong == []


def test_a_conversation_survives_a_reload_is_found_exported_and_deleted(
    address: str, folder: Path, page: Any
) -> None:
    wrong = _opened(page, address)
    _ask(page, "Phải làm gì để xử lý rác thải?", 1)
    _ask(page, HOSTILE, 2)
    quote = page.locator(".card mark").first.text_content()
    kept = page.url.partition("#c=")[2]
    page.reload()
    page.locator('.turn[data-turn="2"]').wait_for()
    assert len([one for one in _records(folder) if one.conversation_id == kept]) == 2
    assert page.locator(".turn .question").all_inner_texts() == ["Phải làm gì để xử lý rác thải?", HOSTILE]
    page.locator('.turn[data-turn="1"] .marker').first.click()
    assert page.locator("mark.emphasised").first.text_content() == quote

    with page.expect_download() as download:
        page.get_by_role("link", name="Word (.docx)").click()
    text = "\n".join(paragraph.text for paragraph in docx.Document(download.value.path()).paragraphs)
    assert quote in text and HOSTILE in text and "khoản 4 Điều 2 Nghị quyết" in text

    _start_again(page)
    assert "#c=" not in page.url
    page.get_by_role("button", name="Các cuộc trò chuyện").click()
    page.get_by_label("Tìm trong câu hỏi đã hỏi").fill("khong co cau nay")
    page.get_by_text("Không có cuộc trò chuyện nào khớp.").wait_for()
    page.get_by_label("Tìm trong câu hỏi đã hỏi").fill("rac thai")
    page.locator(".open-conversation").click()
    page.locator('.turn[data-turn="2"]').wait_for()

    page.get_by_role("button", name="Các cuộc trò chuyện").click()
    page.locator(".ask-delete").first.click()
    page.get_by_role("button", name="Giữ lại").first.click()
    page.locator(".ask-delete").first.click()
    page.locator(".sure:not([hidden]) .delete").click()
    page.locator(".welcome").wait_for(state="attached")
    assert not [one for one in _records(folder) if one.question == HOSTILE and one.conversation_id == kept]
    # A reload breaks off what was still being suggested.
    assert _unexpected(wrong) == []


def test_the_page_speaks_english_and_remembers_it(address: str, page: Any) -> None:
    wrong = _opened(page, address)
    _ask(page, "Phải làm gì để xử lý rác thải?", 1)
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Copy with citation").first.wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator(".turn").count() == 1
    page.reload()
    page.get_by_role("button", name="Conversations").wait_for()
    page.get_by_role("link", name="Documents").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("button", name="Các cuộc trò chuyện").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert _unexpected(wrong) == []


def _unexpected(wrong: list[str]) -> list[str]:
    """Without what Gradio writes to the console when a reload ends its open stream."""
    return [one for one in wrong if not one.startswith("AbortError") and "errored out" not in one]


def test_everything_is_reached_by_keyboard(address: str, page: Any) -> None:
    _opened(page, address)
    _ask(page, "Phải làm gì để xử lý rác thải?", 1)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"{selector} is not reached by Tab")

    tab_to("#send")
    for selector in (".copy", ".card-actions a", '[data-panel="open"]', ".marker", ".verdict.up"):
        tab_to(selector)
    page.keyboard.press("Enter")
    page.locator(".thanks", has_text="Cảm ơn anh/chị đã đánh giá.").wait_for()
    tab_to('[data-panel="open"]')
    page.keyboard.press("Enter")
    page.locator(".open-conversation").first.wait_for()
    expect(page.locator("#panel-search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator('[data-panel="open"]')).to_be_focused()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier_is_found(address: str, page: Any, width: int, scheme: str) -> None:
    script = Path(os.environ.get("ASSISTANT_TEST_AXE") or ROOT / "node_modules/axe-core/axe.min.js")
    if not script.is_file():
        pytest.skip(f"no {script}; npm install axe-core, or set ASSISTANT_TEST_AXE to its axe.min.js")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    _opened(page, address)
    _ask(page, "thu hut dau tu nuoc ngoai", 1)
    page.locator("#suggestions button").first.wait_for()
    page.evaluate(script.read_text(encoding="utf-8"))
    for panel in (False, True):
        if panel:
            page.get_by_role("button", name="Các cuộc trò chuyện").click()
            page.locator(".open-conversation").first.wait_for()
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_busy_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = int(busy.getsockname()[1])
        process = _ui(tmp_path, port)
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert told.count("\n") == 1
    assert f"Cổng {port} đang được chương trình khác dùng" in told
    assert "--port" in told
