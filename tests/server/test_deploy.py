"""What is handed to IT staff works: unit, nginx, command, and everything that the guides name exists."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from server.access.entries import Entry, write_entries
from server.access.keys import digest, new_key
from server.access.person import READER
from server.services import Services
from server.settings import ServerSettings
from tests.server.conftest import Served, free_port
from tests.server.test_proxy import NGINX

ROOT = Path(__file__).resolve().parents[2]
DEPLOY, DOCS = ROOT / "deploy", ROOT / "docs"
NAME = "tro-ly.example.vn"
GUIDES = sorted([*DOCS.glob("huong-dan-*.md"), DOCS / "api.md", DEPLOY / "README.md"])
GIVEN = [*GUIDES, *(path for path in sorted(DEPLOY.iterdir()) if path not in GUIDES)]
SETTINGS = {
    f"ASSISTANT_{name.upper()}" for about in (Settings, ServerSettings) for name in about.model_fields
}


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"ASSISTANT_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8")))
    assert named <= SETTINGS


def commands() -> set[tuple[str, str]]:
    """`tro-ly server users add NAME --admin` and the like in the guides: the words, and the options."""
    found = set()
    for path in GUIDES:
        for line in re.findall(
            r"(?:tro-ly|python -m) ((?:server|ingest)\b[^`\n#]*)", path.read_text("utf-8")
        ):
            words = [word for word in line.split() if re.fullmatch(r"[a-z]+", word)]
            known = words[: {"users": 3, "keys": 3, "records": 3}.get("".join(words[1:2]), 2)]
            options = sorted(re.findall(r"--[a-z-]+", line))
            found.add((" ".join(known if known[0] == "server" else ["ingest"]), " ".join(options)))
    return found


@pytest.mark.parametrize(("command", "options"), sorted(commands()))
def test_every_command_of_the_guides_exists(command: str, options: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", *command.split(), "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [option for option in options.split() if option not in shown] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_picture_and_page_that_a_guide_links_to_exists(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").glob("*.png")}
    assert sizes
    assert not {name: size for name, size in sizes.items() if size >= 200_000}


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    text = (DEPLOY / "tro-ly-nghi-quyet.service").read_text(encoding="utf-8")
    started = text.replace("/opt/tro-ly/.venv/bin/python", sys.executable)  # it has to exist
    (tmp_path / "tro-ly-nghi-quyet.service").write_text(started, encoding="utf-8")
    unit = str(tmp_path / "tro-ly-nghi-quyet.service")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    assert "tro-ly-nghi-quyet" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_the_program_writes_only_where_the_unit_lets_it() -> None:
    unit = (DEPLOY / "tro-ly-nghi-quyet.service").read_text(encoding="utf-8")
    names = dict(re.findall(r"^(StateDirectory|CacheDirectory)=(\S+)$", unit, re.MULTILINE))
    writable = (f"/var/lib/{names['StateDirectory']}/", f"/var/cache/{names['CacheDirectory']}")
    settings = (DEPLOY / "tro-ly.env").read_text(encoding="utf-8")
    paths = re.findall(r"^(\w+)=(/\S+)$", settings, re.MULTILINE)
    written = {name: path for name, path in paths if name != "ASSISTANT_ROOT_PATH"}
    assert all(path.startswith(writable) for path in written.values())
    defaults = {"ASSISTANT_DOCUMENTS_DIR", "ASSISTANT_INDEX_DIR", "ASSISTANT_RECORDS_FILE", "XDG_CACHE_HOME"}
    assert defaults <= written.keys()


@contextmanager
def nginx(folder: Path, inner: str) -> Iterator[str]:
    """The example as it is, with ports, certificate and program replaced; its address."""
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("no nginx or openssl on this machine")
    key, certificate, port = folder / "privkey.pem", folder / "fullchain.pem", free_port()
    named = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*make, *named, *files], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("/etc/ssl/tro-ly/", f"{folder}/"),
        ("http://127.0.0.1:7860", inner),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl;\n", ""),
    ):
        assert old in text
        text = text.replace(old, new)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    written = folder / "nginx.conf"
    written.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{text}\n}}\n",
        encoding="utf-8",
    )
    checked = subprocess.run(
        [NGINX, "-t", "-p", str(folder), "-c", str(written)], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(written)])
    try:
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def client_of(address: str, **headers: str) -> httpx.Client:
    transport = httpx.HTTPTransport(verify=False, retries=8)  # until it listens
    return httpx.Client(base_url=address, transport=transport, headers={"host": NAME, **headers}, timeout=30)


def test_nginx_with_the_example_serves_over_tls_below_the_path_and_streams(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Path
) -> None:
    key = new_key()
    write_entries(tmp_path / "keys", {"tro": Entry("tro", READER, digest(key))})
    about = {"root_path": "/tro-ly", "hosts": (NAME,), "keys_file": str(tmp_path / "keys")}
    with (
        nginx(tmp_path, serve(services_with(**about)).address) as outer,
        client_of(outer, authorization=f"Bearer {key}") as client,
    ):
        assert client.get("/tro-ly").headers["location"] == f"https://{NAME}/tro-ly/"
        page = client.get("/tro-ly/documents", headers={"accept": "text/html"})
        assert page.status_code == 200
        assert "max-age" in page.headers["strict-transport-security"]
        question = {"question": "Phải làm gì để xử lý rác thải?"}
        stream = {"accept": "text/event-stream"}
        with client.stream("POST", "/tro-ly/api/ask", json=question, headers=stream) as response:
            events = [line for line in response.iter_lines() if line.startswith("event:")]
        assert events[0].endswith("start")
        assert events[-1].endswith("answer")
        cited = client.post("/tro-ly/api/ask", json=question).json()["citations"][0]
        assert cited["url"].startswith(f"https://{NAME}/tro-ly/documents/")


def test_through_the_example_nobody_chooses_their_own_name_or_address(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Path
) -> None:
    about = {
        "root_path": "/tro-ly",
        "hosts": (NAME,),
        "proxy_header": "X-Remote-User",
        "proxy_admins": ("an",),
    }
    inner = serve(services_with(**about)).address
    forged = {"x-remote-user": "an", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"}
    assert httpx.get(f"{inner}/tro-ly/api/documents", headers=forged, trust_env=False).status_code == 200
    with nginx(tmp_path, inner) as outer, client_of(outer, **forged) as client:
        assert client.get("/tro-ly/api/documents").status_code == 401


def test_the_command_of_the_shell_is_a_valid_script() -> None:
    subprocess.run(["sh", "-n", str(DEPLOY / "tro-ly")], check=True)
    told = subprocess.run(["sh", str(DEPLOY / "tro-ly")], capture_output=True, text=True)
    assert told.returncode == 2
    assert "tro-ly server" in told.stderr


def test_the_shell_reads_the_settings_as_systemd_does() -> None:
    """Values are quoted where one of the two would cut them."""
    file = DEPLOY / "tro-ly.env"
    script = f'set -a; . "{file}"; env'
    read = subprocess.run(["sh", "-c", script], env={}, capture_output=True, text=True, check=True).stdout
    for name, value in re.findall(r"^(\w+)=(.*)$", file.read_text(encoding="utf-8"), re.MULTILINE):
        assert f"{name}={value.strip(chr(34))}\n" in read
