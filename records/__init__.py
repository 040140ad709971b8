"""What was asked, what was answered and what people thought of it, kept in SQLite.

Knows turns and conversations; nothing of HTTP, pages or how answers are found.
"""

from records.errors import RecordsProblem
from records.store import Records
from records.turns import ConversationSummary, StoredTurn

__all__ = ["ConversationSummary", "Records", "RecordsProblem", "StoredTurn"]
