"""The tables of the records, and how a file of an earlier version becomes one of this version.

`PRAGMA user_version` says which steps a file has been through. A step is never changed once it was released;
a new one is added at the end. Knows SQL; does not know what is asked of it.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from corpus.text import folded_terms
from records.errors import RecordsProblem

_TURNS = """
CREATE TABLE IF NOT EXISTS turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    person TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,
    history TEXT NOT NULL,
    answer TEXT NOT NULL,
    refused INTEGER NOT NULL,
    verdict TEXT,
    comment TEXT
)
"""
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS turns_of_person ON turns (person, conversation_id, asked_at)",
    "CREATE INDEX IF NOT EXISTS turns_by_time ON turns (asked_at)",
)


def folded(text: str) -> str:
    """The words of `text` without case and diacritics, by which conversations are searched."""
    return " ".join(folded_terms(text))


def _first(connection: sqlite3.Connection) -> None:
    for statement in (_TURNS, *_INDEXES):
        connection.execute(statement)


def _searchable(connection: sqlite3.Connection) -> None:
    """SQLite's LIKE folds the case of ASCII letters only, and no diacritics: the folded words are kept."""
    connection.execute("ALTER TABLE turns ADD COLUMN folded TEXT NOT NULL DEFAULT ''")
    rows = connection.execute("SELECT id, question FROM turns").fetchall()
    connection.executemany(
        "UPDATE turns SET folded = ? WHERE id = ?", [(folded(question), i) for i, question in rows]
    )


def _reviewable(connection: sqlite3.Connection) -> None:
    """The list of what was refused or disliked is read without passing over all the rest."""
    connection.execute(
        "CREATE INDEX turns_to_review ON turns (asked_at)"
        " WHERE refused = 1 OR verdict IN ('down', 'wrong_source')"
    )


_STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _searchable, _reviewable)
VERSION = len(_STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the file has been through; 0 for a new one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to this version, in one transaction. Raises RecordsProblem for a later version."""
    connection.execute("BEGIN IMMEDIATE")  # two processes that start at once take turns
    try:
        version = version_of(connection)
        if version > VERSION:
            raise RecordsProblem(
                f"{path}: tệp ghi nhớ do phiên bản mới hơn của chương trình tạo ra ({version} > {VERSION}). "
                "Cài phiên bản mới, hoặc đặt ASSISTANT_RECORDS_FILE sang tệp khác"
            )
        for step in _STEPS[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
