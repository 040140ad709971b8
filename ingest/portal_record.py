"""The record that a legal portal prints above a text: "Số hiệu:", "Ngày ban hành:", "Người ký:".

Reads labels and the value behind or below each. The portal's date of publication is not taken for another.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

_LABELS = (
    "Số hiệu", "Số ký hiệu", "Loại văn bản", "Nơi ban hành", "Cơ quan ban hành", "Người ký",
    "Ngày ban hành", "Ngày hiệu lực", "Ngày có hiệu lực", "Ngày công báo", "Số công báo", "Tình trạng",
    "Ngày đăng", "Trích yếu", "Lĩnh vực",
)  # fmt: skip
_LEAST = 3  # labels; a single "Người ký:" is a digital signature


def portal_record(head: Sequence[str]) -> Mapping[str, str]:
    """Values by label in small letters; empty where there is no record."""
    found: dict[str, str] = {}
    for line, below in pairwise([*head, ""]):
        label, mark, value = line.partition(":")
        if mark and label.strip() in _LABELS:
            below = "" if below.partition(":")[0].strip() in _LABELS else below
            found.setdefault(label.strip().lower(), value.strip() or below.strip())
    return found if len(found) >= _LEAST else {}


def record_lines(head: Sequence[str]) -> set[int]:
    """Which lines belong to the record."""
    if not portal_record(head):
        return set()
    labels = {i for i, line in enumerate(head) if line.partition(":")[0].strip() in _LABELS and ":" in line}
    return labels | {i + 1 for i in labels if head[i].rstrip().endswith(":")}
