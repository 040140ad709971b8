"""The widget's script and pages as they are sent."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx

from server.services import Services
from tests.server.conftest import Served

HTML = {"accept": "text/html"}


def test_the_script_may_be_loaded_by_any_page(client: httpx.Client) -> None:
    script = client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers.get("cross-origin-resource-policy") != "same-origin"
    assert "max-age" in script.headers["cache-control"]


def test_the_script_needs_no_eval_and_no_inline_style() -> None:
    script = (Path(__file__).resolve().parents[2] / "server/static/widget.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\(|new Function|innerHTML|\.style\b|createElement\(\"style\"|setAttribute\(\"style", script
    )


def test_the_page_speaks_both_languages_and_falls_back_to_vietnamese(client: httpx.Client) -> None:
    assert '<html lang="vi">' in client.get("/widget").text
    english = client.get("/widget?lang=en").text
    assert '<html lang="en">' in english
    assert "Your question" in english
    assert '<html lang="vi">' in client.get('/widget?lang="><script>').text


def test_no_page_of_another_site_may_frame_it_unless_it_is_named(
    client: httpx.Client, serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    assert "frame-ancestors 'self'" in client.get("/widget").headers["content-security-policy"]
    named = serve(services_with(embed_origins=("https://cong.example.vn",)))
    with httpx.Client(base_url=named.address, trust_env=False) as elsewhere:
        policy = elsewhere.get("/widget").headers["content-security-policy"]
        assert "frame-ancestors 'self' https://cong.example.vn" in policy
        documents = elsewhere.get("/documents").headers["content-security-policy"]
        assert "https://cong.example.vn" not in documents


def test_who_has_yet_to_sign_in_sees_the_widget_but_nothing_of_the_documents(
    tmp_path: Path,
    serve: Callable[[Services], Served],
    services_with: Callable[..., Services],
) -> None:
    users = tmp_path / "users"
    users.write_text("", encoding="utf-8")
    guarded = serve(services_with(users_file=users))
    with httpx.Client(base_url=guarded.address, trust_env=False) as stranger:
        page = stranger.get("/widget", headers=HTML)
        assert page.status_code == 200
        assert 'class="example"' not in page.text
        assert stranger.get("/widget.js").status_code == 200
        assert stranger.post("/api/ask", json={"question": "rác thải?"}).status_code == 401
        assert stranger.get("/documents", headers=HTML).status_code == 303
