"""Số ký hiệu as a letterhead prints it, of the State ("24/NQ-HĐND") and of the Party ("17-CT/TU").

A number that is left blank, as in drafts, is `None`. Does not know what the code means.
"""

import re
from collections.abc import Iterable

from ingest.capitals import UPPER

_CODE = rf"[{UPPER}0-9][{UPPER}a-zđ0-9&.]*"
_NUMBER = re.compile(
    rf"(?:^|\b)(?:Số|SỐ|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Lệnh) số)\s*:?\s*"
    rf"(\d{{1,5}}[a-zđ]?(?:\s(?={_CODE}-[{UPPER}])|\s?[-–/_]\s?){_CODE}(?:\s?[-–/_]\s?{_CODE})*)"
)
_SUBJECT = re.compile(r"\bV/v\b.*")


def printed_number(head: Iterable[str]) -> str | None:
    """The first number of the letterhead, without blanks."""
    for line in head:
        if match := _NUMBER.search(_SUBJECT.sub("", line)):
            return re.sub(r"\s+", "", match.group(1)).replace("–", "-").rstrip("./-_")
    return None
