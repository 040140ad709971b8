"""Takes the pictures in docs/images from a server of its own: `python -m tests.server.screenshots [NAME …]`.

Every page at desktop and phone width, light and dark. Needs playwright and a Chromium, as the browser tests.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from assistant.answer import CheckedSentence, Verdict
from assistant.chain import Assistant
from corpus.citation import Citation
from records import Records
from server.access.entries import Entry, write_entries
from server.access.passwords import hashed
from server.access.person import ADMIN
from server.asking import Asking
from server.services import Services
from server.settings import ServerSettings
from tests.generating import Generating
from tests.server.browsing import LOOKS, ROOT, visit
from tests.server.conftest import DOCUMENTS, RESOLUTION, free_port, running
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 200_000
NAME, PASSWORD = "nguyen.van.an", "chi-de-chup-anh"
ANSWERED = "Hai nhà máy xử lý rác nào cần khẩn trương khởi công?"
REFUSED = "Mức thu phí bảo vệ môi trường là bao nhiêu?"
UPLOADED = "chi-thi-mau.txt"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server with one user; its address."""
    documents = folder / "documents"
    documents.mkdir()
    for file in (RESOLUTION, DOCUMENTS / "related.yaml"):
        (documents / file.name).write_bytes(file.read_bytes())
    write_entries(folder / "users", {NAME: Entry(NAME, ADMIN, hashed(PASSWORD))})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")} | {
        "ASSISTANT_DOCUMENTS_DIR": str(documents),
        "ASSISTANT_INDEX_DIR": str(folder / "index"),
        "ASSISTANT_RECORDS_FILE": str(folder / "records.sqlite"),
        "ASSISTANT_USERS_FILE": str(folder / "users"),
        "ASSISTANT_LOG_FORMAT": "off",
    }
    command = [sys.executable, str(ROOT / "ui.py"), "--port", str(free_port())]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield next(found.group() for line in process.stdout if (found := re.search(r"http://[\d.:]+", line)))
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def login(page: Any, address: str) -> None:
    page.goto(f"{address}/login")


def asked(page: Any, address: str, question: str) -> None:
    page.goto(f"{address}/")
    page.locator("#header [data-panel=open]").wait_for()  # the page knows its visitor
    box = page.get_by_label("Câu hỏi", exact=False).first
    box.fill(question)
    page.keyboard.press("Enter")
    page.locator(".reply:not(.pending)").last.wait_for()
    page.locator("#suggestions button, #suggestions li").first.wait_for()


def chat(page: Any, address: str) -> None:
    asked(page, address, ANSWERED)
    if page.viewport_size["width"] > 1000:
        page.locator(".marker").first.click()


def written(citations: Sequence[Citation]) -> tuple[CheckedSentence, ...]:
    """What a model might write on ANSWERED: a sentence that holds, one that does not, one for a quotation."""
    wrong = "Hai nhà máy này đã khởi công trong quý I năm 2024."
    return (
        CheckedSentence(
            "Hai nhà máy cần khẩn trương hoàn thành thủ tục để khởi công là Nhà máy xử lý rác và phát điện "
            "Bắc Giang và Nhà máy xử lý rác thải xã Đông Lỗ, huyện Hiệp Hoà.",
            Verdict.SUPPORTED,
            (1,),
            "…",
        ),
        CheckedSentence("", Verdict.REMOVED, (), wrong, "“quý I” không có trong đoạn [1]."),
        CheckedSentence(f"“{citations[-1].quote}”", Verdict.REPLACED, (len(citations),), wrong, "…"),
    )


@contextmanager
def generating(folder: Path) -> Iterator[str]:
    """A server in this process with a scripted language model; its address. Nobody signs in."""
    documents = folder / "generating"
    documents.mkdir()
    for file in (RESOLUTION, DOCUMENTS / "related.yaml"):
        (documents / file.name).write_bytes(file.read_bytes())
    location = IndexLocation(folder / "generating-index", None, documents / "related.yaml")
    encoder = load_encoder()
    sync([documents], documents, location, encoder)
    assistant = Assistant.open(location, encoder)
    settings = ServerSettings(records_file=str(folder / "generating.sqlite"))
    asking = Asking(
        Generating(assistant, write=written), settings.workers, settings.queue, settings.timeout_s
    )
    records = Records.open(settings.records_path, settings.records_days)
    services = Services(
        settings, assistant, asking, records, encoder, location, documents, model="mo-hinh-thu"
    )
    with running(services) as started:
        yield started.address


def generated(page: Any, address: str) -> None:
    asked(page, address, ANSWERED)
    page.locator(".left-out summary").click()
    if page.viewport_size["width"] > 1000:
        page.locator(".marker").first.click()


def refusal(page: Any, address: str) -> None:
    asked(page, address, REFUSED)


def document(page: Any, address: str) -> None:
    asked(page, address, ANSWERED)
    link = page.get_by_role("link", name="Mở trong văn bản").first.get_attribute("href")
    page.goto(link if link.startswith("http") else f"{address}/{link.lstrip('/')}")
    page.locator("mark.quote").first.wait_for()


def admin(page: Any, address: str) -> None:
    page.goto(f"{address}/admin/documents")
    text = "CHỈ THỊ\nVề việc phân loại rác tại nguồn\n\n1. Các xã, phường phân loại rác tại nguồn.\n"
    page.locator("#files").set_input_files(
        {"name": UPLOADED, "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_label("Thay tệp cùng tên", exact=False).check()
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_role("link", name=re.compile("phân loại rác", re.IGNORECASE)).first.wait_for()
    page.locator("#job:not(.running)").wait_for()


def widget(page: Any, address: str) -> None:
    page.goto(f"{address}/widget/demo")
    page.get_by_role("button", name="Hỏi: Xử lý rác").click()
    page.frame_locator("tro-ly-nghi-quyet iframe").locator(".sources li").first.wait_for()


PAGES: dict[str, Callable[[Any, str], None]] = {
    "login": login,
    "chat": chat,
    "generated": generated,
    "refusal": refusal,
    "document": document,
    "widget": widget,
    "admin": admin,
}


def small(picture: bytes) -> bytes:
    """The same picture in as many colours as keep it below 200 kB."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        kept = io.BytesIO()
        image.quantize(colours).save(kept, "PNG", optimize=True)
        if kept.tell() < MOST_BYTES:
            break
    return kept.getvalue()


def take(names: list[str]) -> None:
    chosen = names or list(PAGES)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        offices = {name: generating if name == "generated" else served for name in chosen}
        addresses = {office: stack.enter_context(office(folder)) for office in set(offices.values())}
        for name in chosen:
            address = addresses[offices[name]]
            for size, scheme in LOOKS:
                with visit(size, scheme) as seen:
                    if name not in ("login", "generated"):
                        seen.page.goto(f"{address}/login")
                        seen.page.get_by_label("Tên đăng nhập").fill(NAME)
                        seen.page.get_by_label("Mật khẩu").fill(PASSWORD)
                        seen.page.get_by_role("button", name="Đăng nhập").click()
                        seen.page.wait_for_url(f"{address}/")
                    PAGES[name](seen.page, address)
                    seen.page.wait_for_timeout(600)  # what glides has arrived
                    picture = small(seen.page.screenshot())
                    (IMAGES / f"{name}-{size[0]}-{scheme}.png").write_bytes(picture)
                    sys.stdout.write(f"{name} {size[0]} {scheme}: {len(picture)} bytes\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    take(sys.argv[1:])
