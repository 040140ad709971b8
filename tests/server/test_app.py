"""The application as a whole: its parts answer on one port."""

import httpx

from tests.server.conftest import Served


def test_the_chat_and_its_files_come_from_one_port(served: Served, client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<html lang="vi"' in page.text.replace("\n", " ") or 'lang="vi"' in page.text
    assert client.get("/static/site.css").status_code == 200
