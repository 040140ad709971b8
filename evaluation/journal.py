"""Rows that are already worked out, on disk, so that an interrupted run goes on where it was.

A journal belongs to one key: whatever would change a row has to be in it. Knows lines, not what they mean.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any


class Journal:
    """JSON objects by id, each written as soon as it is known. Use as a context manager."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._rows: dict[str, dict[str, Any]] = {}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "Journal":
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = list(_complete_lines(self._path))
        if lines and lines[0] == {"key": self._key}:
            self._rows = {row["id"]: row for row in lines[1:]}
        self._file = self._path.open("wb")
        for row in ({"key": self._key}, *self._rows.values()):
            self._write(row)
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._rows

    def __getitem__(self, identifier: str) -> dict[str, Any]:
        return self._rows[identifier]

    def add(self, identifier: str, row: dict[str, Any]) -> None:
        """Keep a row."""
        self._rows[identifier] = {"id": identifier} | row
        self._write(self._rows[identifier])

    def forget(self) -> None:
        """Remove the file: the run is complete."""
        if self._file is not None:
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _write(self, row: dict[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            self._file.flush()


def _complete_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows up to the one that a kill cut short."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            row = json.loads(line)
        except ValueError:
            return
        if not isinstance(row, dict):
            return
        yield row
