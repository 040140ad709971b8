"""Times, sizes and states as they are shown to people here. Formats; looks nothing up."""

from datetime import datetime

from records.clock import VIETNAM

_UNITS = ("B", "KB", "MB", "GB", "TB")
VERDICTS = {"up": "hài lòng", "down": "không hài lòng", "wrong_source": "sai nguồn"}


def moment(iso: str | None) -> str:
    """ "19:13 25/11/2026" of ISO 8601."""
    return datetime.fromisoformat(iso).astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if iso else ""


def day(iso: str | None) -> str:
    """ "25/11/2026" of "2026-11-25"; what is no such day as it is."""
    parts = (iso or "").split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else iso or ""


def size(count: float) -> str:
    """ "1,5 GB" of bytes."""
    unit = 0
    while count >= 1024 and unit < len(_UNITS) - 1:
        count /= 1024
        unit += 1
    return f"{count:.1f}".removesuffix(".0").replace(".", ",") + f" {_UNITS[unit]}"


def number(count: int) -> str:
    """ "12.345"."""
    return f"{count:,}".replace(",", ".")
