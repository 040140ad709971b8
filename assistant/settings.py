"""Settings from the environment and `.env`, all with the prefix ASSISTANT_, parsed once.

Library code takes plain arguments; only entry points read settings.
"""

import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.generation.model import ModelSettings
from corpus.errors import ProductError
from ingest.references.related import FILE_NAME
from vectorstore.generation import IndexLocation

_ROOT = Path(__file__).resolve().parent.parent
_MEND = "Sửa biến môi trường này hoặc tệp .env, hoặc xoá đi để dùng giá trị mặc định"
_SECRET = ("ASSISTANT_LLM_API_KEY",)


class SettingsError(ProductError):
    """A setting cannot be used; the text names key and value."""


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _server_of_a_model(value: str | None) -> str | None:
    """An address below which /chat/completions is, without a slash at its end."""
    if value is None:
        return None
    value = value.strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
        raise ValueError("cần một địa chỉ dạng http://127.0.0.1:11434/v1")
    if parts.query or parts.fragment:
        raise ValueError("địa chỉ không được có phần sau dấu ? hay #")
    if parts.username or parts.password:
        raise ValueError("không ghi tên và mật khẩu trong địa chỉ; khoá đặt ở ASSISTANT_LLM_API_KEY")
    if parts.path.endswith("/chat/completions"):
        raise ValueError("bỏ /chat/completions ở cuối; thường địa chỉ kết thúc bằng /v1")
    if parts.port == 0:
        raise ValueError("cổng phải từ 1 đến 65535")
    return value


def _sendable(value: SecretStr | None) -> SecretStr | None:
    if value and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
        raise ValueError("khoá chỉ gồm chữ, số và dấu ASCII, không có dấu cách hay xuống dòng")
    return value


Optional = Annotated[str | None, BeforeValidator(_blank_is_none)]
ServerOfAModel = Annotated[Optional, AfterValidator(_server_of_a_model)]
Secret = Annotated[SecretStr | None, BeforeValidator(_blank_is_none), AfterValidator(_sendable)]


class Settings(BaseSettings):
    """The settings of this version, with their defaults."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    documents_dir: Path = _ROOT / "documents"
    index_dir: Path = _ROOT / "data" / "index"
    embedding_model: Optional = None
    chroma_url: Optional = None
    llm_base_url: ServerOfAModel = None
    llm_model: Optional = None
    llm_api_key: Secret = None
    llm_context_tokens: int = Field(default=4096, ge=1024, le=2_000_000)
    llm_first_token_s: float = Field(default=10.0, gt=0, le=600)
    llm_timeout_s: float = Field(default=20.0, gt=0, le=600)
    llm_at_once: int = Field(default=2, ge=1, le=64)

    @model_validator(mode="after")
    def _address_and_name_of_the_model(self) -> Self:
        if bool(self.llm_base_url) != bool(self.llm_model):
            there, missing = "ASSISTANT_LLM_BASE_URL", "ASSISTANT_LLM_MODEL"
            value = self.llm_base_url or self.llm_model
            if self.llm_model:
                there, missing = missing, there
            raise SettingsError(
                f"{there}={value!r} mà chưa có {missing}: cần cả hai để dùng mô hình ngôn ngữ. "
                f"Đặt thêm {missing}, hoặc xoá {there}"
            )
        return self

    @property
    def index(self) -> IndexLocation:
        """Where the index is."""
        return IndexLocation(self.index_dir, self.chroma_url, self.documents_dir / FILE_NAME)

    @property
    def language_model(self) -> ModelSettings | None:
        """Where the language model is and what it may take; None when there is none."""
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


def load_settings() -> Settings:
    """Settings of this process. Raises SettingsError naming key and value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        value = "***" if key in _SECRET else repr(first.get("input"))
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{key}={value} không dùng được: {message}. {_MEND}") from None
