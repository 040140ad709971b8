"""Settings of the server, from the environment and `.env`, all with the prefix ASSISTANT_.

Parsed once; errors name key and value.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


def _several(value: object) -> object:
    """ "https://a.vn, https://b.vn" as a tuple."""
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


Several = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_several)]


class ServerSettings(BaseSettings):
    """What IT staff may set, with the defaults."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    embed_origins: Several = ()
    records_file: str = str(_ROOT / "data" / "records.sqlite")  # "off" keeps nothing
    records_days: int = Field(default=180, ge=1, le=3650)
    users_file: Path | None = None
    keys_file: Path | None = None
    proxy_header: str | None = None
    proxy_addresses: Several = ("127.0.0.1", "::1")
    proxy_admins: Several = ()
    rate_per_minute: int = Field(default=60, ge=1, le=100_000)
    workers: int = Field(default=2, ge=1, le=64)
    queue: int = Field(default=64, ge=0, le=10_000)
    timeout_s: float = Field(default=30.0, gt=0, le=600)
    max_upload_mb: int = Field(default=50, ge=1, le=2000)
    log_questions: bool = False

    @property
    def records_path(self) -> Path | None:
        """Where turns are kept; None when they are not."""
        return None if self.records_file.strip().lower() in ("off", "") else Path(self.records_file)

    @property
    def access_controlled(self) -> bool:
        """Whether anybody has to say who they are."""
        return bool(self.users_file or self.keys_file or self.proxy_header)
