"""Settings of the server, from the environment and `.env`, all with the prefix ASSISTANT_.

Parsed once; errors name key and value. What the command line says goes before what the environment says.
"""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.settings import SettingsError

_ROOT = Path(__file__).resolve().parent.parent
_MEND = "Sửa biến môi trường này hoặc tệp .env, hoặc xoá đi để dùng giá trị mặc định"
_ROOT_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _several(value: object) -> object:
    """ "https://a.vn, https://b.vn" as a tuple."""
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or value.count("/") != 2:
            raise ValueError(f"{value!r} không phải nguồn dạng https://ten-may.vn, không có gì sau tên máy")
        if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc):
            raise ValueError(f"tên máy trong {value!r} có ký tự lạ (không dùng được dấu *)")
    return tuple(value.lower() for value in values)


def _networks(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        try:
            ip_network(value, strict=False)
        except ValueError:
            raise ValueError(f"{value!r} không phải địa chỉ IP hay dải dạng 10.0.0.0/8") from None
    return values


def _root_path(value: str) -> str:
    value = value.strip().rstrip("/")
    if not _ROOT_PATH.fullmatch(value):
        raise ValueError("cần một đường dẫn dạng /tro-ly")
    return value


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Several = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_several)]
Origins = Annotated[Several, AfterValidator(_origins)]
Networks = Annotated[Several, AfterValidator(_networks)]
File = Annotated[Path | None, BeforeValidator(_blank_is_none)]
Header = Annotated[str | None, BeforeValidator(_blank_is_none)]


class ServerSettings(BaseSettings):
    """What IT staff may set, with the defaults."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    root_path: Annotated[str, AfterValidator(_root_path)] = ""  # "/tro-ly" below a reverse proxy
    without_access_control: bool = False  # said explicitly: others may reach the page without signing in
    embed_origins: Origins = ()
    hosts: Several = ()  # names under which others reach this server, beside those of this machine
    records_file: str = str(_ROOT / "data" / "records.sqlite")  # "off" keeps nothing
    records_days: int = Field(default=180, ge=1, le=3650)
    users_file: File = None
    keys_file: File = None
    session_hours: float = Field(default=12.0, gt=0, le=24 * 90)
    proxy_header: Header = None
    proxy_addresses: Networks = ("127.0.0.1", "::1")
    proxy_admins: Several = ()
    rate_per_minute: int = Field(default=60, ge=1, le=100_000)  # of one person
    rate_per_minute_address: int = Field(default=3000, ge=1, le=1_000_000)  # of all behind one address
    workers: int = Field(default=2, ge=1, le=64)
    queue: int = Field(default=32, ge=0, le=10_000)
    timeout_s: float = Field(default=30.0, gt=0, le=600)
    max_upload_mb: int = Field(default=50, ge=1, le=2000)
    log_format: Literal["json", "plain", "off"] = "json"
    log_questions: bool = False

    @property
    def records_path(self) -> Path | None:
        """Where turns are kept; None when they are not."""
        return None if self.records_file.strip().lower() in ("off", "") else Path(self.records_file)

    @property
    def access_controlled(self) -> bool:
        """Whether anybody has to say who they are."""
        return bool(self.users_file or self.keys_file or self.proxy_header)

    @property
    def on_this_machine_only(self) -> bool:
        """Whether no other machine can connect."""
        return self.host.lower() in _LOOPBACK or self.host.startswith("127.")


def load_server_settings(**given: Any) -> ServerSettings:
    """Settings of this process; what is `given` and not None goes first. Raises SettingsError."""
    try:
        return ServerSettings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        key = "ASSISTANT_" + str(first["loc"][0]).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{key}={first.get('input')!r} không dùng được: {message}. {_MEND}") from error
