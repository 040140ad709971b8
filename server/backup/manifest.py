"""What a backup says of itself. Knows its JSON form; believes nothing of it."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from server.backup.problem import BackupProblem

NAME = "manifest.json"
FORMAT = 1
MOST_BYTES = 64 * 2**20
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: size and SHA-256 by name. `generation`, `index_schema`, `encoder` are None without index,
    `records_schema` without records. `created_at`: ISO 8601, UTC."""

    format: int
    program: str
    created_at: str
    generation: str | None
    index_schema: int | None
    encoder: str | None
    records_schema: int | None
    files: dict[str, tuple[int, str]]

    def to_json(self) -> bytes:
        """As it is stored; ASCII, so that a file name that is not UTF-8 survives."""
        return json.dumps(asdict(self), indent=1).encode("ascii")

    def count(self, top: str) -> int:
        """Number of files below "documents", "index" …"""
        return sum(name.startswith(top + "/") for name in self.files)


def parsed(data: bytes) -> Manifest:
    """A manifest. Raises BackupProblem for what is none, or of a later version."""
    try:
        row: dict[str, Any] = json.loads(data)
        if row["format"] != FORMAT:
            raise BackupProblem(
                f"Bản sao lưu theo định dạng {row['format']!r}, chương trình này đọc định dạng {FORMAT}. "
                "Dùng phiên bản chương trình đã tạo ra nó"
            )
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in row["files"].items()}
        if any(size < 0 or not _DIGEST.fullmatch(digest) for size, digest in files.values()):
            raise ValueError("files")
        return Manifest(**{**row, "files": files})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BackupProblem(
            f"{NAME} trong bản sao lưu không dùng được ({type(error).__name__}). Dùng bản sao lưu khác"
        ) from error
