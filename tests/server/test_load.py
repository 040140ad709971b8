"""The load command tells a healthy server from one that is full or gives people each other's answers."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from server.services import Services
from tests.server.conftest import Served, free_port

ROOT = Path(__file__).resolve().parents[2]


def questions(folder: Path) -> Path:
    asked = ("Phải làm gì để xử lý rác thải?", "Mức thu phí bảo vệ môi trường là bao nhiêu?")
    rows = [
        {"id": f"q{n}", "kind": "task", "lang": "vi", "question": text, "history": [], "answerable": False}
        | {"gold": [], "all_gold": False, "answer_contains": []}
        for n, text in enumerate(asked)
    ]
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def load(url: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "server", "load", "--url", url, "--questions", str(questions(folder))]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


@contextmanager
def confused() -> Iterator[str]:
    """A server whose answers go astray when two people ask at once."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["content-length"])))["question"]
            asked.append(question)
            if len(asked) > 2:  # the crowd, after both were asked alone
                question = asked[0] if question == asked[1] else asked[1]
            body = {"question": question, "answer": question, "refused": False, "citations": []}
            written = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_people_at_a_healthy_server_all_get_their_own_answers(served: Served, tmp_path: Path) -> None:
    done = load(served.address, tmp_path, "--people", "6", "--once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Trả lời: 6 câu" in done.stdout
    assert "Lỗi: không" in done.stdout
    assert "Trả lời nhầm của câu khác: 0" in done.stdout
    assert "Bộ nhớ máy chủ" in done.stdout


def test_a_full_queue_is_counted_apart_from_errors(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Path
) -> None:
    address = serve(services_with(queue=1, workers=1)).address
    done = load(address, tmp_path, "--people", "20", "--once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Báo bận: 503 ×" in done.stdout
    assert "thiếu Retry-After: 0" in done.stdout
    assert "Người đến lúc đang bận được trả lời sau" in done.stdout


def test_answers_that_went_astray_are_found(tmp_path: Path) -> None:
    with confused() as address:
        done = load(address, tmp_path, "--people", "4", "--once")
    assert done.returncode == 1
    assert "Trả lời nhầm của câu khác: 4" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--url", "ftp://may"], "--url ftp://may"),
        (["--minutes", "0"], "--minutes 0"),
        (["--url", f"http://127.0.0.1:{free_port()}"], "python ui.py"),
    ],
)
def test_what_cannot_be_measured_is_told_in_one_line(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = load("http://127.0.0.1:1", tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
