"""Settings from the environment and `.env`, all with the prefix ASSISTANT_, parsed once.

Library code takes plain arguments; only entry points read settings.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import ProductError
from ingest.references.related import FILE_NAME
from vectorstore.generation import IndexLocation

_ROOT = Path(__file__).resolve().parent.parent
_MEND = "Sửa biến môi trường này hoặc tệp .env, hoặc xoá đi để dùng giá trị mặc định"


class SettingsError(ProductError):
    """A setting cannot be used; the text names key and value."""


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Optional = Annotated[str | None, BeforeValidator(_blank_is_none)]


class Settings(BaseSettings):
    """The settings of this version, with their defaults."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    documents_dir: Path = _ROOT / "documents"
    index_dir: Path = _ROOT / "data" / "index"
    embedding_model: Optional = None
    chroma_url: Optional = None

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
        key = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"{key}={first.get('input')!r} không dùng được: {first['msg']}. {_MEND}"
        ) from error
