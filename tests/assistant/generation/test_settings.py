"""The settings of a language model: what they become and what a wrong one says."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.generation import ModelSettings
from assistant.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).resolve().parents[3]
URL, MODEL = "http://127.0.0.1:11434/v1", "qwen3:8b"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    for name in os.environ:
        if name.startswith("ASSISTANT_LLM_"):
            monkeypatch.delenv(name)


def loaded(monkeypatch: pytest.MonkeyPatch, **values: object) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"ASSISTANT_LLM_{name.upper()}", str(value))
    return load_settings()


def test_without_settings_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().language_model is None
    assert loaded(monkeypatch, base_url="", model=" ", api_key="").language_model is None


def test_address_and_name_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, base_url=f"{URL}/", model=MODEL)
    assert settings.language_model == ModelSettings(URL, MODEL, None, 4096, 10.0, 20.0, 2)


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(
        monkeypatch,
        base_url="https://ai.example.vn/llm/v1",
        model="m",
        api_key="sk-1",
        context_tokens=8192,
        first_token_s=5,
        timeout_s=15.5,
        at_once=4,
    )
    expected = ModelSettings("https://ai.example.vn/llm/v1", "m", SecretStr("sk-1"), 8192, 5.0, 15.5, 4)
    assert settings.language_model == expected


@pytest.mark.parametrize(
    ("there", "missing", "value"), [("base_url", "MODEL", URL), ("model", "BASE_URL", MODEL)]
)
def test_one_of_address_and_name_asks_for_the_other(
    monkeypatch: pytest.MonkeyPatch, there: str, missing: str, value: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(monkeypatch, **{there: value})
    assert f"ASSISTANT_LLM_{there.upper()}={value!r}" in str(caught.value)
    assert f"Đặt thêm ASSISTANT_LLM_{missing}" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("base_url", "127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("base_url", "ftp://a/v1", "http://127.0.0.1:11434/v1"),
        ("base_url", "http:///v1", "http://127.0.0.1:11434/v1"),
        ("base_url", "http://a b/v1", "http://127.0.0.1:11434/v1"),
        ("base_url", f"{URL}?key=1", "?"),
        ("base_url", f"{URL}#a", "#"),
        ("base_url", "http://ten:matkhau@a/v1", "ASSISTANT_LLM_API_KEY"),
        ("base_url", f"{URL}/chat/completions", "bỏ /chat/completions"),
        ("base_url", "http://a:99999/v1", ""),
        ("context_tokens", "100", "1024"),
        ("context_tokens", "nhiều", ""),
        ("first_token_s", "0", ""),
        ("timeout_s", "-1", ""),
        ("at_once", "0", ""),
    ],
)
def test_a_wrong_value_is_told_with_its_key_and_the_mend(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, mend: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(monkeypatch, **{"base_url": URL, "model": MODEL, name: value})
    told = str(caught.value)
    assert told.startswith(f"ASSISTANT_LLM_{name.upper()}='{value}' không dùng được")
    assert mend in told
    assert "Sửa biến môi trường này hoặc tệp .env" in told


def test_a_key_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, base_url=URL, model=MODEL, api_key="sk-0123")
    assert "sk-0123" not in repr(settings) + str(settings) + repr(settings.language_model)
    for wrong in ("sk 0123", "sk-0123\nX-Admin: 1", "sk-bí-mật"):
        with pytest.raises(SettingsError) as caught:
            loaded(monkeypatch, api_key=wrong)
        told = f"{caught.value!r} {caught.value.__cause__!r}"
        assert "ASSISTANT_LLM_API_KEY=*** không dùng được" in told
        assert "sk" not in told


def test_another_wrong_setting_does_not_tell_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(monkeypatch, model=MODEL, api_key="sk-0123")
    assert "sk-0123" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


def test_a_model_slower_than_the_question_may_take_is_refused_at_the_start(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "ASSISTANT_LLM_BASE_URL": URL,
        "ASSISTANT_LLM_MODEL": MODEL,
        "ASSISTANT_LLM_TIMEOUT_S": "26",
        "ASSISTANT_TIMEOUT_S": "30",
        "ASSISTANT_INDEX_DIR": str(tmp_path / "index"),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "ui.py"), "--port", str(port)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 2
    assert "ASSISTANT_LLM_TIMEOUT_S=26" in done.stderr
    assert "ASSISTANT_TIMEOUT_S=30" in done.stderr
    assert "Traceback" not in done.stderr
