"""Behind a real nginx, below a path: pages, files, the chat's stream and who the client is."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from server.services import Services
from tests.server.conftest import Served, free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
ROOT = "/tro-ly"
CONFIGURATION = """
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location {root}/ {{
      proxy_pass {address}{stripping};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_buffering off;
    }}
  }}
}}
"""


@contextmanager
def nginx(folder: Path, address: str, strips: bool) -> Iterator[str]:
    if NGINX is None:
        pytest.skip("no nginx on this machine")
    port = free_port()
    written = folder / "nginx.conf"
    written.write_text(
        CONFIGURATION.format(
            folder=folder, port=port, root=ROOT, address=address, stripping="/" if strips else ""
        )
    )
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(written)], stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        transport = httpx.HTTPTransport(retries=8)  # until it listens
        with httpx.Client(transport=transport, trust_env=False) as client:
            client.get(f"http://127.0.0.1:{port}{ROOT}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()


@pytest.mark.parametrize("strips", [True, False], ids=["prefix stripped", "prefix left"])
def test_below_a_path_behind_nginx_everything_is_found(
    serve: Callable[[Services], Served],
    services_with: Callable[..., Services],
    tmp_path: Path,
    strips: bool,
) -> None:
    inner = serve(services_with(root_path=ROOT)).address
    with (
        nginx(tmp_path, inner, strips) as outer,
        httpx.Client(base_url=outer, trust_env=False, timeout=30) as client,
    ):
        assert client.get(f"{ROOT}/").status_code == 200
        assert client.get(f"{ROOT}/config").json()["root"] == f"{outer}{ROOT}"
        page = client.get(f"{ROOT}/documents", headers={"accept": "text/html"})
        assert f'href="{ROOT}/static/site.css"' in page.text
        assert client.get(f"{ROOT}/static/site.css").status_code == 200
        asked = client.post(
            f"{ROOT}/api/ask",
            json={"question": "Phải làm gì để xử lý rác thải?"},
            headers={"origin": outer},
        )
        assert asked.status_code == 200
        with client.stream("GET", f"{ROOT}/gradio_api/heartbeat/somebody") as response:
            assert next(response.iter_lines())


def test_nginx_cannot_be_made_to_lend_its_trust(
    serve: Callable[[Services], Served], services_with: Callable[..., Services], tmp_path: Path
) -> None:
    inner = serve(services_with(root_path=ROOT, proxy_addresses=("127.0.0.1",))).address
    with nginx(tmp_path, inner, strips=True) as outer:
        # nginx appends its own client, 127.0.0.1, to what that client says of itself: it may forward.
        claimed = {"x-forwarded-for": "192.0.2.7", "accept": "text/html"}
        assert httpx.get(f"{outer}{ROOT}/documents", headers=claimed, trust_env=False).status_code == 403
        forged = {"x-forwarded-host": "evil.example"}
        assert httpx.get(f"{outer}{ROOT}/config", headers=forged, trust_env=False).status_code == 400
