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

import pytest

from ingest.load import load

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
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process = _ui(tmp_path_factory.mktemp("ui"), _free_port())
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

    assert page.evaluate("document.documentElement.lang") == "vi"
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
    assert not card.first.is_visible()
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
    assert not page.locator("#examples").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wider_than_the_screen(address: str, page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    page.locator("#question textarea").wait_for()
    _ask(page, "Phải làm gì để xử lý rác thải? " + "x" * 300, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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
