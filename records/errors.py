"""What can be wrong with the file of records."""

import sqlite3
from pathlib import Path

from corpus.errors import ProductError

# "unable to open" and "readonly" come as OperationalError, damage as DatabaseError; both are sqlite3.Error.
STORAGE_ERRORS = (OSError, sqlite3.Error)


class RecordsProblem(ProductError):  # noqa: N818
    """The records cannot be kept or read; the text names the file and what mends it."""


def problem_of(path: Path, error: Exception) -> RecordsProblem:
    """What SQLite or the system said about `path`, with the mend."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code is in the low byte
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        what = "tệp ghi nhớ hỏng hoặc không phải SQLite"
        mend = "Đổi tên tệp này để chương trình tạo tệp mới, hoặc phục hồi từ bản sao lưu"
    elif code == sqlite3.SQLITE_FULL:
        what, mend = "đĩa đầy nên không ghi được", "Giải phóng dung lượng đĩa"
    elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what, mend = "tệp đang bị chương trình khác khoá", "Đóng chương trình đang mở tệp này"
    else:
        reason = getattr(error, "strerror", None) or error
        what = f"không mở hoặc không ghi được tệp ghi nhớ ({reason})"
        mend = "Cấp quyền ghi cho tệp và thư mục chứa nó, hoặc đặt ASSISTANT_RECORDS_FILE sang chỗ khác"
    return RecordsProblem(f"{path}: {what}. {mend}. Không muốn ghi nhớ: ASSISTANT_RECORDS_FILE=off")
