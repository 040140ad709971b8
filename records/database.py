"""The SQLite file of the records: opening, connections, and what is to be done when it fails.

Knows SQLite (WAL, so that people who read do not wait for one who writes); knows nothing of turns.
"""

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from records.errors import STORAGE_ERRORS, RecordsProblem, problem_of
from records.schema import upgrade

_BUSY_S = 5.0  # how long a writer waits for another; a write takes a millisecond or two
_REST_S = 30.0  # after a failure nobody tries again for so long: a locked file would cost each answer _BUSY_S
_log = logging.getLogger("records")


class Database:
    """Connections to one file. `problem` is what went wrong last, None while all is well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: str | None = None
        self._rest_until = 0.0
        self._writing = threading.Lock()

    def prepare(self) -> None:
        """Create or upgrade the file. Raises RecordsProblem."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # What people ask is nobody else's business; SQLite gives its other files the mode of this one.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            with self._connection() as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                upgrade(connection, self.path)
        except STORAGE_ERRORS as error:
            raise problem_of(self.path, error) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file. Raises RecordsProblem."""
        with self._told(), self._connection() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction, kept when the block ends well. Raises RecordsProblem."""
        with self._writing, self._told(), self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Failures in words; logged once until something succeeds again."""
        if self.problem and time.monotonic() < self._rest_until:
            raise RecordsProblem(self.problem)
        try:
            yield
        except STORAGE_ERRORS as error:
            problem = problem_of(self.path, error)
            if self.problem is None:
                _log.warning("%s", problem)
            self.problem = str(problem)
            self._rest_until = time.monotonic() + _REST_S
            raise problem from error
        self.problem = None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)) as connection:
            # What is forgotten is overwritten, not only unlinked from the table.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            yield connection


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that never changes the file, which may be in use. Raises RecordsProblem."""
    if not path.is_file():
        raise RecordsProblem(f"{path}: không có tệp ghi nhớ này. Kiểm tra lại đường dẫn")
    uri = path.absolute().as_uri()
    try:
        connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=_BUSY_S)
        try:
            connection.execute("SELECT 1 FROM turns LIMIT 1")
        except STORAGE_ERRORS:
            connection.close()
            raise
    except STORAGE_ERRORS as error:
        raise problem_of(path, error) from error
    return connection
