"""The records in one SQLite file, or nowhere when they are switched off.

Every method may be called from any thread. What belongs to one person is never handed to another. A file
that fails while the server runs costs nobody an answer: turns are then not kept, lists are empty, and
`problem` says why; only what somebody expressly asks for (feedback, deleting) raises.
"""

import json
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from records.database import Database
from records.errors import RecordsProblem
from records.reading import COLUMNS, turn_of
from records.schema import folded
from records.searching import matching
from records.turns import VERDICTS, ConversationSummary, StoredTurn, title_of

_DAY_S = 86_400.0
_TO_REVIEW = "(refused = 1 OR verdict IN ('down', 'wrong_source'))"


def _now() -> datetime:
    return datetime.now(UTC)


class Records:
    """Turns and conversations. Open with `Records.open`; `path` None keeps nothing."""

    def __init__(self, path: Path | None, days: int, clock: Callable[[], datetime] = _now) -> None:
        self._database = Database(path) if path is not None else None
        self._days, self._clock = days, clock
        self._refusal: str | None = None
        self._closing = threading.Event()

    @classmethod
    def open(cls, path: Path | None, days: int, clock: Callable[[], datetime] = _now) -> "Records":
        """Records at `path`, created when absent; turns older than `days` are forgotten.

        Raises RecordsProblem when the file is damaged, of a later version, or cannot be written.
        """
        records = cls(path, days, clock)
        if records._database is not None:
            records._database.prepare()
            records.purge()
        return records

    @classmethod
    def open_or_without(cls, path: Path | None, days: int, warn: Callable[[str], None]) -> "Records":
        """Records for a server: purged daily, and where the file cannot be used none, with one warning."""
        try:
            records = cls.open(path, days)
        except RecordsProblem as problem:
            warn(f"{problem}. Máy chủ vẫn trả lời, nhưng không ghi nhớ câu hỏi")
            records = cls(None, days)
            records._refusal = str(problem)
            return records
        records.purge_every(_DAY_S)
        return records

    @property
    def kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._database is not None

    @property
    def path(self) -> Path | None:
        """The file; None when nothing is kept."""
        return self._database.path if self._database else None

    @property
    def problem(self) -> str | None:
        """Why turns are not being kept although they should be; None while all is well."""
        return self._database.problem if self._database else self._refusal

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
        if self._database is None:
            return identifier
        row = (
            identifier,
            conversation_id,
            person,
            _stamp(self._clock()),
            question,
            json.dumps(list(history), ensure_ascii=False),
            json.dumps(answer, ensure_ascii=False),
            int(bool(answer["refused"])),
            folded(question),
        )
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "INSERT INTO turns (id, conversation_id, person, asked_at, question, history, answer,"
                    " refused, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
        except RecordsProblem:  # the database has told it, and keeps it as `problem`
            return identifier
        return identifier

    def set_feedback(self, turn_id: str, person: str, verdict: str | None, comment: str | None) -> bool:
        """What a person thinks of an answer of theirs; False when they have no such turn.

        Raises RecordsProblem when it cannot be kept.
        """
        if verdict is not None and verdict not in VERDICTS:
            raise ValueError(f"verdict {verdict!r}, cần {', '.join(VERDICTS)}")
        return (
            self._changed(
                "UPDATE turns SET verdict = ?, comment = ? WHERE id = ? AND person = ?",
                (verdict, comment, turn_id, person),
            )
            == 1
        )

    def conversations(self, person: str, search: str = "", limit: int = 50) -> list[ConversationSummary]:
        """A person's conversations, newest first; with `search`, those with a question that has its words.

        Words are compared without case and diacritics, and as parts: "rac tha" finds "Rác thải".
        """
        condition, values = matching(search)
        rows = self._rows(
            "SELECT conversation_id, MIN(asked_at), MAX(asked_at), COUNT(*),"
            " (SELECT question FROM turns AS first WHERE first.conversation_id = turns.conversation_id"
            "  AND first.person = turns.person ORDER BY asked_at, rowid LIMIT 1)"
            " FROM turns WHERE person = ? AND conversation_id IN"
            f" (SELECT conversation_id FROM turns WHERE person = ? AND {condition})"
            " GROUP BY conversation_id ORDER BY MAX(asked_at) DESC, MAX(rowid) DESC LIMIT ?",
            (person, person, *values, limit),
        )
        return [ConversationSummary(r[0], title_of(r[4]), r[1], r[2], r[3]) for r in rows]

    def turns(self, person: str, conversation_id: str) -> list[StoredTurn]:
        """The turns of a conversation of this person, oldest first."""
        where = "person = ? AND conversation_id = ? ORDER BY asked_at, rowid"
        return self._select(where, (person, conversation_id))

    def turn(self, turn_id: str) -> StoredTurn | None:
        """One turn of anybody, for administrators."""
        return next(iter(self._select("id = ?", (turn_id,))), None)

    def delete_conversation(self, person: str, conversation_id: str) -> bool:
        """Forget a conversation; False when this person has none such. Raises RecordsProblem."""
        where = "person = ? AND conversation_id = ?"
        return self._changed(f"DELETE FROM turns WHERE {where}", (person, conversation_id)) > 0

    def delete_all(self, person: str) -> int:
        """Forget everything a person asked; how many turns. Raises RecordsProblem."""
        return self._changed("DELETE FROM turns WHERE person = ?", (person,))

    def to_review(self, limit: int = 200) -> list[StoredTurn]:
        """What was refused or disliked, newest first, of all people."""
        return self._select(f"{_TO_REVIEW} ORDER BY asked_at DESC LIMIT ?", (limit,))

    def all_turns(self) -> list[StoredTurn]:
        """Everything, oldest first."""
        return self._select("1 ORDER BY asked_at, rowid", ())

    def counts(self) -> dict[str, int]:
        """Number of turns: "turns" in all, "refused", and one number for each verdict."""
        columns = ", ".join(f"TOTAL(verdict = '{verdict}')" for verdict in VERDICTS)
        rows = list(self._rows(f"SELECT COUNT(*), TOTAL(refused), {columns} FROM turns", ()))
        numbers = [int(number or 0) for number in rows[0]] if rows else [0] * (2 + len(VERDICTS))
        return dict(zip(("turns", "refused", *VERDICTS), numbers, strict=True))

    def purge(self) -> int:
        """Forget turns older than the days that they are kept; how many. Raises RecordsProblem."""
        oldest = _stamp(self._clock() - timedelta(days=self._days))
        return self._changed("DELETE FROM turns WHERE asked_at < ?", (oldest,))

    def purge_every(self, seconds: float) -> None:
        """Purge again and again in the background, until closed."""
        threading.Thread(target=self._purging, args=(seconds,), name="records-purge", daemon=True).start()

    def close(self) -> None:
        """End what goes on in the background."""
        self._closing.set()

    def _purging(self, seconds: float) -> None:
        while not self._closing.wait(seconds):
            try:
                self.purge()
            except RecordsProblem:  # told by the database; the next round may succeed
                continue

    def _changed(self, statement: str, values: tuple[object, ...]) -> int:
        if self._database is None:
            return 0
        with self._database.writing() as connection:
            return connection.execute(statement, values).rowcount

    def _select(self, where: str, values: tuple[object, ...]) -> list[StoredTurn]:
        return [turn_of(row) for row in self._rows(f"SELECT {COLUMNS} FROM turns WHERE {where}", values)]

    def _rows(self, query: str, values: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
        if self._database is None:
            return iter(())
        try:
            with self._database.reading() as connection:
                return iter(connection.execute(query, values).fetchall())
        except RecordsProblem:  # told by the database, and shown as `problem`
            return iter(())


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
