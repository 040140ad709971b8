"""What browsers are told about every response, and which pages may use this server."""

from collections.abc import Callable

import httpx
import pytest

from server.services import Services
from tests.server.conftest import Served

OFFICE = "https://noi-bo.example.vn"
FOREIGN = "https://evil.example"
ADDRESSES = (
    "/",
    "/config",
    "/documents",
    "/static/site.css",
    "/theme.css",
    "/health",
    "/gradio_api/info",
    "/api/nothing-here",
    "/nothing-here",
    "/static/nothing-here.css",
    "/login",
)


def directive(response: httpx.Response, name: str) -> str:
    parts = [part.strip() for part in response.headers["content-security-policy"].split(";")]
    found = [part for part in parts if part.split(" ")[0] == name]
    assert len(found) == 1, f"{name} in {parts}"
    return found[0].removeprefix(name).strip()


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_response_has_the_security_headers(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in response.headers["permissions-policy"]
    assert response.headers["x-frame-options"] == "SAMEORIGIN"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert directive(response, "default-src") == "'self'"
    assert directive(response, "frame-ancestors") in ("'self'", "'none'")
    assert "server" not in response.headers
    assert "strict-transport-security" not in response.headers


def test_refused_requests_have_the_headers_too(client: httpx.Client) -> None:
    refused = client.post("/api/ask", json={"question": "Rác?"}, headers={"origin": FOREIGN})
    assert refused.status_code == 403
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": FOREIGN}).headers["x-frame-options"] == "SAMEORIGIN"


def test_a_stream_has_the_headers_and_is_not_held_back(client: httpx.Client) -> None:
    with client.stream("GET", "/gradio_api/heartbeat/somebody") as response:
        assert response.headers["x-content-type-options"] == "nosniff"
        assert next(response.iter_lines())  # the stream goes on, its first line is here


def test_the_chat_keeps_its_own_policy_for_scripts(client: httpx.Client) -> None:
    assert "'unsafe-eval'" in directive(client.get("/"), "script-src")
    assert "unsafe" not in client.get("/documents").headers["content-security-policy"]


def test_https_behind_a_trusted_proxy_is_kept(client: httpx.Client) -> None:
    secure = client.get("/health", headers={"x-forwarded-proto": "https"})
    assert "max-age=31536000" in secure.headers["strict-transport-security"]


@pytest.mark.parametrize("path", ["/", "/config", "/documents", "/gradio_api/info", "/health"])
def test_a_foreign_origin_may_read_nothing(client: httpx.Client, path: str) -> None:
    for host in ({}, {"host": "localhost"}):
        response = client.get(path, headers={"origin": FOREIGN} | host)
        assert "access-control-allow-origin" not in response.headers
    asking = {"origin": FOREIGN, "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in client.options(path, headers=asking).headers


@pytest.mark.parametrize("name", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", ""])
def test_other_host_names_are_refused(client: httpx.Client, name: str) -> None:
    assert client.get("/api/documents", headers={"host": name}).status_code == 400


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1:7860", "[::1]:7860"])
def test_names_of_this_machine_are_served(client: httpx.Client, name: str) -> None:
    assert client.get("/health", headers={"host": name}).status_code == 200


def test_a_forwarded_host_name_is_no_way_around(client: httpx.Client) -> None:
    for headers in (
        {"host": "evil.example", "x-forwarded-host": "localhost"},
        {"host": "localhost", "x-forwarded-host": "evil.example"},
    ):
        assert client.get("/config", headers=headers).status_code == 400


CROSS_SITE = (
    {"origin": FOREIGN},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
)


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join", "/login", "/v1/chat/completions"])
def test_other_sites_cannot_make_a_browser_send_anything(
    client: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    refused = client.post(path, json={"question": "Rác thải?"}, headers=headers)
    assert refused.status_code == 403
    assert "nơi khác" in refused.text


def test_our_own_pages_and_programs_may_send(client: httpx.Client, served: Served) -> None:
    question = {"question": "Phải làm gì để xử lý rác thải?"}
    for headers in (
        {},
        {"origin": served.address},
        {"origin": served.address, "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ):
        assert client.post("/api/ask", json=question, headers=headers).status_code == 200


@pytest.fixture
def embedding(serve: Callable[[Services], Served], services_with: Callable[..., Services]) -> httpx.Client:
    return httpx.Client(base_url=serve(services_with(embed_origins=(OFFICE,))).address, trust_env=False)


def test_allowed_origins_may_frame_the_chat_and_use_the_api_and_no_other(embedding: httpx.Client) -> None:
    with embedding as client:
        chat = client.get("/", headers={"origin": OFFICE})
        assert directive(chat, "frame-ancestors") == f"'self' {OFFICE}"
        assert "x-frame-options" not in chat.headers
        assert chat.headers["access-control-allow-origin"] == OFFICE
        documents = client.get("/documents", headers={"origin": FOREIGN})
        assert directive(documents, "frame-ancestors") == "'self'"
        assert documents.headers["x-frame-options"] == "SAMEORIGIN"
        assert "access-control-allow-origin" not in documents.headers
        question = {"question": "Phải làm gì để xử lý rác thải?"}
        assert client.post("/api/ask", json=question, headers={"origin": OFFICE}).status_code == 200
        assert client.post("/api/ask", json=question, headers={"origin": FOREIGN}).status_code == 403
