"""The letterhead of a text without a title line: an official letter, or a text whose title was lost.

Finds it by what only a letterhead has (Quốc hiệu, "Số: …", "Hà Nội, ngày …"). Does not read its values.
"""

import re

from corpus.passage import Zone
from ingest.capitals import UPPER
from ingest.markers import opens_body

ADDRESSEE = re.compile(r"Kính gửi\b")
_MARK = re.compile(
    rf"CỘNG H[ÒO][ÀA] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM$|Độc lập ?[-–]|Số\s*:|Số\s+\d{{0,4}}\s*-[{UPPER}]|"
    rf"[{UPPER}][^,;:]{{1,40}}, ngày[\s\d.…]*tháng\b"
)
_SUBJECT = re.compile(r"V/v\b|V/V\b")


def letterhead(paragraphs: list[str]) -> list[Zone]:
    """Zones of the paragraphs at the top that are letterhead, "V/v …" being the title; empty without one."""
    marks = [i for i, text in enumerate(paragraphs) if _MARK.match(text) or _SUBJECT.match(text)]
    ends = [i for i, text in enumerate(paragraphs) if opens_body(text) or ADDRESSEE.match(text)]
    within = [i for i in marks if not ends or i < ends[0]]
    if not within or not any(_MARK.match(paragraphs[i]) for i in within):
        return []
    zones: list[Zone] = []
    for index in range(within[-1] + 1):
        text = paragraphs[index]
        goes_on = bool(zones) and zones[-1] is Zone.TITLE and text[0].islower()
        zones.append(Zone.TITLE if _SUBJECT.match(text) or goes_on else Zone.LETTERHEAD)
    return zones
