"""Where the parts of an installation are: by its settings, or all below one folder."""

from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from server.settings import ServerSettings


@dataclass(frozen=True, slots=True)
class Installation:
    """The places. `records` is None where none are kept; `users`, `keys` where there is no such file.

    `chroma_url`: the vectors are on a server and not among the files.
    """

    documents: Path
    index: Path
    records: Path | None
    users: Path | None = None
    keys: Path | None = None
    chroma_url: str | None = None

    @property
    def journal(self) -> Path:
        """The note of a restore that is changing places, beside the index."""
        return self.index.parent / ".phuc-hoi.json"


def installed(settings: Settings, server: ServerSettings) -> Installation:
    """The installation of these settings."""
    return Installation(
        settings.documents_dir,
        settings.index_dir,
        server.records_path,
        server.users_file,
        server.keys_file,
        settings.chroma_url,
    )


def below(folder: Path) -> Installation:
    """An installation of its own below a folder."""
    return Installation(
        folder / "documents",
        folder / "index",
        folder / "records.sqlite",
        folder / "secrets" / "users",
        folder / "secrets" / "keys",
    )
