"""Reading a file of records from outside: for exports and the evaluation. Changes nothing, forgets nothing.

Knows the columns that every version of the file has.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from records.database import read_only
from records.errors import STORAGE_ERRORS, problem_of
from records.turns import StoredTurn

COLUMNS = "id, conversation_id, person, asked_at, question, history, answer, verdict, comment"


def stored_turns(path: Path, since: date | None = None) -> Iterator[StoredTurn]:
    """The turns of a file, oldest first, from the day `since` (UTC) on, one at a time.

    The server may go on writing meanwhile. Raises RecordsProblem when the file is absent or damaged.
    """
    with closing(read_only(path)) as connection:
        try:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM turns WHERE asked_at >= ? ORDER BY asked_at, rowid",
                (since.isoformat() if since else "",),
            )
            for row in rows:
                yield turn_of(row)
        except STORAGE_ERRORS as error:
            raise problem_of(path, error) from error


def turn_of(row: tuple[Any, ...]) -> StoredTurn:
    """A turn from its COLUMNS."""
    identifier, conversation, person, asked_at, question, history, answer, verdict, comment = row
    return StoredTurn(
        identifier,
        conversation,
        person,
        asked_at,
        question,
        tuple(json.loads(history)),
        json.loads(answer),
        verdict,
        comment,
    )
