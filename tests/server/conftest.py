"""A whole application over the shipped resolution, in this process or behind a port.

`services`: what create_app wants, with the real encoder; `services_with(**settings)`: the same with other
settings and records of its own; `served`: its address and services, run by uvicorn in a thread, for the whole
session; `serve(services)`: another one for one test; `client`: an httpx client of `served`.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.chain import Assistant
from records import Records
from server.asking import Asking
from server.services import Services
from server.settings import ServerSettings
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
RESOLUTION = DOCUMENTS / "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"
START_SECONDS = 60
WITHOUT_LIMITS: dict[str, Any] = {
    "hosts": ("testserver",),  # what Starlette's TestClient calls us
    "rate_per_minute": 100_000,
    "rate_per_minute_address": 1_000_000,
}


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: `address` without a slash at its end, and what it serves."""

    address: str
    services: Services


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Over an index and a documents folder of this session: tests may add documents."""
    folder = tmp_path_factory.mktemp("server")
    documents = folder / "documents"
    documents.mkdir()
    (documents / RESOLUTION.name).write_bytes(RESOLUTION.read_bytes())
    (documents / "related.yaml").write_bytes((DOCUMENTS / "related.yaml").read_bytes())
    location = IndexLocation(folder / "index", None, documents / "related.yaml")
    encoder = load_encoder()
    sync([documents], documents, location, encoder)
    settings = ServerSettings(**WITHOUT_LIMITS, records_file=str(folder / "records.sqlite"))
    assistant = Assistant.open(location, encoder)
    return Services(
        settings=settings,
        assistant=assistant,
        asking=Asking(assistant, settings.workers, settings.queue, settings.timeout_s),
        records=Records.open(settings.records_path, settings.records_days),
        encoder=encoder,
        location=location,
        documents_dir=documents,
    )


@pytest.fixture
def services_with(services: Services, tmp_path: Path) -> Callable[..., Services]:
    """`services_with(users_file=…)`: the same assistant, other settings, its own queue and records."""

    def make(**settings: object) -> Services:
        about = ServerSettings(
            **(WITHOUT_LIMITS | {"records_file": str(tmp_path / "records.sqlite")} | settings)
        )
        return replace(
            services,
            settings=about,
            asking=Asking(services.assistant, about.workers, about.queue, about.timeout_s),
            records=Records.open(about.records_path, about.records_days),
        )

    return make


@pytest.fixture(scope="session")
def served(services: Services) -> Iterator[Served]:
    """Without access control, on a free port of this machine."""
    with running(services) as started:
        yield started


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Asks `served`; follows no redirects."""
    with httpx.Client(base_url=served.address, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[[Services], Served]]:
    """`serve(services)` runs another server until the test ends."""
    with ExitStack() as stack:
        yield lambda services: stack.enter_context(running(services))


@contextmanager
def running(services: Services) -> Iterator[Served]:
    """The application of these services on a free port, as ui.py runs it."""
    import uvicorn

    from server.app import create_app

    port = free_port()
    config = uvicorn.Config(
        create_app(services),
        host="127.0.0.1",
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # the application decides whom it believes
    )
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    for _ in range(START_SECONDS * 20):
        if server.started or not serving.is_alive():
            break
        serving.join(0.05)
    assert server.started, "the server did not start"
    try:
        yield Served(f"http://127.0.0.1:{port}", services)
    finally:
        server.should_exit = True
        serving.join(20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
