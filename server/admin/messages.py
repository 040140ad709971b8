"""What an action has to say, shown on the page that the browser is sent to afterwards.

Kept here under a random name: in the address, anybody could make our page say anything.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

_MOST = 200


@dataclass(frozen=True, slots=True)
class Message:
    """`kind`: "done", "note" or "problem"."""

    kind: str
    text: str


class Messages:
    """The messages of the last actions."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Message, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, messages: Sequence[Message]) -> str:
        """Keep messages for a while; the name under which they are."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            self._kept[name] = tuple(messages)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return name

    def of(self, name: str) -> tuple[Message, ...]:
        """What was kept under `name`; nothing when that is long ago, or was never."""
        with self._lock:
            return self._kept.get(name, ())
