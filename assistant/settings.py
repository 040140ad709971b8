"""Settings from the environment and `.env`, all with the prefix ASSISTANT_, parsed once.

Library code takes plain arguments; only entry points read settings.
"""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.generation.model import ModelSettings
from corpus.errors import ProductError
from ingest.references.related import FILE_NAME
from vectorstore.generation import IndexLocation

_ROOT = Path(__file__).resolve().parent.parent
_MEND = "Sửa biến môi trường này hoặc tệp .env, hoặc xoá đi để dùng giá trị mặc định"


class SettingsError(ProductError):
    """A setting cannot be used; the text names key and value."""


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _server_address(value: str | None) -> str | None:
    if value is None:
        return None
    parts = urlsplit(value.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("cần địa chỉ dạng http://127.0.0.1:11434/v1")
    if parts.username or parts.password:
        raise ValueError("không đặt mật khẩu trong địa chỉ; dùng ASSISTANT_LLM_API_KEY")
    return value.strip().rstrip("/")


Optional = Annotated[str | None, BeforeValidator(_blank_is_none)]
Address = Annotated[Optional, AfterValidator(_server_address)]
Secret = Annotated[SecretStr | None, BeforeValidator(_blank_is_none)]


class Settings(BaseSettings):
    """The settings of this version, with their defaults."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    documents_dir: Path = _ROOT / "documents"
    index_dir: Path = _ROOT / "data" / "index"
    embedding_model: Optional = None
    chroma_url: Optional = None
    llm_base_url: Address = None
    llm_model: Optional = None
    llm_api_key: Secret = None
    llm_context_tokens: int = Field(default=4096, ge=1024, le=2_000_000)
    llm_first_token_s: float = Field(default=10.0, gt=0, le=600)
    llm_timeout_s: float = Field(default=20.0, gt=0, le=600)
    llm_at_once: int = Field(default=2, ge=1, le=1000)

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.llm_base_url is None) != (self.llm_model is None):
            missing = "ASSISTANT_LLM_MODEL" if self.llm_model is None else "ASSISTANT_LLM_BASE_URL"
            raise ValueError(
                f"thiếu {missing}: mô hình ngôn ngữ cần cả ASSISTANT_LLM_BASE_URL và ASSISTANT_LLM_MODEL"
            )
        return self

    @property
    def language_model(self) -> ModelSettings | None:
        """The language model to write answers with; None when answers are quotations."""
        if self.llm_base_url is None or self.llm_model is None:
            return None
        return ModelSettings(
            self.llm_base_url,
            self.llm_model,
            self.llm_api_key,
            self.llm_context_tokens,
            self.llm_first_token_s,
            self.llm_timeout_s,
            self.llm_at_once,
        )

    @property
    def index(self) -> IndexLocation:
        """Where the index is."""
        return IndexLocation(self.index_dir, self.chroma_url, self.documents_dir / FILE_NAME)


def load_settings() -> Settings:
    """Settings of this process. Raises SettingsError naming key and value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:  # of several settings together
            raise SettingsError(f"{message}. {_MEND}") from error
        key = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        shown = "…" if "KEY" in key or "mật khẩu" in message else repr(first.get("input"))
        raise SettingsError(f"{key}={shown} không dùng được: {message}. {_MEND}") from error
