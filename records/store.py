"""The records in one SQLite file (WAL), or nowhere when they are switched off.

Every method may be called from any thread. What belongs to one person is never handed to another.
"""

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from records.turns import VERDICTS, ConversationSummary, StoredTurn

_SCHEMA = """
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
);
CREATE INDEX IF NOT EXISTS turns_of_person ON turns (person, conversation_id, asked_at);
CREATE INDEX IF NOT EXISTS turns_by_time ON turns (asked_at);
"""
_COLUMNS = "id, conversation_id, person, asked_at, question, history, answer, verdict, comment"


class Records:
    """Turns and conversations. Open with `Records.open`; `path` None keeps nothing."""

    def __init__(self, path: Path | None, days: int) -> None:
        self._path, self._days = path, days
        self._writing = threading.Lock()

    @classmethod
    def open(cls, path: Path | None, days: int) -> "Records":
        """Records at `path`, created when absent; turns older than `days` are forgotten."""
        records = cls(path, days)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with records._connection() as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
            records.purge()
        return records

    @property
    def kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._path is not None

    def add_turn(
        self,
        person: str,
        conversation_id: str,
        question: str,
        history: Sequence[dict[str, str]],
        answer: dict[str, Any],
    ) -> str:
        """Keep a turn; its id, which exists even when nothing is kept."""
        identifier = uuid.uuid4().hex
        if self._path is not None:
            row = (
                identifier,
                conversation_id,
                person,
                datetime.now(UTC).isoformat(timespec="milliseconds"),
                question,
                json.dumps(list(history), ensure_ascii=False),
                json.dumps(answer, ensure_ascii=False),
                int(bool(answer["refused"])),
            )
            with self._writing, self._connection() as connection:
                connection.execute(
                    "INSERT INTO turns (id, conversation_id, person, asked_at, question, history, answer,"
                    " refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
        return identifier

    def set_feedback(self, turn_id: str, person: str, verdict: str | None, comment: str | None) -> bool:
        """What a person thinks of an answer of theirs; False when they have no such turn."""
        if verdict is not None and verdict not in VERDICTS:
            raise ValueError(f"verdict {verdict!r}, cần {', '.join(VERDICTS)}")
        if self._path is None:
            return False
        with self._writing, self._connection() as connection:
            done = connection.execute(
                "UPDATE turns SET verdict = ?, comment = ? WHERE id = ? AND person = ?",
                (verdict, comment, turn_id, person),
            )
            return done.rowcount == 1

    def conversations(self, person: str, search: str = "", limit: int = 50) -> list[ConversationSummary]:
        """A person's conversations, newest first; with `search`, those in which these words were asked."""
        if self._path is None:
            return []
        pattern = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT conversation_id, MIN(asked_at), MAX(asked_at), COUNT(*),"
                " (SELECT question FROM turns AS first WHERE first.conversation_id = turns.conversation_id"
                "  AND first.person = turns.person ORDER BY asked_at LIMIT 1)"
                " FROM turns WHERE person = ? AND conversation_id IN"
                " (SELECT conversation_id FROM turns WHERE person = ? AND question LIKE ? ESCAPE '\\')"
                " GROUP BY conversation_id ORDER BY MAX(asked_at) DESC LIMIT ?",
                (person, person, pattern, limit),
            ).fetchall()
        return [ConversationSummary(r[0], r[4], r[1], r[2], r[3]) for r in rows]

    def turns(self, person: str, conversation_id: str) -> list[StoredTurn]:
        """The turns of a conversation of this person, oldest first."""
        return self._select("person = ? AND conversation_id = ? ORDER BY asked_at", (person, conversation_id))

    def delete_conversation(self, person: str, conversation_id: str) -> bool:
        """Forget a conversation; False when this person has none such."""
        if self._path is None:
            return False
        with self._writing, self._connection() as connection:
            done = connection.execute(
                "DELETE FROM turns WHERE person = ? AND conversation_id = ?", (person, conversation_id)
            )
            return done.rowcount > 0

    def to_review(self, limit: int = 200) -> list[StoredTurn]:
        """What was refused or disliked, newest first, of all people."""
        return self._select(
            "refused = 1 OR verdict IN ('down', 'wrong_source') ORDER BY asked_at DESC LIMIT ?", (limit,)
        )

    def all_turns(self) -> list[StoredTurn]:
        """Everything, oldest first."""
        return self._select("1 ORDER BY asked_at", ())

    def purge(self) -> int:
        """Forget turns older than the days that they are kept; how many."""
        if self._path is None:
            return 0
        oldest = (datetime.now(UTC) - timedelta(days=self._days)).isoformat(timespec="milliseconds")
        with self._writing, self._connection() as connection:
            return connection.execute("DELETE FROM turns WHERE asked_at < ?", (oldest,)).rowcount

    def _select(self, where: str, values: tuple[object, ...]) -> list[StoredTurn]:
        if self._path is None:
            return []
        with self._connection() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM turns WHERE {where}", values).fetchall()
        return [
            StoredTurn(r[0], r[1], r[2], r[3], r[4], tuple(json.loads(r[5])), json.loads(r[6]), r[7], r[8])
            for r in rows
        ]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(str(self._path), timeout=10)
        try:
            with connection:
                yield connection
        finally:
            connection.close()
