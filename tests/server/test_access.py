"""Who may come in, by which way, and what each may do."""

import io
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import bcrypt
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.__main__ import main
from server.access.entries import AccessFileError, Entry, read_entries, write_entries
from server.access.login import Failures, own_path
from server.access.passwords import hashed, matches
from server.access.sessions import Sessions
from server.services import Services
from tests.server.conftest import Served, running

PASSWORD = "mật khẩu rất dài"
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hashed(PASSWORD)


@pytest.fixture(scope="module")
def office_server(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that wants its users to sign in."""
    folder = tmp_path_factory.mktemp("office")
    given = {"users_file": folder / "users", "records_file": str(folder / "records.sqlite")}
    settings = services.settings.model_copy(update=given)
    with running(replace(services, settings=settings)) as served:
        yield served


@pytest.fixture
def users_file(office_server: Served, password_hash: str) -> Path:
    path = office_server.services.settings.users_file
    assert path is not None
    people = [("lan", "admin"), ("minh", "reader"), ("hung", "reader")]
    write_entries(path, {name: Entry(name, role, password_hash) for name, role in people})
    return path


@pytest.fixture
def office(office_server: Served, users_file: Path) -> Iterator[httpx.Client]:
    """A new client of that server, with its users as they are at first."""
    with httpx.Client(base_url=office_server.address, trust_env=False, timeout=30) as client:
        yield client


def sign_in(client: httpx.Client, name: str, password: str = PASSWORD, next: str = "/") -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, "next": next})


def test_whoever_has_not_signed_in_is_sent_to_the_form_or_told(office: httpx.Client) -> None:
    page = office.get("/documents?q=r%C3%A1c", headers=PAGE)
    assert page.status_code == 303
    location = urlsplit(page.headers["location"])
    assert location.path == "/login"
    assert parse_qs(location.query)["next"] == ["/documents?q=r%C3%A1c"]
    for path in ("/api/documents", "/config", "/openapi.json", "/gradio_api/info", "/mcp", "/v1/models"):
        refused = office.get(path, headers=PAGE if path == "/api/documents" else {})
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"].startswith("Bearer")
    assert office.get("/api/documents").json()["error"]["code"] == "unauthorized"
    assert office.post("/gradio_api/queue/join", json={}).status_code == 401


def test_a_slash_too_many_or_an_upper_case_path_is_no_way_around(office: httpx.Client) -> None:
    for path in ("//documents", "/login/../api/documents", "/static/../config", "/LOGIN/x", "/loginx"):
        assert office.get(path, headers=PAGE).status_code in (303, 401, 404), path
        assert office.request("GET", path).status_code in (401, 404), path


def test_what_stays_open_says_nothing_about_the_documents(office: httpx.Client) -> None:
    assert office.get("/health").json() == {"live": True}
    assert office.get("/static/site.css").status_code == 200
    form = office.get("/login")
    assert form.status_code == 200
    assert "<script" not in form.text
    assert 'type="password"' in form.text


def test_the_right_password_opens_the_page_that_was_asked_for(office: httpx.Client) -> None:
    done = sign_in(office, "minh", next="/documents?q=rac")
    assert done.status_code == 303
    assert done.headers["location"] == "/documents?q=rac"
    cookie = done.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    assert office.get("/documents").status_code == 200
    assert office.get("/login").headers["location"] == "/"
    out = office.get("/logout")
    assert out.headers["location"] == "/login"
    assert office.get("/documents", headers=PAGE).status_code == 303


def test_behind_https_the_cookie_is_sent_over_https_only(office: httpx.Client) -> None:
    fields = {"name": "minh", "password": PASSWORD}
    done = office.post("/login", data=fields, headers={"x-forwarded-proto": "https"})
    assert "secure" in done.headers["set-cookie"].lower()


def test_a_wrong_name_and_a_wrong_password_look_the_same(office: httpx.Client) -> None:
    wrong = sign_in(office, "minh", "không phải mật khẩu")
    nobody = sign_in(office, "ming", PASSWORD)
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("minh", "") == nobody.text.replace("ming", "")
    assert "set-cookie" not in wrong.headers
    assert PASSWORD not in nobody.text


def test_after_several_failures_even_the_right_password_has_to_wait(office: httpx.Client) -> None:
    for _ in range(3):
        assert sign_in(office, "hung", "sai").status_code == 401
    waiting = sign_in(office, "hung")
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) >= 1
    assert sign_in(office, "lan").status_code == 303  # nobody else has to


def test_failures_make_the_wait_longer_each_time() -> None:
    now = [0.0]
    failures = Failures(lambda: now[0])
    waits = []
    for _ in range(6):
        failures.add("a")
        waits.append(failures.waits("a"))
    assert waits[:3] == [0, 0, 2]
    assert waits == sorted(waits)
    assert waits[-1] > 10
    now[0] += waits[-1]
    assert failures.waits("a") == 0
    failures.forget("a")
    assert failures.waits("a") == 0


def test_readers_may_not_administer(office: httpx.Client) -> None:
    sign_in(office, "minh")
    assert office.get("/admin", headers=PAGE).status_code == 403
    assert "/admin" not in office.get("/documents", headers=PAGE).text
    office.cookies.clear()
    sign_in(office, "lan")
    assert office.get("/admin", headers=PAGE, follow_redirects=True).status_code == 200


def test_a_session_ends_with_its_password_and_with_its_user(
    office: httpx.Client, users_file: Path, password_hash: str
) -> None:
    sign_in(office, "minh")
    assert office.get("/documents").status_code == 200
    entries = read_entries(users_file)
    write_entries(users_file, entries | {"minh": Entry("minh", "reader", hashed("một mật khẩu khác"))})
    assert office.get("/documents", headers=PAGE).status_code == 303
    write_entries(users_file, entries)
    assert office.get("/documents").status_code == 200
    del entries["minh"]
    write_entries(users_file, entries)
    assert office.get("/documents", headers=PAGE).status_code == 303


def test_a_cookie_of_ones_own_making_or_too_old_is_worth_nothing() -> None:
    entry = Entry("lan", "admin", "x" * 40)
    ours, theirs = Sessions("a" * 64, 1), Sessions("b" * 64, 1)
    assert ours.belongs(ours.value(entry), entry)
    assert not ours.belongs(theirs.value(entry), entry)
    assert ours.name("lan.x.y") is None
    assert ours.name("") is None
    assert Sessions("a" * 64, -1).name(ours.value(entry)) is None


def test_the_secret_of_the_cookies_is_kept_and_readable_by_its_owner_only(
    office: httpx.Client, users_file: Path
) -> None:
    secret = users_file.parent / "session.secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text().strip()) >= 32


def test_gradio_is_told_the_person_by_us_and_never_by_the_client(office: httpx.Client) -> None:
    forged = {"x-tro-ly-person": "admin user:lan"}
    assert office.get("/config", headers=forged).status_code == 401
    sign_in(office, "minh")
    assert office.get("/admin", headers=forged | PAGE).status_code == 403


@given(st.text(st.sampled_from("/\\ab.:@\t\n \x00%?#"), max_size=12))
def test_the_form_leads_to_our_own_pages_only(path: str) -> None:
    led = own_path(path)
    assert led.startswith("/")
    assert led[1:2] not in ("/", "\\")
    assert not any(character in led for character in "\\\t\n \x00")


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:1", ""],
)
def test_a_link_to_elsewhere_leads_home(office: httpx.Client, path: str) -> None:
    assert sign_in(office, "minh", next=path).headers["location"] == "/"


# Keys


@pytest.fixture
def keyed(
    serve: Callable[[Services], Served],
    services_with: Callable[..., Services],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[tuple[httpx.Client, str, Path]]:
    """A client, a reader's key made by the command, and the file of keys."""
    path = tmp_path / "keys"
    monkeypatch.setenv("ASSISTANT_KEYS_FILE", str(path))
    assert main(["keys", "add", "cong-tac"]) == 0
    key = capsys.readouterr().out.strip()
    served = serve(services_with(keys_file=path))
    with httpx.Client(base_url=served.address, trust_env=False, timeout=30) as client:
        yield client, key, path


def test_a_program_with_a_key_comes_in_and_one_without_does_not(
    keyed: tuple[httpx.Client, str, Path],
) -> None:
    client, key, path = keyed
    assert key not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    bearer = {"authorization": f"Bearer {key}"}
    assert client.get("/api/documents", headers=bearer).status_code == 200
    assert client.get("/api/documents").status_code == 401
    for wrong in (key[:-1], key + "x", "ý", "a" * 5000):
        sent = {"authorization": f"Bearer {wrong}".encode()}
        assert client.get("/api/documents", headers=sent).status_code == 401  # type: ignore[arg-type]
    question = {"question": "Phải làm gì để xử lý rác thải?"}
    elsewhere = bearer | {"origin": "https://evil.example"}
    assert client.post("/api/ask", json=question, headers=elsewhere).status_code == 200
    assert client.get("/admin", headers=bearer).status_code == 403
    assert client.get("/health", headers=bearer).json()["documents"] >= 1


def test_a_removed_key_is_refused_at_once(keyed: tuple[httpx.Client, str, Path]) -> None:
    client, key, _ = keyed
    bearer = {"authorization": f"Bearer {key}"}
    assert client.get("/api/documents", headers=bearer).status_code == 200
    assert main(["keys", "remove", "cong-tac"]) == 0
    assert client.get("/api/documents", headers=bearer).status_code == 401


def test_a_damaged_file_lets_nobody_in_and_names_no_folder(keyed: tuple[httpx.Client, str, Path]) -> None:
    client, key, path = keyed
    path.write_text("cong-tac\n")
    refused = client.get("/api/documents", headers={"authorization": f"Bearer {key}"})
    assert refused.status_code == 503
    assert str(path) not in refused.text


# A reverse proxy


def test_a_proxy_names_the_person_when_it_is_one_of_ours(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    by_proxy = {"proxy_header": "X-Remote-User", "proxy_admins": ("quản.trị",)}
    trusted = serve(services_with(**by_proxy)).address
    reader = {"x-remote-user": "minh", "accept": "text/html"}
    admin = {b"x-remote-user": "quản.trị".encode(), b"accept": b"text/html"}
    assert httpx.get(f"{trusted}/documents", headers=reader, trust_env=False).status_code == 200
    assert httpx.get(f"{trusted}/admin", headers=reader, trust_env=False).status_code == 403
    shown = httpx.get(f"{trusted}/documents", headers=admin, trust_env=False)  # type: ignore[arg-type]
    assert "/admin" in shown.text
    assert "quản.trị" in shown.text
    twice = [("x-remote-user", "minh"), ("x-remote-user", "lan")]
    assert httpx.get(f"{trusted}/config", headers=twice, trust_env=False).status_code == 401
    assert httpx.get(f"{trusted}/config", trust_env=False).status_code == 401

    elsewhere = serve(services_with(**by_proxy, proxy_addresses=("10.0.0.1",))).address
    assert httpx.get(f"{elsewhere}/api/documents", headers=reader, trust_env=False).status_code == 401


# Without access control


def test_without_access_control_only_this_machine_comes_in(client: httpx.Client) -> None:
    assert client.get("/admin", headers=PAGE, follow_redirects=True).status_code == 200
    for header in ("x-forwarded-for", "x-real-ip", "forwarded"):
        other = client.get("/documents", headers=PAGE | {header: "192.0.2.7"})
        assert other.status_code == 403, header
        assert "ASSISTANT_USERS_FILE" in other.text
    assert client.get("/health", headers={"x-forwarded-for": "192.0.2.7"}).json() == {"live": True}


def test_said_explicitly_everybody_reads_and_nobody_administers(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(host="0.0.0.0", hosts=(), without_access_control=True)).address
    other = PAGE | {"x-forwarded-for": "192.0.2.7", "host": "tro-ly.example.vn"}
    assert httpx.get(f"{address}/documents", headers=other, trust_env=False).status_code == 200
    assert httpx.get(f"{address}/admin", headers=other, trust_env=False).status_code == 403
    assert httpx.get(f"{address}/admin", headers=PAGE, trust_env=False).status_code == 403


# The commands


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """`typed(password)`: what comes on standard input; the users file."""
    path = tmp_path / "new" / "users"
    monkeypatch.setenv("ASSISTANT_USERS_FILE", str(path))

    def given(password: str) -> Path:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        return path

    return given


def test_users_are_added_listed_and_removed(
    typed: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = typed(PASSWORD)
    assert main(["users", "add", "lan", "--admin"]) == 0
    assert PASSWORD not in path.read_text()
    assert "$argon2id$" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert matches(PASSWORD, read_entries(path)["lan"].secret)
    capsys.readouterr()
    assert main(["users", "list"]) == 0
    assert capsys.readouterr().out == "lan\tadmin\n"
    assert main(["users", "remove", "lan"]) == 0
    assert read_entries(path) == {}
    assert main(["users", "remove", "lan"]) == 2
    assert "lan" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "a:b", "tên", "a b", "../x", "x" * 65])
def test_names_that_cannot_be_kept_are_refused(
    typed: Callable[[str], Path], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = typed(PASSWORD)
    assert main(["users", "add", name]) == 2
    assert not path.exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_a_short_password_is_refused(
    typed: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = typed("ngắn")
    assert main(["users", "add", "lan"]) == 2
    assert "ít nhất 10 ký tự" in capsys.readouterr().err
    assert not path.exists()


def test_a_command_without_its_file_says_which_setting_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSISTANT_USERS_FILE", raising=False)
    assert main(["users", "list"]) == 2
    assert "ASSISTANT_USERS_FILE" in capsys.readouterr().err


def test_hashes_of_htpasswd_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text(f"hoa:{bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()}\n")
    entry = read_entries(path)["hoa"]
    assert entry.role == "reader"
    assert matches(PASSWORD, entry.secret)
    assert not matches(PASSWORD + "x", entry.secret)


@pytest.mark.parametrize("secret", [None, "", "plain", "$2b$04$damaged", "$argon2id$v=19$damaged"])
def test_what_is_no_hash_matches_nothing(secret: str | None) -> None:
    for password in ("", "plain", PASSWORD):
        assert not matches(password, secret)


def test_a_bad_line_is_named_without_being_shown(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text(f"# ghi chú\n\nlan:admin:{'x' * 40}\nminh:{PASSWORD}\n")
    with pytest.raises(AccessFileError, match="dòng 4") as problem:
        read_entries(path)
    assert PASSWORD not in str(problem.value)
