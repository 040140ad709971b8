"""Who signs a text: the name below the office in its first signature block.

Does not know for whom the person signs. Lists of recipients, stamps and the lists of an annex that an export
has run into the block hold names of people as well, so a name right below an office goes before others.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile, islice, takewhile

from corpus.passage import Passage, Zone
from ingest.names import person_name

_OFFICE = re.compile(
    r"(?:TM|T/M|KT|K/T|TL|TUQ|Q)\b|(?:PHÓ |QUYỀN )*(?:CHỦ |GIÁM |TRƯỞNG|BÍ |CHÁNH|TỔNG|HIỆU |BỘ TRƯỞNG|"
    r"THỦ TƯỚNG|CỤC TRƯỞNG|VIỆN TRƯỞNG|THỨ TRƯỞNG|THỐNG ĐỐC)"
)
_BELOW_OFFICE = 5  # lines: office of the deputy, "(Đã ký)", rank, then the name
_LAST_LINES = 3  # without an office the name is the last line, save for a stray stamp line
_LONGEST_BLOCK = 120  # lines
_LONGEST = 300  # characters; a longer line is no name


def signer(passages: Iterable[Passage]) -> str | None:
    """The name as printed. Annexes and attached texts are signed by others, so later blocks do not count."""
    own = dropwhile(lambda p: p.zone is not Zone.SIGNATURE, passages)
    block = takewhile(lambda p: p.zone is Zone.SIGNATURE, own)
    lines = [line[:_LONGEST] for p in islice(block, _LONGEST_BLOCK) for line in p.text.split("\n")]
    return _below_office(lines) or _first(reversed(lines[-_LAST_LINES:]))


def _below_office(lines: Sequence[str]) -> str | None:
    for index, line in enumerate(lines):
        if _OFFICE.match(line) and (name := _first(lines[index : index + _BELOW_OFFICE])):
            return name
    return None


def _first(lines: Iterable[str]) -> str | None:
    return next((name for line in lines if (name := person_name(line))), None)
