"""What is said before the server starts, and that it stops as it should."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from assistant.settings import SettingsError
from server.access.entries import Entry, write_entries
from server.exposure import check_exposure
from server.settings import load_server_settings
from tests.server.conftest import DOCUMENTS, free_port

UI = Path(__file__).resolve().parents[2] / "ui.py"
START_SECONDS = 120


def start(folder: Path, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    given = {
        "ASSISTANT_INDEX_DIR": str(folder / "index"),
        "ASSISTANT_DOCUMENTS_DIR": str(DOCUMENTS),
        "ASSISTANT_RECORDS_FILE": str(folder / "records.sqlite"),
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, str(UI), *arguments],
        cwd=folder,
        env=kept | given | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def told(process: "subprocess.Popen[str]") -> str:
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert output.count("\n") == 1, output
    return output


def test_other_machines_are_not_let_in_without_access_control(tmp_path: Path) -> None:
    output = told(start(tmp_path, "--host", "0.0.0.0", "--port", str(free_port())))
    assert "0.0.0.0" in output
    assert "ASSISTANT_USERS_FILE" in output
    assert "--without-access-control" in output


def test_an_empty_users_file_is_told_with_the_command_that_fills_it(tmp_path: Path) -> None:
    output = told(start(tmp_path, ASSISTANT_USERS_FILE=str(tmp_path / "users")))
    assert "python -m server users add" in output


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ASSISTANT_RATE_PER_MINUTE", "nhiều"),
        ("ASSISTANT_EMBED_ORIGINS", "*"),
        ("ASSISTANT_EMBED_ORIGINS", "https://a.vn; script-src *"),
        ("ASSISTANT_PROXY_ADDRESSES", "nginx"),
        ("ASSISTANT_ROOT_PATH", "tro-ly"),
        ("ASSISTANT_LOG_FORMAT", "xml"),
        ("ASSISTANT_WORKERS", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(SettingsError) as problem:
        load_server_settings()
    assert str(problem.value).startswith(f"{key}=")
    assert value in str(problem.value)
    assert "\n" not in str(problem.value)


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBED_ORIGINS", " https://a.vn , http://B.vn:8080,")
    monkeypatch.setenv("ASSISTANT_PROXY_ADDRESSES", "10.0.0.0/8, ::1")
    settings = load_server_settings(root_path="/tro-ly/")
    assert settings.embed_origins == ("https://a.vn", "http://b.vn:8080")
    assert settings.proxy_addresses == ("10.0.0.0/8", "::1")
    assert settings.root_path == "/tro-ly"


def test_what_others_of_this_machine_could_read_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "users"
    write_entries(path, {"lan": Entry("lan", "admin", "x" * 40)})
    settings = load_server_settings(users_file=path, host="0.0.0.0")
    assert check_exposure(settings) == []
    path.chmod(0o644)
    assert "chmod 600" in check_exposure(settings)[0]


def test_it_starts_below_a_root_path_logs_and_stops_when_asked(tmp_path: Path) -> None:
    process = start(tmp_path, "--port", str(free_port()), "--root-path", "/tro-ly")
    assert process.stdout is not None
    too_slow = threading.Timer(START_SECONDS, process.kill)
    too_slow.start()
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/tro-ly", line):
                break
        else:
            pytest.fail("".join(lines))
        health = httpx.get(f"{found.group()}/health", trust_env=False)
        assert health.json()["ready"] is True
        page = httpx.get(found.group(), trust_env=False)
        assert page.status_code == 200
        question = {"question": "Phải làm gì để xử lý rác thải?"}
        httpx.post(f"{found.group()}/api/ask", json=question, trust_env=False, timeout=30)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    finally:
        too_slow.cancel()
        process.kill()
    assert process.returncode == 0
    assert '"route": "/api/ask"' in output
    assert "rác" not in output
    assert "Traceback" not in output
