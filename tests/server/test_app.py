"""The application as a whole: its parts answer on one port, below a root path or not."""

import re
from collections.abc import Callable

import httpx
import pytest

from server.services import Services
from tests.server.conftest import Served

ROOT = "/tro-ly"


def test_the_chat_and_its_files_come_from_one_port(served: Served, client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert re.search(r'<html\b[^>]*\blang="vi"', page.text)
    assert client.get("/static/site.css").headers["content-type"].startswith("text/css")


@pytest.fixture
def below_root(serve: Callable[[Services], Served], services_with: Callable[..., Services]) -> httpx.Client:
    return httpx.Client(base_url=serve(services_with(root_path=ROOT)).address, trust_env=False)


@pytest.mark.parametrize("prefix", ["", ROOT], ids=["stripped by the proxy", "left by the proxy"])
def test_below_a_root_path_pages_and_chat_work_whether_the_proxy_strips_it_or_not(
    below_root: httpx.Client, prefix: str
) -> None:
    with below_root as client:
        page = client.get(f"{prefix}/", headers={"host": "localhost"})
        assert page.status_code == 200
        config = client.get(f"{prefix}/config", headers={"host": "localhost"}).json()
        assert config["root"] == f"http://localhost{ROOT}"
        documents = client.get(f"{prefix}/documents", headers={"accept": "text/html"})
        assert documents.status_code == 200
        assert f'href="{ROOT}/static/site.css"' in documents.text
        assert client.get(f"{prefix}/static/site.css").status_code == 200
        assert client.get(f"{prefix}/health").json()["live"] is True
        assert f"Path={ROOT};" in page.headers["set-cookie"]


def test_behind_https_the_chat_is_told_its_outside_address(below_root: httpx.Client) -> None:
    with below_root as client:
        headers = {"host": "localhost", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1"}
        assert client.get("/config", headers=headers).json()["root"] == f"https://localhost{ROOT}"


def test_an_address_that_does_not_exist_is_a_page_for_people_and_json_for_programs(
    client: httpx.Client,
) -> None:
    page = client.get("/khong-co-trang-nay", headers={"accept": "text/html"})
    assert page.status_code == 404 and "Không tìm thấy trang này" in page.text
    assert "content-security-policy" in page.headers
    assert client.get("/khong-co-trang-nay").headers["content-type"].startswith("application/json")
    told = client.get("/api/khong-co", headers={"accept": "text/html"})
    assert told.status_code == 404 and "error" in told.json()
