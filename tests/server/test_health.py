"""Whether it lives and is ready, and to whom that is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx

from server.services import Services
from tests.server.conftest import Served
from vectorstore.generation import IndexLocation


def test_health_tells_what_is_held(client: httpx.Client, served: Served) -> None:
    found = client.get("/health")
    assert found.status_code == 200
    about = found.json()
    assert about["live"] is True
    assert about["ready"] is True
    assert about["documents"] >= 1
    assert about["passages"] > 20
    assert about["encoder"] == served.services.encoder.identity
    assert about["built_at"].startswith("20")
    assert about["queue"] == {"taken": 0, "places": served.services.asking.places}


def test_without_an_index_it_is_not_ready(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Path
) -> None:
    services = replace(services_with(), location=IndexLocation(tmp_path / "nowhere"))
    found = httpx.get(f"{serve(services).address}/health", trust_env=False)
    assert found.status_code == 503
    assert found.json()["live"] is True
    assert found.json()["ready"] is False
